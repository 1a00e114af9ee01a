// SPDX-License-Identifier: LGPL-2.1-or-later
/** The transport that talks to the kernel: one netlink socket, opened once. */
#pragma once

#include "dump_retry.hpp"

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

/** A netlink family that the kernel has. */
struct FamilyId {
    std::string name;
    std::uint16_t number;
};

/** A connected generic-netlink socket whose verdicts carry the kernel's sentence. */
Result<SocketPtr> open_socket();

/**
 * The first of the names that the kernel has; nothing where it has none. Asks for the list of
 * families instead of for a name, because asking for a name makes the kernel load a module.
 */
Result<std::optional<FamilyId>> find_family(nl_sock *socket,
                                            std::span<const std::string_view> names);

class NlTransport final : public Transport {
public:
    NlTransport(SocketPtr socket, std::uint16_t family) noexcept
        : socket_(std::move(socket)), family_(family)
    {}

    Result<std::vector<Message>> transact(const Message &request) override;
    Result<std::vector<Message>> dump(const Message &request) override;

private:
    Result<DumpAnswer> converse(const Message &request, int flags);
    Result<std::uint32_t> send(const Message &request, int flags);

    SocketPtr socket_;
    std::uint16_t family_;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
