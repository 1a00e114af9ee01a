// SPDX-License-Identifier: LGPL-2.1-or-later
#include "event_socket.hpp"

#include "connect.hpp"
#include "netns.hpp"

#include <cerrno>
#include <system_error>

#include <netlink/genl/ctrl.h>
#include <netlink/netlink.h>
#include <sys/socket.h>

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

Error refused(int code, std::string message)
{
    return Error{
        .domain = Domain::kernel, .code = code, .message = std::move(message), .attribute = {}};
}

// By its name a family could make the kernel load a module, but this one is there.
Result<int> resolve(nl_sock *socket, const std::string &family, const std::string &group)
{
    const int number = genl_ctrl_resolve_grp(socket, family.c_str(), group.c_str());
    if (number < 0)
        return refused(EOPNOTSUPP, "ip_vs announces no events");
    return number;
}

Result<void> join(nl_sock *socket, int number)
{
    if (setsockopt(nl_socket_get_fd(socket), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &number,
                   sizeof(number)) < 0)
        return refused(errno, std::generic_category().message(errno));
    return {};
}

// All questions before the first event may come, which would be taken for an answer.
Result<void> join_all(nl_sock *socket, const std::string &family,
                      std::span<const std::string_view> groups)
{
    std::vector<int> numbers;
    for (const auto group : groups) {
        const auto number = resolve(socket, family, std::string(group));
        if (!number)
            return Result<void>(number.error()).with_context("listen to " + std::string(group));
        numbers.push_back(*number);
    }
    for (std::size_t i = 0; i < numbers.size(); i++)
        if (auto joined = join(socket, numbers[i]); !joined)
            return std::move(joined).with_context("listen to " + std::string(groups[i]));
    return {};
}

} // namespace

EventSocket::EventSocket(SocketPtr socket, std::uint16_t family)
    : socket_(std::move(socket)), stream_(family), buffer_(largest_datagram)
{}

Result<EventSocket> EventSocket::open(const Subscription &subscription)
{
    auto socket = in_namespace(subscription.network_namespace, open_socket);
    if (!socket)
        return std::move(socket).error();
    const auto family = find_balancer(socket->get(), subscription.load_module);
    if (!family)
        return family.error();
    set_receive_buffer(socket->get(), subscription.receive_buffer);
    if (auto joined = join_all(socket->get(), family->name, subscription.groups); !joined)
        return joined.error();
    return EventSocket(std::move(*socket), family->number);
}

int EventSocket::descriptor() const noexcept
{
    return nl_socket_get_fd(socket_.get());
}

/** Whether it is worth another look. */
Result<bool> EventSocket::receive()
{
    const auto datagram = receive_datagram(socket_.get(), buffer_, MSG_DONTWAIT);
    if (!datagram && datagram.error().code == ENOBUFS) {
        stream_.overrun();
        return true;
    }
    if (!datagram)
        return datagram.error();
    if (*datagram)
        stream_.feed(**datagram);
    else
        stream_.drained();
    return datagram->has_value();
}

Result<std::optional<Event>> EventSocket::next()
{
    for (bool more = true;;) {
        auto event = stream_.take();
        if (!event || *event || !more)
            return event;
        const auto received = receive();
        if (!received)
            return received.error();
        more = *received;
    }
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
