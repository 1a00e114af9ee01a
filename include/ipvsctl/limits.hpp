// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * What a balancer can do, and how much of it.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/info.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ipvsctl {
inline namespace v1 {

/** The balancer behind a client, so that no program has to know versions. */
struct Limits {
    std::string family; ///< of netlink: `NFVS` or `IPVS`
    Info info;

    /** By name, in order. Of ip_vs, its modules that are installed; none if that is unknown. */
    std::optional<std::vector<std::string>> schedulers;
    std::optional<std::vector<std::string>> persistence_engines;

    std::vector<std::string> protocols; ///< of services, such as `TCP`
    std::vector<ForwardingMethod> methods;
    std::vector<TunnelType> tunnel_types;

    /**
     * What only some balancers or versions have: `table-dump`, `conn-dump`, `conn-end`,
     * `counters`, `on-removal`, `fastpath`, `transactions`, `events`, `sync-daemons`; later
     * ones may have more words.
     */
    std::vector<std::string> features;

    std::uint32_t max_weight = 0x7fffffff;
    std::uint32_t max_threshold = 0x7fffffff;
    std::uint32_t max_persistence_timeout = 31 * 86400; ///< seconds
    std::uint32_t max_scheduler_name = 15;              ///< bytes
    std::uint32_t max_persistence_engine_name = 16;
    std::uint32_t max_interface_name = 15;

    friend bool operator==(const Limits &, const Limits &) = default;
};

} // namespace v1
} // namespace ipvsctl
