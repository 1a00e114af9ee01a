// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which columns have room, and how wide they are.
 */
#pragma once

#include "columns.hpp"

#include <vector>

namespace ipvsctl::tool::top {

struct Place {
    const ColumnSpec *column = nullptr;
    std::size_t width = 0;
};

struct Grid {
    std::vector<Place> places; // one blank between two
    std::size_t spark = 0;     // width of the last minute, which divides 60; 0 without it
};

// A column as wide as its texts, and the longest of these.
struct Longest {
    Column column{};
    std::size_t width = 0;
};

// The last minute gets what the columns leave.
Grid fit(std::span<const ColumnSpec> columns, std::span<const Longest> longest, std::size_t width,
         bool with_spark);

// Words stand to the left, numbers to the right.
bool is_word(Column column) noexcept;

} // namespace ipvsctl::tool::top
