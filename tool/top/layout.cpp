// SPDX-License-Identifier: GPL-2.0-or-later
#include "layout.hpp"

#include "../render/column.hpp"
#include "keys.hpp"
#include "list_layout.hpp"
#include "row_builder.hpp"

#include <algorithm>
#include <iterator>

namespace ipvsctl::tool::top {

namespace {

constexpr std::size_t rows_around = 3; // title, state, and the last row
constexpr std::string_view gap = "   ";

std::string counted(std::uint64_t count, std::string_view thing)
{
    std::string text;
    append_number(text, count);
    text += ' ';
    text += thing;
    if (count != 1) {
        text += 's';
    }
    return text;
}

std::string subject(const Model &model)
{
    switch (model.level()) {
    case Level::services:
        return counted(model.service_count(), "service");
    case Level::servers:
        return to_string(model.service()) + std::string(gap) +
               counted(model.server_count(), "real server");
    case Level::connections:
        break;
    }
    return to_string(model.service()) + " to " + model.server().to_string() + std::string(gap) +
           counted(model.connection_count(), "connection");
}

Row title_row(const Model &model, std::size_t width)
{
    RowBuilder row(width);
    row.add("ipvsctl top" + std::string(gap) + subject(model) + std::string(gap), Style::title);
    if (model.paused()) {
        row.add("PAUSED", Style::problem);
    } else {
        std::string every = "every ";
        append_number(every,
                      static_cast<std::uint64_t>(
                          std::chrono::floor<std::chrono::seconds>(model.interval()).count()));
        row.add(every + " s", Style::title);
    }
    return std::move(row).take();
}

std::string table_text(const Model &model)
{
    const Info &info = model.info();
    std::string text;
    if (info.connections) {
        text = counted(*info.connections, "connection");
    }
    if (info.connection_limit) {
        text += " of at most ";
        append_number(text, *info.connection_limit);
    }
    return text.empty() ? text : text + std::string(gap);
}

Row state_row(const Model &model, std::size_t width)
{
    const auto columns = columns_of(model.level());
    const auto sorted = std::ranges::find(columns, model.sort().column, &ColumnSpec::id);
    RowBuilder row(width);
    if (model.level() == Level::services) {
        row.add(table_text(model), Style::plain);
    }
    if (model.level() != Level::services && model.is_gone()) {
        row.add("this service is gone" + std::string(gap), Style::problem);
    }
    if (model.level() == Level::connections && model.connection_count() > most_connections) {
        row.add("the first " + counted(most_connections, "connection") + std::string(gap),
                Style::problem);
    }
    row.add("by " + std::string(sorted->words), Style::plain);
    row.add(model.sort().reversed ? " reversed" : "", Style::plain);
    if (!model.filter().empty()) {
        row.add(std::string(gap) + "with \"" + model.filter() + '"', Style::problem);
    }
    return std::move(row).take();
}

Row last_row(const Model &model, std::size_t width)
{
    RowBuilder row(width);
    if (model.mode() == Mode::typing_filter) {
        row.add("/" + model.filter() + "_", Style::plain);
    } else if (!model.problem().empty()) {
        row.add(model.problem(), Style::problem);
    } else {
        row.add("q quit  ? help  Enter open  b back  < > sort  r reverse  / filter  Space pause",
                Style::hint);
    }
    return std::move(row).take();
}

std::vector<Row> lay_out_help(Size size)
{
    std::vector<Row> rows;
    RowBuilder title(size.width);
    title.add("ipvsctl top: keys", Style::title);
    rows.push_back(std::move(title).take());
    rows.emplace_back();
    for (const KeyHelp &help : key_help()) {
        RowBuilder row(size.width);
        row.add_left(help.keys, 20, Style::total);
        row.add(help.text, Style::plain);
        rows.push_back(std::move(row).take());
    }
    rows.emplace_back();
    RowBuilder last(size.width);
    last.add("Any key goes back.", Style::hint);
    rows.push_back(std::move(last).take());
    return rows;
}

std::vector<Row> lay_out_list(const Model &model, Size size, Glyphs glyphs)
{
    std::vector<Row> rows{title_row(model, size.width), state_row(model, size.width)};
    std::ranges::move(lay_out_head(model, size.width, glyphs), std::back_inserter(rows));
    std::ranges::move(lay_out_lines(model, size.width, glyphs), std::back_inserter(rows));
    rows.resize(size.height > 0 ? size.height - 1 : 0);
    rows.push_back(last_row(model, size.width));
    return rows;
}

} // namespace

std::size_t page_of(const Model &model, Size size) noexcept
{
    const std::size_t others = rows_around + head_rows(model.level());
    return size.height > others ? size.height - others : 1;
}

std::vector<Row> lay_out(const Model &model, Size size, Glyphs glyphs)
{
    std::vector<Row> rows =
        model.mode() == Mode::help ? lay_out_help(size) : lay_out_list(model, size, glyphs);
    rows.resize(std::min(rows.size(), size.height));
    return rows;
}

} // namespace ipvsctl::tool::top
