// SPDX-License-Identifier: LGPL-2.1-or-later
#include "nl_transport.hpp"

#include "answer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <system_error>

#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/family.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <linux/netlink.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

/**
 * How many requests go out together. Should the kernel refuse them all, its answers, about a
 * kilobyte each with all that belongs to them, must find room in the socket.
 */
constexpr std::size_t batch_requests = 128;
constexpr std::size_t batch_bytes = std::size_t{32} << 10;
constexpr std::size_t socket_buffer_size = std::size_t{1} << 20;
constexpr std::size_t max_send_room = std::size_t{1} << 30;

using CachePtr = std::unique_ptr<nl_cache, Freer<nl_cache_free>>;
using FamilyPtr = std::unique_ptr<genl_family, Freer<genl_family_put>>;

/** libnl's own error numbers lose the errno, so the one that the system call left is used. */
Error nl_failure(std::string_view what, int nl_code, int saved_errno)
{
    if (saved_errno != 0)
        return system_failure(what, saved_errno);
    Error error{.domain = Domain::transport,
                .code = nl_code == -NLE_NOMEM ? ENOMEM : EIO,
                .message = nl_geterror(nl_code),
                .attribute = {}};
    error.add_context(what);
    return error;
}

void set_buffer(int fd, int forced, int limited, std::size_t size) noexcept
{
    const int bytes = static_cast<int>(std::min(size, std::size_t{INT_MAX}));
    if (setsockopt(fd, SOL_SOCKET, forced, &bytes, sizeof(bytes)) < 0)
        (void)setsockopt(fd, SOL_SOCKET, limited, &bytes, sizeof(bytes));
}

/** The largest datagram that the socket's buffer holds: the kernel keeps some of it for itself. */
std::size_t send_room(int fd) noexcept
{
    constexpr int kept = 32;
    int size = 0;
    socklen_t length = sizeof(size);
    if (getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, &length) < 0)
        return 0;
    return static_cast<std::size_t>(std::max(size - kept, 0));
}

Error unloaded()
{
    return {.domain = Domain::transport,
            .code = ENODEV,
            .message = "the module was unloaded",
            .attribute = {}};
}

Result<void> set_option(nl_sock *socket, int option)
{
    const int on = 1;
    if (setsockopt(nl_socket_get_fd(socket), SOL_NETLINK, option, &on, sizeof(on)) < 0)
        return system_failure("set a netlink option", errno);
    return {};
}

} // namespace

Error system_failure(std::string_view what, int code)
{
    Error error{.domain = Domain::transport,
                .code = code,
                .message = std::generic_category().message(code),
                .attribute = {}};
    error.add_context(what);
    return error;
}

void free_socket(nl_sock *socket) noexcept
{
    nl_socket_free(socket);
}

std::uint32_t port_of(const nl_sock *socket) noexcept
{
    return nl_socket_get_local_port(socket);
}

void set_receive_buffer(nl_sock *socket, std::size_t size) noexcept
{
    set_buffer(nl_socket_get_fd(socket), SO_RCVBUFFORCE, SO_RCVBUF, size);
}

Result<std::optional<ByteView>> receive_datagram(nl_sock *socket, Bytes &buffer, int flags)
{
    for (;;) {
        sockaddr_nl sender{};
        iovec whole{.iov_base = buffer.data(), .iov_len = buffer.size()};
        msghdr header{};
        header.msg_name = &sender;
        header.msg_namelen = sizeof(sender);
        header.msg_iov = &whole;
        header.msg_iovlen = 1;
        const auto size = recvmsg(nl_socket_get_fd(socket), &header, flags);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0 && errno == EAGAIN)
            return std::optional<ByteView>();
        if (size < 0)
            return system_failure("receive from the kernel", errno);
        if ((header.msg_flags & MSG_TRUNC) != 0)
            return system_failure("receive from the kernel", EMSGSIZE);
        // Another process can send to our port; only the kernel's port is 0.
        if (sender.nl_pid == 0)
            return std::optional(ByteView(buffer).first(static_cast<std::size_t>(size)));
    }
}

Result<SocketPtr> open_socket()
{
    SocketPtr socket(nl_socket_alloc());
    if (!socket)
        return system_failure("open a netlink socket", ENOMEM);
    errno = 0;
    if (const int status = genl_connect(socket.get()); status < 0)
        return nl_failure("open a netlink socket", status, errno);
    // Acknowledgements are asked for where they are wanted; a dump ends by itself.
    nl_socket_disable_auto_ack(socket.get());
    nl_socket_enable_msg_peek(socket.get());
    set_receive_buffer(socket.get(), socket_buffer_size);
    set_buffer(nl_socket_get_fd(socket.get()), SO_SNDBUFFORCE, SO_SNDBUF, socket_buffer_size);
    for (const int option : {NETLINK_EXT_ACK, NETLINK_CAP_ACK})
        if (auto ok = set_option(socket.get(), option); !ok)
            return ok.error();
    return socket;
}

Result<std::optional<FamilyId>> find_family(nl_sock *socket,
                                            std::span<const std::string_view> names)
{
    nl_cache *raw = nullptr;
    errno = 0;
    if (const int status = genl_ctrl_alloc_cache(socket, &raw); status < 0)
        return nl_failure("list the netlink families", status, errno);
    const CachePtr cache(raw);
    for (const auto name : names) {
        const std::string text(name);
        const FamilyPtr family(genl_ctrl_search_by_name(cache.get(), text.c_str()));
        if (family)
            return std::optional<FamilyId>(
                {.name = text,
                 .number = static_cast<std::uint16_t>(genl_family_get_id(family.get()))});
    }
    return std::optional<FamilyId>();
}

