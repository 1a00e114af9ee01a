// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The list: headings and lines.
 */
#pragma once

#include "layout.hpp"

namespace ipvsctl::tool::top {

// Headings, and the line of totals.
std::vector<Row> lay_out_head(const Model &model, std::size_t width, Glyphs glyphs);

// The lines in view.
std::vector<Row> lay_out_lines(const Model &model, std::size_t width, Glyphs glyphs);

// How many rows lay_out_head() makes.
std::size_t head_rows(Level level) noexcept;

} // namespace ipvsctl::tool::top
