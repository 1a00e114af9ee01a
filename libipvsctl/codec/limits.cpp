// SPDX-License-Identifier: LGPL-2.1-or-later
#include "limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::array feature_names = {
    std::pair{NFVS_FEATURE_TABLE_DUMP, "table-dump"},
    std::pair{NFVS_FEATURE_CONN_DUMP, "conn-dump"},
    std::pair{NFVS_FEATURE_CONN_END, "conn-end"},
    std::pair{NFVS_FEATURE_COUNTERS, "counters"},
    std::pair{NFVS_FEATURE_ON_REMOVAL, "on-removal"},
    std::pair{NFVS_FEATURE_FASTPATH, "fastpath"},
    std::pair{NFVS_FEATURE_TRANSACTIONS, "transactions"},
    std::pair{NFVS_FEATURE_EVENTS, "events"},
};

std::vector<std::string> sorted(std::vector<std::string> names)
{
    std::ranges::sort(names);
    return names;
}

/** The numbers of the bits that are set. */
template <typename Number> std::vector<Number> numbers_of(std::uint32_t bits)
{
    std::vector<Number> numbers;
    for (unsigned bit = 0; bit < 32; bit++)
        if ((bits >> bit & 1) != 0)
            numbers.push_back(static_cast<Number>(bit));
    return numbers;
}

std::vector<std::string> features_of(std::uint32_t bits)
{
    std::vector<std::string> names;
    for (const auto &[bit, name] : feature_names)
        if ((bits & bit) != 0)
            names.emplace_back(name);
    return names;
}

bool take_prefix(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

const char *first_missing(const LimitsAttrs &attrs)
{
    if (!attrs.fwd_methods)
        return "limits.fwd-methods";
    if (!attrs.tun_types)
        return "limits.tun-types";
    return attrs.features ? nullptr : "limits.features";
}

} // namespace

Result<Limits> decode_limits(const LimitsAttrs &attrs)
{
    if (const char *name = first_missing(attrs))
        return missing_attribute(name);
    Limits limits;
    limits.schedulers = sorted(attrs.sched_name);
    limits.persistence_engines = sorted(attrs.pe_name);
    limits.protocols = sorted(attrs.protocol);
    limits.methods = numbers_of<ForwardingMethod>(*attrs.fwd_methods);
    limits.tunnel_types = numbers_of<TunnelType>(*attrs.tun_types);
    limits.features = features_of(*attrs.features);
    return limits;
}

Limits limits_of_ip_vs()
{
    Limits limits;
    limits.protocols = {"SCTP", "TCP", "UDP"};
    limits.methods = {ForwardingMethod::masquerade, ForwardingMethod::tunnel,
                      ForwardingMethod::direct};
    limits.tunnel_types = {TunnelType::ipip, TunnelType::gue, TunnelType::gre};
    limits.features = {"sync-daemons"};
    return limits;
}

void take_module(std::string_view line, std::vector<std::string> &schedulers,
                 std::vector<std::string> &persistence_engines)
{
    auto path = line.substr(0, line.find(':'));
    if (const auto slash = path.rfind('/'); slash != std::string_view::npos)
        path.remove_prefix(slash + 1);
    auto name = path.substr(0, path.find('.'));
    // An application's helper is neither.
    if (!take_prefix(name, "ip_vs_") || name == "ftp")
        return;
    auto &names = take_prefix(name, "pe_") ? persistence_engines : schedulers;
    names.emplace_back(name);
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
