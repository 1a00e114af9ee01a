// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/connection.hpp"

#include <array>
#include <charconv>
#include <cstddef>

namespace ipvsctl {
inline namespace v1 {

namespace {

struct ProtocolName {
    std::uint16_t number;
    std::string_view name;
};

/* As the kernel names them in /proc/net/ip_vs_conn. */
constexpr std::array protocol_names{
    ProtocolName{0, "IP"},   ProtocolName{1, "ICMP"},    ProtocolName{6, "TCP"},
    ProtocolName{17, "UDP"}, ProtocolName{58, "ICMPv6"}, ProtocolName{132, "SCTP"},
};
constexpr std::string_view numbered = "IP_";

template <typename T> bool accepts(const std::optional<T> &wanted, const T &value) noexcept
{
    return !wanted || *wanted == value;
}

} // namespace

std::string protocol_name(std::uint16_t protocol)
{
    for (const auto &known : protocol_names)
        if (known.number == protocol)
            return std::string(known.name);
    return std::string(numbered) + std::to_string(protocol);
}

std::optional<std::uint16_t> protocol_number(std::string_view name) noexcept
{
    for (const auto &known : protocol_names)
        if (known.name == name)
            return known.number;
    if (!name.starts_with(numbered))
        return std::nullopt;
    name.remove_prefix(numbered.size());
    std::uint16_t number = 0;
    const char *const end = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(name.data(), end, number);
    if (problem != std::errc{} || stop != end)
        return std::nullopt;
    return number;
}

bool Prefix::contains(const Address &other) const noexcept
{
    if (other.family() != address.family() || length > address.bytes().size() * 8)
        return false;
    const std::size_t whole = length / 8;
    for (std::size_t i = 0; i < whole; i++)
        if (other.raw()[i] != address.raw()[i])
            return false;
    const unsigned rest = length % 8;
    return rest == 0 || ((other.raw()[whole] ^ address.raw()[whole]) >> (8 - rest)) == 0;
}

bool EndpointFilter::matches(const Endpoint &endpoint) const noexcept
{
    return (!address || address->contains(endpoint.address)) && accepts(port, endpoint.port);
}

bool ConnectionFilter::matches(const Connection &connection) const noexcept
{
    return accepts(family, connection.client.address.family()) &&
           accepts(protocol, connection.protocol) && client.matches(connection.client) &&
           virtual_server.matches(connection.virtual_server) &&
           real_server.matches(connection.real_server) && accepts(state, connection.state);
}

} // namespace v1
} // namespace ipvsctl
