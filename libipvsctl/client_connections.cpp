// SPDX-License-Identifier: LGPL-2.1-or-later
/** Connections: by netlink from nfvs, from a file of ip_vs's. */
#include "client_impl.hpp"
#include "codec/connection.hpp"
#include "codec/proc_connection.hpp"
#include "transport/netns.hpp"

#include <fstream>

namespace ipvsctl {
inline namespace v1 {

namespace {

using detail::NfvsAttrs;
using ConnectionVisitor = std::function<void(const Connection &)>;

constexpr const char *proc_file = "/proc/net/ip_vs_conn"; // as messages name it
// /proc/net is of the namespace that the process's first thread is in, not of that which reads.
constexpr const char *thread_proc_file = "/proc/thread-self/net/ip_vs_conn";

Error unreadable(std::string_view what, int code)
{
    return Error{.domain = Domain::transport,
                 .code = code,
                 .message = std::string(what) + ' ' + proc_file,
                 .attribute = {}};
}

Result<std::ifstream> open_proc()
{
    errno = 0;
    std::ifstream file(thread_proc_file);
    if (!file)
        return unreadable("cannot open file", errno != 0 ? errno : ENOENT);
    return file;
}

Result<void> read_proc(std::istream &file, const ConnectionFilter &filter,
                       const ConnectionVisitor &visit)
{
    std::string line;
    if (!std::getline(file, line))
        return unreadable("unexpected input from", EPROTO);
    while (std::getline(file, line)) {
        const auto connection = detail::parse_proc_connection(line);
        if (!connection)
            return connection.error();
        if (filter.matches(*connection))
            visit(*connection);
    }
    return {};
}

Result<NfvsAttrs> choosing(const ConnectionFilter &filter)
{
    auto conn = detail::encode_connection_filter(filter);
    if (!conn)
        return std::move(conn).error();
    NfvsAttrs attrs;
    attrs.conn = std::move(*conn);
    return attrs;
}

} // namespace

Result<void> Client::connections(const ConnectionFilter &filter, const ConnectionVisitor &visit)
{
    const auto request = choosing(filter);
    if (!request)
        return request.error();
    if (!impl_->is_nfvs())
        return detail::in_namespace(impl_->network_namespace(), open_proc)
            .and_then([&](std::ifstream &&file) { return read_proc(file, filter, visit); });
    const auto end = impl_->dump(NFVS_CMD_GET_CONN, NFVS_CMD_GET_CONN, *request,
                                 [&](const NfvsAttrs &attrs) -> Result<void> {
                                     if (!attrs.conn)
                                         return detail::missing_attribute("conn");
                                     return detail::decode_connection(*attrs.conn).transform(visit);
                                 });
    // Connections come and go all the time, so no dump of them is interrupted.
    if (!end)
        return end.error();
    return {};
}

Result<std::uint32_t> Client::end_connections(const ConnectionFilter &filter)
{
    const auto request = choosing(filter);
    if (!request)
        return request.error();
    if (!impl_->is_nfvs())
        return detail::not_with_ip_vs("ip_vs cannot end connections");
    return impl_->query<NfvsAttrs>(NFVS_CMD_DEL_CONN, NFVS_CMD_DEL_CONN, *request)
        .and_then([](const NfvsAttrs &attrs) -> Result<std::uint32_t> {
            if (!attrs.count)
                return detail::missing_attribute("count");
            return *attrs.count;
        });
}

} // namespace v1
} // namespace ipvsctl
