// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/netmask.hpp"

#include <charconv>

namespace ipvsctl {
inline namespace v1 {

Result<Netmask> Netmask::parse(Family family, std::string_view text)
{
    if (family == Family::inet) {
        const auto mask = Address::parse(text);
        if (!mask || !mask->is_v4())
            return parse_error("'" + std::string(text) + "' is not an IPv4 netmask");
        return v4(mask->v4_value());
    }
    std::uint32_t length = 0;
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, length);
    if (problem != std::errc{} || stop != end || length < 1 || length > 128)
        return parse_error("'" + std::string(text) + "' is not an IPv6 prefix length (1 to 128)");
    return v6(length);
}

std::string Netmask::to_string() const
{
    return family_ == Family::inet ? Address::v4(value_).to_string() : std::to_string(value_);
}

} // namespace v1
} // namespace ipvsctl
