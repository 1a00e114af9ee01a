// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Connections that are being balanced, and how to choose among them.
 */
#pragma once

#include "ipvsctl/destination.hpp"

#include <optional>
#include <string>

namespace ipvsctl {
inline namespace v1 {

/** A connection, or a persistence template (its client port is 0, its state has its own names). */
struct Connection {
    std::uint16_t protocol = 0; ///< IP protocol number; 0 for the template of a fwmark service
    Endpoint client;
    Endpoint virtual_server; ///< of the template of a fwmark service, the mark in the address
    Endpoint real_server;
    std::string state;                      ///< such as `ESTABLISHED` or `UDP`
    std::uint32_t expires = 0;              ///< seconds until it ends unless a packet comes
    std::optional<ForwardingMethod> method; ///< ip_vs does not say
    std::optional<std::uint32_t> fwmark;    ///< of its service, 0 for none; ip_vs does not say
    std::string persistence_engine;         ///< empty for none
    std::string persistence_data;           ///< what the engine goes by

    friend bool operator==(const Connection &, const Connection &) = default;
};

/** `TCP`, `UDP`, `SCTP`, `ICMP`, `ICMPv6`, `IP` for 0, otherwise `IP_` and the number. */
[[nodiscard]] IPVSCTL_API std::string protocol_name(std::uint16_t protocol);

/** The number of what protocol_name() wrote. */
[[nodiscard]] IPVSCTL_API std::optional<std::uint16_t>
protocol_number(std::string_view name) noexcept;

/** Addresses that begin with the same bits. */
struct Prefix {
    Address address;
    std::uint8_t length = 32; ///< how many bits count, up to 32 or 128

    /** One address alone. */
    [[nodiscard]] static constexpr Prefix host(const Address &address) noexcept
    {
        return {address, static_cast<std::uint8_t>(address.is_v4() ? 32 : 128)};
    }

    [[nodiscard]] IPVSCTL_API bool contains(const Address &other) const noexcept;

    friend bool operator==(const Prefix &, const Prefix &) = default;
};

/** One end of a connection; an absent member matches any. */
struct EndpointFilter {
    std::optional<Prefix> address;
    std::optional<std::uint16_t> port;

    [[nodiscard]] IPVSCTL_API bool matches(const Endpoint &endpoint) const noexcept;

    friend bool operator==(const EndpointFilter &, const EndpointFilter &) = default;
};

/** Connections that are meant: those that match all that is given; everything by default. */
struct ConnectionFilter {
    std::optional<Family> family; ///< of client and virtual server
    std::optional<std::uint16_t> protocol;
    EndpointFilter client;
    EndpointFilter virtual_server;
    EndpointFilter real_server;
    std::optional<std::string> state; ///< by its name

    [[nodiscard]] IPVSCTL_API bool matches(const Connection &connection) const noexcept;

    friend bool operator==(const ConnectionFilter &, const ConnectionFilter &) = default;
};

} // namespace v1
} // namespace ipvsctl
