// SPDX-License-Identifier: GPL-2.0-or-later
#include "grid.hpp"

#include <algorithm>
#include <array>

namespace ipvsctl::tool::top {

namespace {

constexpr std::size_t enough_for_words = 22; // TCP 192.0.2.100:65535
constexpr std::array<std::size_t, 7> spark_widths{60, 30, 20, 15, 12, 10, 6};

std::size_t whole_width(const ColumnSpec &column, std::span<const Longest> longest) noexcept
{
    if (column.width > 0) {
        return column.width;
    }
    const auto found = std::ranges::find(longest, column.id, &Longest::column);
    return std::max(column.heading.size(), found == longest.end() ? 0 : found->width);
}

std::size_t used(const std::vector<Place> &places) noexcept
{
    std::size_t sum = 0;
    for (const Place &place : places) {
        sum += place.width + 1;
    }
    return sum > 0 ? sum - 1 : 0;
}

int importance_of(const Place &place) noexcept
{
    return place.column->importance;
}

int least_importance(const std::vector<Place> &places)
{
    return importance_of(*std::ranges::min_element(places, {}, importance_of));
}

// With its neighbours that are as important: half of a pair says little.
void drop_least(std::vector<Place> &places)
{
    const int least = least_importance(places);
    std::erase_if(places, [least](const Place &place) { return importance_of(place) == least; });
}

} // namespace

Grid fit(std::span<const ColumnSpec> columns, std::span<const Longest> longest, std::size_t width,
         bool with_spark)
{
    Grid grid;
    for (const ColumnSpec &column : columns) {
        const std::size_t whole = whole_width(column, longest);
        grid.places.push_back(
            {&column, column.width > 0 ? whole : std::min(whole, enough_for_words)});
    }
    const std::size_t wanted = with_spark ? spark_widths.back() + 1 : 0;
    while (grid.places.size() > 1 && used(grid.places) + wanted > width &&
           least_importance(grid.places) == expendable) {
        drop_least(grid.places);
    }
    while (grid.places.size() > 1 && used(grid.places) > width) {
        drop_least(grid.places);
    }
    std::size_t left = width - std::min(width, used(grid.places));
    for (Place &place : grid.places) {
        const std::size_t more = std::min(whole_width(*place.column, longest) - place.width, left);
        place.width += more;
        left -= more;
    }
    const auto *const spark =
        std::ranges::find_if(spark_widths, [&](std::size_t cells) { return cells < left; });
    grid.spark = with_spark && spark != spark_widths.end() ? *spark : 0;
    return grid;
}

bool is_word(Column column) noexcept
{
    return column == Column::name || column == Column::note || column == Column::virtual_server ||
           column == Column::state;
}

} // namespace ipvsctl::tool::top
