// SPDX-License-Identifier: LGPL-2.1-or-later
#include "nl_transport.hpp"

#include "reply_collector.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/family.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <sys/socket.h>

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

using MessagePtr = std::unique_ptr<nl_msg, Freer<nlmsg_free>>;
using BufferPtr = std::unique_ptr<unsigned char, Freer<std::free>>;
using CachePtr = std::unique_ptr<nl_cache, Freer<nl_cache_free>>;
using FamilyPtr = std::unique_ptr<genl_family, Freer<genl_family_put>>;

Error system_failure(std::string_view what, int code)
{
    Error error{.domain = Domain::transport,
                .code = code,
                .message = std::generic_category().message(code),
                .attribute = {}};
    error.add_context(what);
    return error;
}

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

Result<void> set_option(nl_sock *socket, int option)
{
    const int on = 1;
    if (setsockopt(nl_socket_get_fd(socket), SOL_NETLINK, option, &on, sizeof(on)) < 0)
        return system_failure("set a netlink option", errno);
    return {};
}

} // namespace

void free_socket(nl_sock *socket) noexcept
{
    nl_socket_free(socket);
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

Result<std::uint32_t> NlTransport::send(const Message &request, int flags)
{
    constexpr std::size_t headers = netlink_header_size + genetlink_header_size;
    const MessagePtr message(nlmsg_alloc_size(headers + request.attributes.size()));
    if (!message)
        return system_failure("send a request", ENOMEM);
    void *const header = genlmsg_put(message.get(), NL_AUTO_PORT, NL_AUTO_SEQ, family_, 0, flags,
                                     request.command, NFVS_GENL_VERSION);
    void *const attributes =
        header ? nlmsg_reserve(message.get(), request.attributes.size(), 0) : nullptr;
    if (!attributes)
        return system_failure("send a request", ENOMEM);
    std::copy(request.attributes.begin(), request.attributes.end(),
              static_cast<std::uint8_t *>(attributes));
    errno = 0;
    if (const int status = nl_send_auto(socket_.get(), message.get()); status < 0)
        return nl_failure("send a request", status, errno);
    return nlmsg_hdr(message.get())->nlmsg_seq;
}

Result<DumpAnswer> NlTransport::converse(const Message &request, int flags)
{
    const auto sequence = send(request, flags);
    if (!sequence)
        return sequence.error();
    ReplyCollector collector(request, *sequence, family_);
    for (;;) {
        sockaddr_nl sender{};
        unsigned char *raw = nullptr;
        errno = 0;
        const int size = nl_recv(socket_.get(), &sender, &raw, nullptr);
        const int saved_errno = errno;
        const BufferPtr datagram(raw);
        if (size <= 0)
            return nl_failure("receive the answer", size, saved_errno);
        // Another process can send to our port; only the kernel's port is 0.
        if (sender.nl_pid != 0)
            continue;
        const auto state = collector.feed(ByteView(datagram.get(), static_cast<std::size_t>(size)));
        if (!state)
            return state.error();
        if (*state == ReplyCollector::State::complete)
            break;
    }
    const bool interrupted = collector.interrupted();
    return DumpAnswer{.messages = std::move(collector).take(), .interrupted = interrupted};
}

Result<std::vector<Message>> NlTransport::transact(const Message &request)
{
    auto answer = converse(request, NLM_F_REQUEST | NLM_F_ACK);
    if (!answer)
        return answer.error();
    return std::move(answer->messages);
}

Result<std::vector<Message>> NlTransport::dump(const Message &request)
{
    return dump_until_whole([&] { return converse(request, NLM_F_REQUEST | NLM_F_DUMP); });
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
