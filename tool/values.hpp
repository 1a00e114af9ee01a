// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The values of options: addresses with ports, scheduler flags, tunnel types.
 */
#pragma once

#include "ipvsctl/connection.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/service.hpp"
#include "names.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ipvsctl::tool {

struct HostPort {
    Address address;
    std::optional<std::uint16_t> port;
};

// host[:port], where host is an IPv4 address or name, or an IPv6 address: bare, or in brackets
// with a port. Without a protocol the port must be a number.
std::optional<HostPort> parse_host_port(std::string_view text, std::optional<Protocol> protocol,
                                        Names &names);

// HOST[:PORT] as above, or with the number of bits that count: ADDRESS/BITS[:PORT], and for IPv6
// ADDRESS/BITS or [ADDRESS/BITS]:PORT. Port 0 is any.
std::optional<EndpointFilter> parse_endpoint_filter(std::string_view text,
                                                    std::optional<Protocol> protocol, Names &names);

// In any of the forms of an IPv4 address but a length, or the length of an IPv6 prefix.
std::optional<Netmask> parse_netmask(Family family, const std::string &text);

// tcp, udp or sctp, in any case.
std::optional<Protocol> parse_protocol(std::string_view text) noexcept;

// The bits of a comma-separated list; some names go with one scheduler only.
Result<std::uint32_t> parse_sched_flags(std::string_view text, std::string_view scheduler);

std::optional<TunnelType> parse_tunnel_type(std::string_view text) noexcept;

std::optional<Removal> parse_removal(std::string_view text) noexcept;
std::optional<FastPath> parse_fastpath(std::string_view text) noexcept;

} // namespace ipvsctl::tool
