// SPDX-License-Identifier: LGPL-2.1-or-later
#include "destination.hpp"

#include "address.hpp"
#include "stats.hpp"

#include <linux/nfvs.h>

#include <algorithm>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

const char *first_missing(const DestAttrs &attrs) noexcept
{
    if (!attrs.fwd_method)
        return "dest.fwd-method";
    if (!attrs.weight)
        return "dest.weight";
    if (!attrs.u_thresh)
        return "dest.u-thresh";
    if (!attrs.l_thresh)
        return "dest.l-thresh";
    return nullptr;
}

/** What each real server has, in the order of the message; size is that of its address. */
template <std::size_t size> struct PlainDestination {
    FixedAttr<std::array<std::uint8_t, size>> addr;
    FixedAttr<std::uint16_t> port;
    FixedAttr<std::uint32_t> method;
};

template <std::size_t size> void put_plain(AttrWriter &out, const DestinationConfig &config)
{
    std::array<std::uint8_t, size> addr{};
    std::ranges::copy(config.endpoint.address.bytes().first(size), addr.begin());
    out.put_fixed(PlainDestination<size>{
        .addr = {NFVS_DEST_A_ADDR, addr},
        .port = {NFVS_DEST_A_PORT, swap_be16(config.endpoint.port)},
        .method = {NFVS_DEST_A_FWD_METHOD, static_cast<std::uint32_t>(config.method)},
    });
}

/** The kernel's, for what an item of a transaction leaves out. */
constexpr std::uint32_t default_weight = 1;
constexpr std::uint32_t default_threshold = 0;

void put_unless(AttrWriter &out, std::uint16_t type, std::uint32_t value, std::uint32_t otherwise)
{
    if (value != otherwise)
        out.put_u32(type, value);
}

} // namespace

DestAttrs encode_destination_key(const Endpoint &endpoint)
{
    DestAttrs attrs;
    attrs.addr = encode_address(endpoint.address);
    attrs.port = endpoint.port;
    attrs.addr_family = static_cast<std::uint16_t>(endpoint.address.family());
    return attrs;
}

DestAttrs encode_destination(const DestinationConfig &config)
{
    auto attrs = encode_destination_key(config.endpoint);
    attrs.fwd_method = static_cast<std::uint32_t>(config.method);
    attrs.weight = config.weight;
    attrs.u_thresh = config.upper_threshold;
    attrs.l_thresh = config.lower_threshold;
    if (config.method == ForwardingMethod::tunnel) {
        attrs.tun_type = static_cast<std::uint8_t>(config.tunnel.type);
        attrs.tun_port = config.tunnel.port;
        attrs.tun_flags = static_cast<std::uint16_t>(config.tunnel.checksum);
    }
    return attrs;
}

void DestinationNest::encode(AttrWriter &out) const
{
    const Address &address = config.endpoint.address;
    if (address.is_v4())
        put_plain<4>(out, config);
    else
        put_plain<Address::max_size>(out, config);
    put_unless(out, NFVS_DEST_A_WEIGHT, config.weight, default_weight);
    put_unless(out, NFVS_DEST_A_U_THRESH, config.upper_threshold, default_threshold);
    put_unless(out, NFVS_DEST_A_L_THRESH, config.lower_threshold, default_threshold);
    if (address.family() != service_family)
        out.put_u16(NFVS_DEST_A_ADDR_FAMILY, static_cast<std::uint16_t>(address.family()));
    if (config.method == ForwardingMethod::tunnel) {
        out.put_u8(NFVS_DEST_A_TUN_TYPE, static_cast<std::uint8_t>(config.tunnel.type));
        out.put_u16(NFVS_DEST_A_TUN_PORT, swap_be16(config.tunnel.port));
        out.put_u16(NFVS_DEST_A_TUN_FLAGS, static_cast<std::uint16_t>(config.tunnel.checksum));
    }
}

Result<Endpoint> decode_destination_key(const DestAttrs &attrs, Family service_family)
{
    if (!attrs.addr)
        return missing_attribute("dest.addr");
    if (!attrs.port)
        return missing_attribute("dest.port");
    // Kernels before 3.18 do not know the attribute, and 0 stands for its absence.
    Result<Family> family = service_family;
    if (attrs.addr_family.value_or(0) != 0)
        family = decode_family(*attrs.addr_family, "dest.addr-family");
    if (!family)
        return family.error();
    return decode_address(*family, *attrs.addr, "dest.addr").transform([&](const Address &address) {
        return Endpoint{.address = address, .port = *attrs.port};
    });
}

Result<Destination> decode_destination(const DestAttrs &attrs, Family service_family)
{
    const auto endpoint = decode_destination_key(attrs, service_family);
    if (!endpoint)
        return endpoint.error();
    if (const char *name = first_missing(attrs))
        return missing_attribute(name);

    Destination destination;
    destination.config = {
        .endpoint = *endpoint,
        .method = static_cast<ForwardingMethod>(*attrs.fwd_method & NFVS_FWD_MASK),
        .weight = *attrs.weight,
        .upper_threshold = *attrs.u_thresh,
        .lower_threshold = *attrs.l_thresh,
        .tunnel = {.type = static_cast<TunnelType>(attrs.tun_type.value_or(NFVS_TUN_TYPE_IPIP)),
                   .port = attrs.tun_port.value_or(0),
                   .checksum = static_cast<TunnelChecksum>(attrs.tun_flags.value_or(0))}};
    destination.active_connections = attrs.active_conns.value_or(0);
    destination.inactive_connections = attrs.inact_conns.value_or(0);
    destination.persistent_connections = attrs.persist_conns.value_or(0);
    destination.stats = decode_stats(attrs.stats, attrs.stats64);
    return destination;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