namespace {

/**
 * Whether the kernel has it; also where it cannot be asked. By another socket than a transport's:
 * in that there may still be answers to what was asked before.
 */
bool has_family(std::uint16_t number)
{
    const auto socket = open_socket();
    nl_cache *raw = nullptr;
    if (!socket || genl_ctrl_alloc_cache(socket->get(), &raw) < 0)
        return true;
    const CachePtr cache(raw);
    const FamilyPtr family(genl_ctrl_search(cache.get(), number));
    return family != nullptr;
}

} // namespace

NlTransport::NlTransport(SocketPtr socket, std::uint16_t family)
    : socket_(std::move(socket)), family_(family), buffer_(largest_datagram)
{}

/** A transaction may be much larger than other requests. */
Result<void> NlTransport::make_room(std::size_t size)
{
    if (size <= room_)
        return {};
    const int fd = nl_socket_get_fd(socket_.get());
    room_ = send_room(fd);
    if (size > room_ && size < max_send_room) {
        set_buffer(fd, SO_SNDBUFFORCE, SO_SNDBUF, size);
        room_ = send_room(fd);
    }
    if (size > room_)
        return system_failure("send a request of " + std::to_string(size) + " bytes", EMSGSIZE);
    return {};
}

Result<void> NlTransport::send(std::initializer_list<ByteView> parts)
{
    std::array<iovec, 2> pieces{};
    std::size_t count = 0;
    std::size_t size = 0;
    for (const ByteView part : parts) {
        // The type has no const, but the kernel only reads.
        pieces[count++] = {.iov_base = std::bit_cast<void *>(part.data()), .iov_len = part.size()};
        size += part.size();
    }
    if (auto ready = make_room(size); !ready)
        return ready;
    sockaddr_nl kernel{.nl_family = AF_NETLINK, .nl_pad = 0, .nl_pid = 0, .nl_groups = 0};
    msghdr header{};
    header.msg_name = &kernel;
    header.msg_namelen = sizeof(kernel);
    header.msg_iov = pieces.data();
    header.msg_iovlen = count;
    for (;;) {
        if (sendmsg(nl_socket_get_fd(socket_.get()), &header, 0) >= 0)
            return {};
        if (errno != EINTR)
            return system_failure("send a request", errno);
    }
}

Result<ByteView> NlTransport::receive()
{
    const auto datagram = receive_datagram(socket_.get(), buffer_, 0);
    if (!datagram)
        return datagram.error();
    return datagram->value_or(ByteView());
}

template <typename Collector> Result<void> NlTransport::collect(Collector &collector)
{
    for (;;) {
        const auto datagram = receive();
        if (!datagram)
            return datagram.error();
        const auto state = collector.feed(*datagram);
        if (!state)
            return state.error();
        if (*state == ReplyCollector::State::complete)
            return {};
    }
}

/**
 * Of a family that is gone the kernel says what it says of a real server that is not there, but
 * without a sentence.
 */
bool NlTransport::is_unloaded(const Error &error) const
{
    return error.domain == Domain::kernel && error.code == ENOENT && error.attribute.empty() &&
           error.message == std::generic_category().message(ENOENT) && !has_family(family_);
}

Result<DumpEnd> NlTransport::converse(const MessageView &request, std::uint16_t flags,
                                      const Visitor &visit)
{
    const auto headers =
        headers_of(request, {.family = family_, .flags = flags, .sequence = ++sequence_});
    if (const auto sent = send({headers, request.attributes}); !sent)
        return sent.error();
    ReplyCollector collector(request, sequence_, family_, visit);
    if (const auto collected = collect(collector); !collected)
        return is_unloaded(collected.error()) ? unloaded() : collected.error();
    return collector.interrupted() ? DumpEnd::interrupted : DumpEnd::whole;
}

Result<std::vector<Message>> NlTransport::transact(const MessageView &request)
{
    std::vector<Message> messages;
    const auto keep = [&](const MessageView &message) -> Result<void> {
        messages.push_back(
            {.command = message.command,
             .attributes = Bytes(message.attributes.begin(), message.attributes.end())});
        return {};
    };
    const auto end = converse(request, NLM_F_REQUEST | NLM_F_ACK, keep);
    if (!end)
        return end.error();
    return messages;
}

Result<DumpEnd> NlTransport::dump(const Message &request, const Visitor &visit)
{
    return converse(request, NLM_F_REQUEST | NLM_F_DUMP, visit);
}

/**
 * The kernel works while it is being sent to, and answers what it refuses in any case; of what it
 * accepts only the last request asks for a word.
 */
Result<void> NlTransport::batch_some(RequestList &requests, std::size_t first, std::size_t last,
                                     std::vector<Refusal> &refusals)
{
    const std::uint32_t sequence = sequence_ + 1;
    for (std::size_t i = first; i < last; i++) {
        const int ack = i + 1 == last ? NLM_F_ACK : 0;
        requests.seal(i, {.family = family_,
                          .flags = static_cast<std::uint16_t>(NLM_F_REQUEST | ack),
                          .sequence = ++sequence_});
    }
    if (auto sent = send({requests.bytes(first, last)}); !sent)
        return sent;
    BatchCollector collector(requests, first, last, sequence, refusals);
    auto collected = collect(collector);
    if (collected && !refusals.empty() && is_unloaded(refusals.back().error))
        return unloaded();
    return collected;
}

Result<std::vector<Refusal>> NlTransport::batch(RequestList &requests)
{
    std::vector<Refusal> refusals;
    std::size_t first = 0;
    while (first < requests.size()) {
        std::size_t last = first + 1;
        while (last < requests.size() && last - first < batch_requests &&
               requests.start(last + 1) - requests.start(first) <= batch_bytes)
            last++;
        if (auto done = batch_some(requests, first, last, refusals); !done)
            return done.error();
        first = last;
    }
    return refusals;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
