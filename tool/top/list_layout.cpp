// SPDX-License-Identifier: GPL-2.0-or-later
#include "list_layout.hpp"

#include "grid.hpp"
#include "row_builder.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>

namespace ipvsctl::tool::top {

namespace {

Grid grid_of(const Model &model, std::size_t width)
{
    Longest name{Column::name, 0};
    Longest virtual_server{Column::virtual_server, 0};
    for (const Line *line : model.lines()) {
        name.width = std::max(name.width, line->name.size());
    }
    for (const ConnectionLine *line : model.connections()) {
        name.width = std::max(name.width, line->name.size());
        virtual_server.width = std::max(virtual_server.width, line->virtual_server.size());
    }
    const std::array longest{name, virtual_server};
    return fit(columns_of(model.level()), longest, width, model.level() != Level::connections);
}

// The last minute is that of the column that the list is sorted by, where it is a rate.
Metric spark_metric(const Model &model) noexcept
{
    return metric_of(model.sort().column).value_or(Metric::connections);
}

std::string_view spark_words(const Model &model) noexcept
{
    const auto columns = columns_of(model.level());
    const auto found = std::ranges::find_if(columns, [&](const ColumnSpec &column) {
        return metric_of(column.id) == spark_metric(model);
    });
    return found == columns.end() ? std::string_view() : found->words;
}

// A heading that fits as a whole.
void add_whole(RowBuilder &row, std::string_view text, std::size_t width)
{
    row.add_left(text.size() <= width ? text : std::string_view(), width, Style::heading);
}

Row group_row(const Model &model, const Grid &grid, std::size_t width)
{
    RowBuilder row(width);
    for (std::size_t i = 0; i < grid.places.size();) {
        const auto group = grid.places[i].column->group;
        std::size_t room = grid.places[i++].width;
        while (i < grid.places.size() && !group.empty() && grid.places[i].column->group == group) {
            room += grid.places[i++].width + 1;
        }
        row.add_right(group.size() <= room ? group : std::string_view(), room, Style::heading);
        row.blank(1, Style::heading);
    }
    if (grid.spark > 0) {
        add_whole(row, spark_words(model), grid.spark);
    }
    row.fill(Style::heading);
    return std::move(row).take();
}

void add_cell(RowBuilder &row, const Place &place, std::string_view text, Style style)
{
    if (is_word(place.column->id)) {
        row.add_left(text, place.width, style);
    } else {
        row.add_right(text, place.width, style);
    }
}

Row heading_row(const Model &model, const Grid &grid, std::size_t width)
{
    RowBuilder row(width);
    for (std::size_t i = 0; i < grid.places.size(); i++) {
        row.blank(i > 0 ? 1 : 0, Style::heading);
        const bool sorted = grid.places[i].column->id == model.sort().column;
        add_cell(row, grid.places[i], grid.places[i].column->heading,
                 sorted ? Style::sorted : Style::heading);
    }
    if (grid.spark > 0) {
        row.blank(1, Style::heading);
        add_whole(row, grid.spark < 12 ? "minute" : "last minute", grid.spark);
    }
    row.fill(Style::heading);
    return std::move(row).take();
}

std::string load_text(const std::optional<Load> &load, std::uint64_t Load::*member)
{
    return load ? short_number(static_cast<double>((*load).*member)) : "-";
}

std::string cell_text(Column column, const Line &line)
{
    if (const auto metric = metric_of(column)) {
        return line.measured ? short_number(line.rates[index(*metric)]) : "-";
    }
    switch (column) {
    case Column::active:
        return load_text(line.load, &Load::active);
    case Column::inactive:
        return load_text(line.load, &Load::inactive);
    case Column::weight:
        return load_text(line.load, &Load::weight);
    case Column::note:
        return line.note;
    default:
        return line.name;
    }
}

std::string cell_text(Column column, const ConnectionLine &line)
{
    switch (column) {
    case Column::virtual_server:
        return line.virtual_server;
    case Column::state:
        return line.state;
    case Column::expires:
        return duration(line.expires);
    default:
        return line.name;
    }
}

template <typename T> void add_cells(RowBuilder &row, const Grid &grid, const T &line, Style style)
{
    for (std::size_t i = 0; i < grid.places.size(); i++) {
        row.blank(i > 0 ? 1 : 0, style);
        add_cell(row, grid.places[i], cell_text(grid.places[i].column->id, line), style);
    }
}

Style style_of(const Line &line) noexcept
{
    const bool quiet =
        line.measured && std::ranges::all_of(line.rates, [](double rate) { return rate <= 0; });
    return quiet ? Style::quiet : Style::plain;
}

Row traffic_row(const Model &model, const Grid &grid, const Line &line, std::size_t width,
                Style style, Glyphs glyphs)
{
    RowBuilder row(width);
    add_cells(row, grid, line, style);
    if (grid.spark > 0) {
        const auto parts =
            line.history.parts(spark_metric(model), model.last_reading(), grid.spark);
        row.blank(1, style);
        row.add(sparkline(parts, glyphs), style == Style::chosen ? style : Style::spark);
    }
    row.fill(style);
    return std::move(row).take();
}

Row connection_row(const Grid &grid, const ConnectionLine &line, std::size_t width, Style style)
{
    RowBuilder row(width);
    add_cells(row, grid, line, style);
    row.fill(style);
    return std::move(row).take();
}

} // namespace

std::size_t head_rows(Level level) noexcept
{
    return level == Level::connections ? 1 : 3;
}

std::vector<Row> lay_out_head(const Model &model, std::size_t width, Glyphs glyphs)
{
    const Grid grid = grid_of(model, width);
    if (model.level() == Level::connections) {
        return {heading_row(model, grid, width)};
    }
    Line total = model.total();
    total.name = "all";
    return {group_row(model, grid, width), heading_row(model, grid, width),
            traffic_row(model, grid, total, width, Style::total, glyphs)};
}

std::vector<Row> lay_out_lines(const Model &model, std::size_t width, Glyphs glyphs)
{
    const Grid grid = grid_of(model, width);
    const Cursor &cursor = model.cursor();
    std::vector<Row> rows;
    for (std::size_t i = cursor.first_in_view(); i < cursor.end_of_view(); i++) {
        const bool chosen = i == cursor.row();
        if (model.level() == Level::connections) {
            rows.push_back(connection_row(grid, *model.connections()[i], width,
                                          chosen ? Style::chosen : Style::plain));
        } else {
            const Line &line = *model.lines()[i];
            rows.push_back(traffic_row(model, grid, line, width,
                                       chosen ? Style::chosen : style_of(line), glyphs));
        }
    }
    return rows;
}

} // namespace ipvsctl::tool::top
