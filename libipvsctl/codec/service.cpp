// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service.hpp"

#include "address.hpp"
#include "stats.hpp"

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

Result<void> check_name(const std::string &name, std::size_t longest, std::string_view what)
{
    if (name.size() > longest || name.find('\0') != std::string::npos)
        return usage_error("the name of a " + std::string(what) + " has at most " +
                           std::to_string(longest) + " characters: '" + name + "'");
    return {};
}

/** A host mask fits either family, so that a default-made ServiceConfig fits IPv6 too. */
Result<std::uint32_t> encode_netmask(const Netmask &mask, Family family)
{
    if (mask.family() != family && !mask.is_host())
        return usage_error("the netmask is not of the service's address family");
    const auto value = mask.family() == family ? mask.value() : Netmask::host(family).value();
    return family == Family::inet ? swap_be32(value) : value;
}

Netmask decode_netmask(std::uint32_t raw, Family family) noexcept
{
    return family == Family::inet ? Netmask::v4(swap_be32(raw)) : Netmask::v6(raw);
}

} // namespace

SvcAttrs encode_service_key(const ServiceKey &key)
{
    SvcAttrs attrs;
    attrs.af = static_cast<std::uint16_t>(family_of(key));
    if (const auto *mark = std::get_if<FwmarkServiceKey>(&key)) {
        attrs.fwmark = mark->fwmark;
    } else if (const auto *address = std::get_if<AddressServiceKey>(&key)) {
        attrs.protocol = static_cast<std::uint16_t>(address->protocol);
        attrs.addr = encode_address(address->endpoint.address);
        attrs.port = address->endpoint.port;
    }
    return attrs;
}

Result<SvcAttrs> encode_service(const ServiceKey &key, const ServiceConfig &config)
{
    if (auto ok = check_name(config.scheduler, NFVS_SCHEDNAME_MAXLEN - 1, "scheduler"); !ok)
        return ok.error();
    if (auto ok = check_name(config.persistence_engine, NFVS_PENAME_MAXLEN, "persistence engine");
        !ok)
        return ok.error();
    const auto netmask = encode_netmask(config.netmask, family_of(key));
    if (!netmask)
        return netmask.error();

    auto attrs = encode_service_key(key);
    attrs.sched_name = config.scheduler;
    if (!config.persistence_engine.empty())
        attrs.pe_name = config.persistence_engine;
    // The kernel's own flag comes back with every service; older kernels take offence at it.
    attrs.flags = Flags{.flags = config.flags & ~service_flag::hashed,
                        .mask = config.flags_mask & ~service_flag::hashed};
    attrs.timeout = config.persistence_timeout;
    attrs.netmask = *netmask;
    if (config.on_removal)
        attrs.on_removal = static_cast<std::uint32_t>(*config.on_removal);
    if (config.fastpath)
        attrs.fastpath = static_cast<std::uint32_t>(*config.fastpath);
    return attrs;
}

Result<ServiceKey> decode_service_key(const SvcAttrs &attrs)
{
    if (!attrs.af)
        return missing_attribute("service.af");
    const auto family = decode_family(*attrs.af, "service.af");
    if (!family)
        return family.error();
    if (attrs.fwmark)
        return ServiceKey(FwmarkServiceKey{.fwmark = *attrs.fwmark, .family = *family});
    if (!attrs.protocol)
        return missing_attribute("service.protocol");
    if (!attrs.addr)
        return missing_attribute("service.addr");
    if (!attrs.port)
        return missing_attribute("service.port");
    const auto address = decode_address(*family, *attrs.addr, "service.addr");
    if (!address)
        return address.error();
    return ServiceKey(AddressServiceKey{.protocol = static_cast<Protocol>(*attrs.protocol),
                                        .endpoint = {.address = *address, .port = *attrs.port}});
}

Result<Service> decode_service(const SvcAttrs &attrs)
{
    const auto key = decode_service_key(attrs);
    if (!key)
        return key.error();
    if (!attrs.sched_name)
        return missing_attribute("service.sched-name");
    if (!attrs.flags)
        return missing_attribute("service.flags");
    if (!attrs.timeout)
        return missing_attribute("service.timeout");
    if (!attrs.netmask)
        return missing_attribute("service.netmask");

    Service service;
    service.config = {.scheduler = *attrs.sched_name,
                      .flags = attrs.flags->flags,
                      .persistence_timeout = *attrs.timeout,
                      .netmask = decode_netmask(*attrs.netmask, family_of(*key)),
                      .persistence_engine = attrs.pe_name.value_or(""),
                      .on_removal = static_cast<Removal>(attrs.on_removal.value_or(0)),
                      .fastpath =
                          static_cast<FastPath>(attrs.fastpath.value_or(NFVS_FASTPATH_DEFAULT))};
    service.key = *key;
    service.stats = decode_stats(attrs.stats, attrs.stats64);
    return service;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
