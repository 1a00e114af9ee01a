// SPDX-License-Identifier: GPL-2.0-or-later
#include "values.hpp"

#include "ipvsctl/service.hpp"
#include "number.hpp"

#include <algorithm>
#include <array>

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

// An IPv4 address in any of the forms that inet_aton() knows (10.1 is 10.0.0.1), else a name.
std::optional<Address> parse_v4_host(const std::string &text, Names &names)
{
    in_addr address{};
    if (text.empty()) {
        return std::nullopt;
    }
    if (inet_aton(text.c_str(), &address) != 0) {
        return Address::v4(ntohl(address.s_addr));
    }
    return names.address_of(text);
}

std::optional<Address> parse_v6(std::string_view text)
{
    const auto address = Address::parse(text);
    if (!address || !address->is_v6()) {
        return std::nullopt;
    }
    return *address;
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
    } else if (address = parse_v6(text); !address) {
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
    for (const auto type : {TunnelType::ipip, TunnelType::gue, TunnelType::gre}) {
        if (text == to_string(type)) {
            return type;
        }
    }
    return std::nullopt;
}

} // namespace ipvsctl::tool
