// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Virtual services: what identifies one, how it is configured, what the kernel says about it.
 */
#pragma once

#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/netmask.hpp"
#include "ipvsctl/protocol.hpp"
#include "ipvsctl/stats.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace ipvsctl {
inline namespace v1 {

/** The bits of ServiceConfig::flags. */
namespace service_flag {
inline constexpr std::uint32_t persistent = 0x1;
inline constexpr std::uint32_t hashed = 0x2; ///< the kernel's own; always set in its answers
inline constexpr std::uint32_t one_packet = 0x4;
inline constexpr std::uint32_t sched1 = 0x8;
inline constexpr std::uint32_t sched2 = 0x10;
inline constexpr std::uint32_t sched3 = 0x20;
inline constexpr std::uint32_t sh_fallback = sched1;
inline constexpr std::uint32_t sh_port = sched2;
inline constexpr std::uint32_t mh_fallback = sched1;
inline constexpr std::uint32_t mh_port = sched2;
} // namespace service_flag

/** The seconds that persistence lasts where nobody said otherwise. */
inline constexpr std::uint32_t default_persistence_timeout = 360;

/** A service that is found by protocol, address and port. */
struct AddressServiceKey {
    Protocol protocol = Protocol::tcp;
    Endpoint endpoint;

    /** By family, protocol, address, port. */
    friend constexpr std::strong_ordering operator<=>(const AddressServiceKey &a,
                                                      const AddressServiceKey &b) noexcept
    {
        if (const auto order = a.endpoint.address.family() <=> b.endpoint.address.family();
            order != 0)
            return order;
        if (const auto order = a.protocol <=> b.protocol; order != 0)
            return order;
        return a.endpoint <=> b.endpoint;
    }
    friend constexpr bool operator==(const AddressServiceKey &,
                                     const AddressServiceKey &) noexcept = default;
};

/** A service that is found by the packet's firewall mark. */
struct FwmarkServiceKey {
    std::uint32_t fwmark = 0;
    Family family = Family::inet;

    friend constexpr auto operator<=>(const FwmarkServiceKey &,
                                      const FwmarkServiceKey &) noexcept = default;
};

/** What identifies a service. Ordered: address services first, then by fwmark. */
using ServiceKey = std::variant<AddressServiceKey, FwmarkServiceKey>;

/** The address family of a service. */
[[nodiscard]] IPVSCTL_API Family family_of(const ServiceKey &key) noexcept;

/** Its port; 0 for a fwmark service. */
[[nodiscard]] IPVSCTL_API std::uint16_t port_of(const ServiceKey &key) noexcept;

/** `TCP 192.0.2.1:80`, `FWM 7` or `FWM 7 IPv6`: a service in a message. */
[[nodiscard]] IPVSCTL_API std::string to_string(const ServiceKey &key);

/** What becomes of packets whose real server was removed while they had a connection to it. */
enum class Removal : std::uint8_t {
    by_default = 0, ///< reschedule for UDP, and for all with expire_nodest_conn; else drop
    reschedule = 1, ///< as if they had had no connection
    drop = 2,
    reset = 3, ///< the client is told: TCP reset or ICMP port unreachable
};

/** `default`, `resched`, `drop` or `reset`. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(Removal removal) noexcept;

/** When packets of established connections skip the netfilter hooks; the setting `fastpath`. */
enum class FastPath : std::uint8_t {
    off = 0,
    automatic = 1, ///< where nobody else listens
    always = 2,
    by_default = 3, ///< as the namespace's setting says
};

/** `off`, `auto`, `always` or `default`. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(FastPath fastpath) noexcept;

/** What an administrator decides about a service. */
struct ServiceConfig {
    std::string scheduler; ///< `none` for a service that schedules nothing
    std::uint32_t flags = 0;
    std::uint32_t flags_mask = 0xffffffff; ///< which bits of flags a change touches
    std::uint32_t persistence_timeout = 0; ///< seconds; counts with service_flag::persistent
    Netmask netmask;
    std::string persistence_engine; ///< empty for none
    /** In a change: none leaves it as it is. In an answer: always there. */
    std::optional<Removal> on_removal;
    std::optional<FastPath> fastpath; ///< likewise

    [[nodiscard]] bool persistent() const noexcept { return flags & service_flag::persistent; }
    [[nodiscard]] bool one_packet() const noexcept { return flags & service_flag::one_packet; }

    friend bool operator==(const ServiceConfig &, const ServiceConfig &) = default;
};

/** A service as the kernel has it. */
struct Service {
    ServiceKey key;
    ServiceConfig config;
    Stats stats;

    friend bool operator==(const Service &, const Service &) = default;
};

} // namespace v1
} // namespace ipvsctl
