// SPDX-License-Identifier: LGPL-2.1-or-later
/** The transport that talks to the kernel: one netlink socket, opened once. */
#pragma once

#include "transport.hpp"

#include <initializer_list>
#include <optional>
#include <string>

struct nl_msg;
struct nl_sock;

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Frees what a libnl constructor made. */
template <auto Free> struct Freer {
    template <typename T> void operator()(T *object) const noexcept { Free(object); }
};

void free_socket(nl_sock *socket) noexcept;

using SocketPtr = std::unique_ptr<nl_sock, Freer<free_socket>>;

/** The kernel fills at most 32 KiB of a dump at a time, and less with events. */
inline constexpr std::size_t largest_datagram = std::size_t{64} << 10;

/** A netlink family that the kernel has. */
struct FamilyId {
    std::string name;
    std::uint16_t number;
};

/** A connected generic-netlink socket whose verdicts carry the kernel's sentence. */
Result<SocketPtr> open_socket();

/** The netlink port that a connected socket has. */
std::uint32_t port_of(const nl_sock *socket) noexcept;

/** A failed system call, and what it was for. */
Error system_failure(std::string_view what, int code);

/** As much as asked for with CAP_NET_ADMIN, otherwise what the system's limits leave of it. */
void set_receive_buffer(nl_sock *socket, std::size_t size) noexcept;

/**
 * Receives one datagram from the kernel; those of others are dropped. Nothing if flags say not to
 * wait and there is none.
 */
Result<std::optional<ByteView>> receive_datagram(nl_sock *socket, Bytes &buffer, int flags);

/**
 * The first of the names that the kernel has; nothing where it has none. Asks for the list of
 * families instead of for a name, because asking for a name makes the kernel load a module.
 */
Result<std::optional<FamilyId>> find_family(nl_sock *socket,
                                            std::span<const std::string_view> names);

class NlTransport final : public Transport {
public:
    NlTransport(SocketPtr socket, std::uint16_t family);

    Result<std::vector<Message>> transact(const MessageView &request) override;
    Result<DumpEnd> dump(const Message &request, const Visitor &visit) override;
    Result<std::vector<Refusal>> batch(RequestList &requests) override;

private:
    Result<DumpEnd> converse(const MessageView &request, std::uint16_t flags, const Visitor &visit);
    Result<void> batch_some(RequestList &requests, std::size_t first, std::size_t last,
                            std::vector<Refusal> &refusals);
    /** The parts one behind the other make one datagram. */
    Result<void> send(std::initializer_list<ByteView> parts);
    Result<void> make_room(std::size_t size);
    Result<ByteView> receive();
    bool is_unloaded(const Error &error) const;
    /** Feeds a collector until it has all that it waits for. */
    template <typename Collector> Result<void> collect(Collector &collector);

    SocketPtr socket_;
    std::uint16_t family_;
    std::uint32_t sequence_ = 0; // of the latest request
    Bytes buffer_;
    std::size_t room_ = 0; // of the largest datagram that surely can be sent
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
