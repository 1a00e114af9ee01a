// SPDX-License-Identifier: LGPL-2.1-or-later
#include "daemon.hpp"

#include "address.hpp"

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

template <typename T> std::optional<T> unless_zero(T value) noexcept
{
    return value != 0 ? std::optional(value) : std::nullopt;
}

Result<std::optional<Address>> decode_group(const DaemonAttrs &attrs)
{
    if (attrs.mcast_group)
        return std::optional(Address::v4(*attrs.mcast_group));
    if (!attrs.mcast_group6)
        return std::optional<Address>();
    return decode_address(Family::inet6, *attrs.mcast_group6, "daemon.mcast-group6")
        .transform([](const Address &group) { return std::optional(group); });
}

} // namespace

DaemonAttrs encode_daemon_key(DaemonRole role)
{
    DaemonAttrs attrs;
    attrs.state = static_cast<std::uint32_t>(role);
    return attrs;
}

Result<DaemonAttrs> encode_daemon(const SyncDaemon &daemon)
{
    const auto &name = daemon.interface;
    if (name.size() >= NFVS_IFNAME_MAXLEN || name.find('\0') != std::string::npos)
        return usage_error("the name of an interface has at most " +
                           std::to_string(NFVS_IFNAME_MAXLEN - 1) + " characters: '" + name + "'");
    auto attrs = encode_daemon_key(daemon.role);
    attrs.mcast_ifn = name;
    attrs.sync_id = daemon.sync_id;
    attrs.sync_maxlen = unless_zero(daemon.max_length);
    attrs.mcast_port = unless_zero(daemon.port);
    attrs.mcast_ttl = unless_zero(daemon.ttl);
    if (daemon.group && daemon.group->is_v4())
        attrs.mcast_group = daemon.group->v4_value();
    else if (daemon.group)
        attrs.mcast_group6 = encode_address(*daemon.group);
    return attrs;
}

Result<SyncDaemon> decode_daemon(const DaemonAttrs &attrs)
{
    if (!attrs.state)
        return missing_attribute("daemon.state");
    if (!attrs.mcast_ifn)
        return missing_attribute("daemon.mcast-ifn");
    if (!attrs.sync_id)
        return missing_attribute("daemon.sync-id");
    const auto group = decode_group(attrs);
    if (!group)
        return group.error();
    return SyncDaemon{.role = static_cast<DaemonRole>(*attrs.state),
                      .interface = *attrs.mcast_ifn,
                      .sync_id = *attrs.sync_id,
                      .max_length = attrs.sync_maxlen.value_or(0),
                      .group = *group,
                      .port = attrs.mcast_port.value_or(0),
                      .ttl = attrs.mcast_ttl.value_or(0)};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
