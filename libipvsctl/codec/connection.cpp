// SPDX-License-Identifier: LGPL-2.1-or-later
#include "connection.hpp"

#include "address.hpp"

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::size_t state_name_max = 15; // max-len of conn.state-name in nfvs.yaml

const char *first_missing(const ConnAttrs &attrs) noexcept
{
    if (!attrs.af)
        return "conn.af";
    if (!attrs.protocol)
        return "conn.protocol";
    if (!attrs.client_addr)
        return "conn.client-addr";
    if (!attrs.client_port)
        return "conn.client-port";
    if (!attrs.virtual_addr)
        return "conn.virtual-addr";
    if (!attrs.virtual_port)
        return "conn.virtual-port";
    if (!attrs.dest_addr)
        return "conn.dest-addr";
    if (!attrs.dest_port)
        return "conn.dest-port";
    if (!attrs.state_name)
        return "conn.state-name";
    return nullptr;
}

Result<void> check_prefix(const EndpointFilter &end)
{
    if (!end.address || end.address->length <= end.address->address.bytes().size() * 8)
        return {};
    return usage_error("a prefix is longer than its address: " + end.address->address.to_string() +
                       "/" + std::to_string(end.address->length));
}

/** The family that all of client, virtual server and filter are of, if any of them says one. */
Result<std::optional<Family>> common_family(const ConnectionFilter &filter)
{
    std::optional<Family> family = filter.family;
    for (const auto *end : {&filter.client, &filter.virtual_server}) {
        if (!end->address)
            continue;
        const Family its = end->address->address.family();
        if (family.value_or(its) != its)
            return usage_error("client and virtual server are of one address family");
        family = its;
    }
    return family;
}

void encode_end(const EndpointFilter &end, std::optional<Bytes> &address,
                std::optional<std::uint8_t> &prefix, std::optional<std::uint16_t> &port)
{
    port = end.port;
    if (end.address) {
        address = encode_address(end.address->address);
        prefix = end.address->length;
    }
}

/** One end of a connection; the error names the address. */
Result<Endpoint> decode_end(Family family, const Bytes &address, std::uint16_t port,
                            std::string_view name)
{
    return decode_address(family, address, name).transform([&](const Address &decoded) {
        return Endpoint{.address = decoded, .port = port};
    });
}

} // namespace

Result<ConnAttrs> encode_connection_filter(const ConnectionFilter &filter)
{
    for (const auto *end : {&filter.client, &filter.virtual_server, &filter.real_server})
        if (auto ok = check_prefix(*end); !ok)
            return ok.error();
    const auto family = common_family(filter);
    if (!family)
        return family.error();
    if (filter.state && filter.state->size() > state_name_max)
        return usage_error("the name of a state has at most " + std::to_string(state_name_max) +
                           " characters");
    ConnAttrs attrs;
    if (*family)
        attrs.af = static_cast<std::uint16_t>(**family);
    attrs.protocol = filter.protocol;
    attrs.state_name = filter.state;
    if (filter.real_server.address)
        attrs.dest_af = static_cast<std::uint16_t>(filter.real_server.address->address.family());
    encode_end(filter.client, attrs.client_addr, attrs.client_prefix, attrs.client_port);
    encode_end(filter.virtual_server, attrs.virtual_addr, attrs.virtual_prefix, attrs.virtual_port);
    encode_end(filter.real_server, attrs.dest_addr, attrs.dest_prefix, attrs.dest_port);
    return attrs;
}

Result<Connection> decode_connection(const ConnAttrs &attrs)
{
    if (const char *name = first_missing(attrs))
        return missing_attribute(name);
    const auto family = decode_family(*attrs.af, "conn.af");
    if (!family)
        return family.error();
    const auto dest_family = attrs.dest_af ? decode_family(*attrs.dest_af, "conn.dest-af") : family;
    if (!dest_family)
        return dest_family.error();
    const auto client =
        decode_end(*family, *attrs.client_addr, *attrs.client_port, "conn.client-addr");
    if (!client)
        return client.error();
    const auto virtual_server =
        decode_end(*family, *attrs.virtual_addr, *attrs.virtual_port, "conn.virtual-addr");
    if (!virtual_server)
        return virtual_server.error();
    const auto real_server =
        decode_end(*dest_family, *attrs.dest_addr, *attrs.dest_port, "conn.dest-addr");
    if (!real_server)
        return real_server.error();

    Connection connection{.protocol = *attrs.protocol,
                          .client = *client,
                          .virtual_server = *virtual_server,
                          .real_server = *real_server,
                          .state = *attrs.state_name,
                          .expires = attrs.expires.value_or(0),
                          .method = {},
                          .fwmark = attrs.fwmark,
                          .persistence_engine = attrs.pe_name.value_or(""),
                          .persistence_data = {}};
    if (attrs.fwd_method)
        connection.method = static_cast<ForwardingMethod>(*attrs.fwd_method & NFVS_FWD_MASK);
    if (attrs.pe_data)
        connection.persistence_data.assign(attrs.pe_data->begin(), attrs.pe_data->end());
    return connection;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
