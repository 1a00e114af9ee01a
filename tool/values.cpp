// SPDX-License-Identifier: GPL-2.0-or-later
#include "values.hpp"

#include "number.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include <arpa/inet.h>

namespace ipvsctl::tool {

namespace {

constexpr std::int64_t max_port = 65535;

bool only_digits(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::uint16_t> parse_port(std::string_view text, std::optional<Protocol> protocol,
                                        Names &names)
{
    if (const auto number = parse_number(text, 0, max_port)) {
        return static_cast<std::uint16_t>(*number);
    }
    if (!protocol || text.empty()) {
        return std::nullopt;
    }
    return names.port_of(std::string(text), *protocol);
}

// In any of the forms that inet_aton() knows (10.1 is 10.0.0.1).
std::optional<std::uint32_t> parse_v4(const std::string &text)
{
    in_addr address{};
    if (text.empty() || inet_aton(text.c_str(), &address) == 0) {
        return std::nullopt;
    }
    return ntohl(address.s_addr);
}

// An IPv4 address, else a name.
std::optional<Address> parse_v4_host(const std::string &text, Names &names)
{
    if (const auto address = parse_v4(text)) {
        return Address::v4(*address);
    }
    return text.empty() ? std::nullopt : names.address_of(text);
}

std::optional<Address> parse_v6(std::string_view text)
{
    const auto address = Address::parse(text);
    if (!address || !address->is_v6()) {
        return std::nullopt;
    }
    return *address;
}

// Spares an IPv4 address or a name the attempt.
bool may_be_v6(std::string_view text) noexcept
{
    return std::count(text.begin(), text.end(), ':') > 1;
}

// The number behind the slash of an address.
std::optional<std::uint8_t> parse_bits(std::string_view text, const Address &address)
{
    const auto bits = parse_number(text, 0, address.is_v4() ? 32 : 128);
    if (!bits) {
        return std::nullopt;
    }
    return static_cast<std::uint8_t>(*bits);
}

// What stands between the slash and the port or the end.
struct Slashed {
    std::string without; // the text without that
    std::optional<std::string> bits;
};

Slashed take_slash(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        return {std::string(text), std::nullopt};
    }
    const auto end = std::min(text.find_first_of("]:", slash), text.size());
    return {std::string(text.substr(0, slash)) + std::string(text.substr(end)),
            std::string(text.substr(slash + 1, end - slash - 1))};
}

struct SchedFlag {
    std::string_view name;
    std::uint32_t bit;
    std::string_view scheduler; // empty: goes with any
};

constexpr std::array sched_flags{
    SchedFlag{"flag-1", service_flag::sched1, ""},
    SchedFlag{"flag-2", service_flag::sched2, ""},
    SchedFlag{"flag-3", service_flag::sched3, ""},
    SchedFlag{"sh-fallback", service_flag::sh_fallback, "sh"},
    SchedFlag{"sh-port", service_flag::sh_port, "sh"},
    SchedFlag{"mh-fallback", service_flag::mh_fallback, "mh"},
    SchedFlag{"mh-port", service_flag::mh_port, "mh"},
};

Result<std::uint32_t> parse_sched_flag(std::string_view name, std::string_view scheduler)
{
    const auto *flag = std::find_if(sched_flags.begin(), sched_flags.end(),
                                    [&](const SchedFlag &known) { return known.name == name; });
    if (flag == sched_flags.end()) {
        return usage_error("invalid scheduler flag `" + std::string(name) + "'");
    }
    if (!flag->scheduler.empty() && flag->scheduler != scheduler) {
        return usage_error("incompatible scheduler flag `" + std::string(name) + "'");
    }
    return flag->bit;
}

template <typename Value>
std::optional<Value> one_of(std::string_view text, std::initializer_list<Value> values) noexcept
{
    const auto *found = std::find_if(values.begin(), values.end(),
                                     [&](Value value) { return text == to_string(value); });
    return found == values.end() ? std::nullopt : std::optional(*found);
}

} // namespace

std::optional<HostPort> parse_host_port(std::string_view text, std::optional<Protocol> protocol,
                                        Names &names)
{
    if (only_digits(text)) {
        return std::nullopt;
    }
    std::optional<Address> address;
    std::optional<std::string_view> port_text;
    if (text.starts_with('[')) {
        const auto end = text.find("]:");
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        address = parse_v6(text.substr(1, end - 1));
        port_text = text.substr(end + 2);
    } else if (may_be_v6(text)) {
        address = parse_v6(text);
    }
    if (!text.starts_with('[') && !address) {
        const auto colon = text.rfind(':');
        address = parse_v4_host(std::string(text.substr(0, colon)), names);
        if (colon != std::string_view::npos) {
            port_text = text.substr(colon + 1);
        }
    }
    if (!address) {
        return std::nullopt;
    }
    if (!port_text) {
        return HostPort{*address, std::nullopt};
    }
    const auto port = parse_port(*port_text, protocol, names);
    if (!port) {
        return std::nullopt;
    }
    return HostPort{*address, port};
}

std::optional<EndpointFilter> parse_endpoint_filter(std::string_view text,
                                                    std::optional<Protocol> protocol, Names &names)
{
    const Slashed parts = take_slash(text);
    const auto host = parse_host_port(parts.without, protocol, names);
    if (!host) {
        return std::nullopt;
    }
    EndpointFilter filter{Prefix::host(host->address), std::nullopt};
    if (parts.bits) {
        const auto bits = parse_bits(*parts.bits, host->address);
        if (!bits) {
            return std::nullopt;
        }
        filter.address->length = *bits;
    }
    if (host->port.value_or(0) != 0) {
        filter.port = host->port;
    }
    return filter;
}

std::optional<Netmask> parse_netmask(Family family, const std::string &text)
{
    if (const auto mask = Netmask::parse(family, text)) {
        return *mask;
    }
    // Who writes 24 does not mean 0.0.0.24.
    const auto mask = family == Family::inet ? parse_v4(text) : std::nullopt;
    return mask && *mask > 32 ? std::optional(Netmask::v4(*mask)) : std::nullopt;
}

std::optional<Protocol> parse_protocol(std::string_view text) noexcept
{
    for (const auto protocol : {Protocol::tcp, Protocol::udp, Protocol::sctp}) {
        const auto name = to_string(protocol);
        if (std::equal(text.begin(), text.end(), name.begin(), name.end(), [](char a, char b) {
                return a == b || (a >= 'a' && a <= 'z' && a - 'a' + 'A' == b);
            })) {
            return protocol;
        }
    }
    return std::nullopt;
}

Result<std::uint32_t> parse_sched_flags(std::string_view text, std::string_view scheduler)
{
    std::uint32_t bits = 0;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (comma > 0) {
            const auto bit = parse_sched_flag(text.substr(0, comma), scheduler);
            if (!bit) {
                return bit.error();
            }
            bits |= *bit;
        }
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return bits;
}

std::optional<TunnelType> parse_tunnel_type(std::string_view text) noexcept
{
    return one_of(text, {TunnelType::ipip, TunnelType::gue, TunnelType::gre});
}

std::optional<Removal> parse_removal(std::string_view text) noexcept
{
    return one_of(text, {Removal::by_default, Removal::reschedule, Removal::drop, Removal::reset});
}

std::optional<FastPath> parse_fastpath(std::string_view text) noexcept
{
    return one_of(text,
                  {FastPath::off, FastPath::automatic, FastPath::always, FastPath::by_default});
}

} // namespace ipvsctl::tool
