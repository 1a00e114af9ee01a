// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What stands in the cells.
 */
#pragma once

#include "layout.hpp"

#include <span>
#include <string>

namespace ipvsctl::tool::top {

// At most five characters: 0, 0.3, 7, 99999, 123k, 1.23M.
std::string short_number(double number);

// A character for each part, the highest of which has the highest bar; a blank where nothing is
// known.
std::string sparkline(std::span<const double> parts, Glyphs glyphs);

// MM:SS, or more digits of minutes.
std::string duration(std::uint32_t seconds);

// Of text whose characters are all one cell wide.
std::size_t cells(std::string_view text) noexcept;

} // namespace ipvsctl::tool::top
