// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Real servers (destinations) of a virtual service.
 */
#pragma once

#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/stats.hpp"

#include <string_view>

namespace ipvsctl {
inline namespace v1 {

/** How packets get to a real server; the kernel's numbers. */
enum class ForwardingMethod : std::uint32_t {
    masquerade = 0,
    local = 1,
    tunnel = 2,
    direct = 3,
    bypass = 4,
};

/** `Masq`, `Local`, `Tunnel`, `Route` or `Bypass`; `Unknown` for other numbers. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(ForwardingMethod method) noexcept;

/** Encapsulations; the kernel's numbers. */
enum class TunnelType : std::uint8_t {
    ipip = 0,
    gue = 1,
    gre = 2,
};

/** `ipip`, `gue` or `gre`; `unknown` for other numbers. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(TunnelType type) noexcept;

/** Checksum of the outer header; the kernel's numbers. */
enum class TunnelChecksum : std::uint16_t {
    none = 0,
    present = 1,
    remote_offload = 2,
};

/** The encapsulation of ForwardingMethod::tunnel. */
struct Tunnel {
    TunnelType type = TunnelType::ipip;
    std::uint16_t port = 0; ///< UDP port of GUE
    TunnelChecksum checksum = TunnelChecksum::none;

    friend bool operator==(const Tunnel &, const Tunnel &) = default;
};

/** What an administrator decides about a real server. */
struct DestinationConfig {
    Endpoint endpoint;
    ForwardingMethod method = ForwardingMethod::direct;
    std::uint32_t weight = 1;          ///< 0: no new connections
    std::uint32_t upper_threshold = 0; ///< connections; 0: no limit
    std::uint32_t lower_threshold = 0;
    Tunnel tunnel;

    friend bool operator==(const DestinationConfig &, const DestinationConfig &) = default;
};

/** A real server as the kernel has it. */
struct Destination {
    DestinationConfig config;
    std::uint32_t active_connections = 0;
    std::uint32_t inactive_connections = 0;
    std::uint32_t persistent_connections = 0;
    Stats stats;

    friend bool operator==(const Destination &, const Destination &) = default;
};

} // namespace v1
} // namespace ipvsctl
