// SPDX-License-Identifier: LGPL-2.1-or-later
/** A netlink socket that is a member of multicast groups of nfvs. */
#pragma once

#include "event_stream.hpp"
#include "nl_transport.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** As MonitorOptions has it. */
struct Subscription {
    std::span<const std::string_view> groups; ///< names of multicast groups
    std::size_t receive_buffer;
    bool load_module;
    const std::string &network_namespace;
};

class EventSocket {
public:
    static Result<EventSocket> open(const Subscription &subscription);

    int descriptor() const noexcept;

    /** The next event, without waiting. */
    Result<std::optional<Event>> next();

private:
    EventSocket(SocketPtr socket, std::uint16_t family);

    Result<bool> receive();

    SocketPtr socket_;
    EventStream stream_;
    Bytes buffer_;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
