// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Decimal numbers in command lines.
 */
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ipvsctl::tool {

// A whole number between min and max, or nothing. Leading blanks and a sign are allowed, as
// they always were; anything after the digits is not.
std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t min,
                                         std::int64_t max) noexcept;

} // namespace ipvsctl::tool
