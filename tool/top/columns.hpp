// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The columns of each list: what they are called, how wide they are, how they sort.
 */
#pragma once

#include "lines.hpp"

#include <span>
#include <string_view>

namespace ipvsctl::tool::top {

// What is listed.
enum class Level : std::uint8_t { services, servers, connections };
inline constexpr std::size_t level_count = 3;

constexpr std::size_t index(Level level) noexcept
{
    return static_cast<std::size_t>(level);
}

enum class Column : std::uint8_t {
    name,
    connections,
    packets_in,
    packets_out,
    bytes_in,
    bytes_out,
    active,
    inactive,
    weight,
    note,
    virtual_server, // from here on of connections
    state,
    expires,
};

// Of a column that gives way to the last minute.
inline constexpr int expendable = 1;

struct ColumnSpec {
    Column id;
    std::string_view group; // a heading above that of the column, which neighbours share
    std::string_view heading;
    std::size_t width;      // 0: as wide as the longest of its texts
    int importance;         // the least important ones are left out of a narrow terminal
    std::string_view words; // in a sentence
};

// Those of a list; the first one is its name.
std::span<const ColumnSpec> columns_of(Level level) noexcept;

// What a column of rates shows.
std::optional<Metric> metric_of(Column column) noexcept;

// Large numbers first, words from A to Z.
bool goes_before(Column column, const Line &a, const Line &b) noexcept;
bool goes_before(Column column, const ConnectionLine &a, const ConnectionLine &b) noexcept;

} // namespace ipvsctl::tool::top
