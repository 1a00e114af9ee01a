// SPDX-License-Identifier: GPL-2.0-or-later
#include "number.hpp"

#include <charconv>

namespace ipvsctl::tool {

std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t min,
                                         std::int64_t max) noexcept
{
    const auto first = text.find_first_not_of(" \t\n\v\f\r");
    if (first == std::string_view::npos) {
        return std::nullopt;
    }
    text.remove_prefix(first);
    // from_chars takes a minus sign but no plus sign, and not both.
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') {
        text.remove_prefix(1);
    }
    std::int64_t number = 0;
    const char *end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number);
    if (problem != std::errc{} || stop != end || number < min || number > max) {
        return std::nullopt;
    }
    return number;
}

} // namespace ipvsctl::tool
