// SPDX-License-Identifier: LGPL-2.1-or-later
#include "convert.hpp"

#include <cerrno>

namespace ipvsctl {
inline namespace v1 {
namespace c {

void copy(std::string_view text, std::span<char> room) noexcept
{
    const auto rest = std::ranges::copy(text.substr(0, room.size() - 1), room.begin()).out;
    std::fill(rest, room.end(), '\0');
}

int fail(const Error &error, ipvsctl_error *out) noexcept
{
    if (!out)
        return -1;
    out->domain = static_cast<ipvsctl_domain>(error.domain);
    out->code = error.code;
    out->item = error.item.value_or(IPVSCTL_NO_ITEM);
    copy(error.message, out->message);
    copy(error.attribute, out->attribute);
    return -1;
}

Endpoint endpoint_of(const ipvsctl_endpoint &from) noexcept
{
    const auto family = static_cast<Family>(from.family);
    const std::size_t size = family == Family::inet6 ? 16 : 4;
    const std::span<const std::uint8_t> bytes(from.address, size);
    return {.address = Address::from_bytes(family == Family::inet6 ? family : Family::inet, bytes)
                           .value_or(Address()),
            .port = from.port};
}

ipvsctl_endpoint endpoint_for_c(const Endpoint &from) noexcept
{
    ipvsctl_endpoint to{};
    to.family = static_cast<std::uint16_t>(from.address.family());
    to.port = from.port;
    std::ranges::copy(from.address.bytes(), to.address);
    return to;
}

ServiceKey key_of(const ipvsctl_key &from) noexcept
{
    const Endpoint endpoint = endpoint_of(from.endpoint);
    if (from.fwmark != 0)
        return FwmarkServiceKey{.fwmark = from.fwmark, .family = endpoint.address.family()};
    return AddressServiceKey{.protocol = static_cast<Protocol>(from.protocol),
                             .endpoint = endpoint};
}

ipvsctl_key key_for_c(const ServiceKey &from) noexcept
{
    ipvsctl_key to{};
    if (const auto *mark = std::get_if<FwmarkServiceKey>(&from)) {
        to.fwmark = mark->fwmark;
        to.endpoint.family = static_cast<std::uint16_t>(mark->family);
    } else if (const auto *address = std::get_if<AddressServiceKey>(&from)) {
        to.protocol = static_cast<std::uint16_t>(address->protocol);
        to.endpoint = endpoint_for_c(address->endpoint);
    }
    return to;
}

ServiceConfig config_of(const ipvsctl_service &from)
{
    ServiceConfig to;
    to.scheduler = from.scheduler;
    to.flags = from.flags;
    to.flags_mask = from.flags_mask;
    to.persistence_timeout = from.persistence_timeout;
    to.netmask = from.key.endpoint.family == static_cast<std::uint16_t>(Family::inet6)
                     ? Netmask::v6(from.netmask)
                     : Netmask::v4(from.netmask);
    to.persistence_engine = from.persistence_engine;
    if (from.on_removal >= 0)
        to.on_removal = static_cast<Removal>(from.on_removal);
    if (from.fastpath >= 0)
        to.fastpath = static_cast<FastPath>(from.fastpath);
    return to;
}

ipvsctl_service service_for_c(const ServiceKey &key, const ServiceConfig &config) noexcept
{
    ipvsctl_service to{};
    to.key = key_for_c(key);
    copy(config.scheduler, to.scheduler);
    copy(config.persistence_engine, to.persistence_engine);
    to.flags = config.flags;
    to.flags_mask = config.flags_mask;
    to.persistence_timeout = config.persistence_timeout;
    to.netmask = config.netmask.family() == family_of(key) ? config.netmask.value()
                                                           : Netmask::host(family_of(key)).value();
    to.on_removal = config.on_removal ? static_cast<int>(*config.on_removal) : -1;
    to.fastpath = config.fastpath ? static_cast<int>(*config.fastpath) : -1;
    return to;
}

DestinationConfig config_of(const ipvsctl_server &from) noexcept
{
    return {.endpoint = endpoint_of(from.endpoint),
            .method = static_cast<ForwardingMethod>(from.method),
            .weight = from.weight,
            .upper_threshold = from.upper_threshold,
            .lower_threshold = from.lower_threshold,
            .tunnel = {.type = static_cast<TunnelType>(from.tunnel_type),
                       .port = from.tunnel_port,
                       .checksum = static_cast<TunnelChecksum>(from.tunnel_checksum)}};
}

ipvsctl_server server_for_c(const DestinationConfig &from) noexcept
{
    return {.endpoint = endpoint_for_c(from.endpoint),
            .method = static_cast<ipvsctl_method>(from.method),
            .weight = from.weight,
            .upper_threshold = from.upper_threshold,
            .lower_threshold = from.lower_threshold,
            .tunnel_type = static_cast<std::uint16_t>(from.tunnel.type),
            .tunnel_port = from.tunnel.port,
            .tunnel_checksum = static_cast<std::uint16_t>(from.tunnel.checksum)};
}

ipvsctl_connection connection_for_c(const Connection &from) noexcept
{
    ipvsctl_connection to{};
    to.client = endpoint_for_c(from.client);
    to.virtual_server = endpoint_for_c(from.virtual_server);
    to.real_server = endpoint_for_c(from.real_server);
    to.expires = from.expires;
    to.fwmark = from.fwmark.value_or(0);
    to.protocol = from.protocol;
    to.method = from.method ? static_cast<std::int16_t>(*from.method) : std::int16_t{-1};
    copy(from.state, to.state);
    return to;
}

ClientOptions options_of(const ipvsctl_options &from)
{
    ClientOptions to;
    to.load_module = from.load_module != 0;
    if (from.network_namespace)
        to.network_namespace = from.network_namespace;
    return to;
}

} // namespace c
} // namespace v1
} // namespace ipvsctl
