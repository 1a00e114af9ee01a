// SPDX-License-Identifier: GPL-2.0-or-later
#include "columns.hpp"

#include <array>

namespace ipvsctl::tool::top {

namespace {

// clang-format off
constexpr std::array service_columns{
    ColumnSpec{Column::name, "", "SERVICE", 0, 10, "service"},
    ColumnSpec{Column::connections, "conn", "/s", 5, 9, "connections/s"},
    ColumnSpec{Column::packets_in, "packets/s", "in", 5, 3, "packets/s in"},
    ColumnSpec{Column::packets_out, "packets/s", "out", 5, 3, "packets/s out"},
    ColumnSpec{Column::bytes_in, "bytes/s", "in", 5, 7, "bytes/s in"},
    ColumnSpec{Column::bytes_out, "bytes/s", "out", 5, 7, "bytes/s out"},
    ColumnSpec{Column::active, "connections", "active", 6, 8, "active connections"},
    ColumnSpec{Column::inactive, "connections", "inact.", 6, 2, "inactive connections"},
    ColumnSpec{Column::weight, "", "weight", 6, 5, "weight"},
    ColumnSpec{Column::note, "", "sched.", 6, expendable, "scheduler"},
};

constexpr auto server_columns = [] {
    auto columns = service_columns;
    columns.front().heading = "REAL SERVER";
    columns.front().words = "real server";
    columns.back().heading = "method";
    columns.back().words = "forwarding method";
    return columns;
}();

constexpr std::array connection_columns{
    ColumnSpec{Column::name, "", "CLIENT", 0, 4, "client"},
    ColumnSpec{Column::virtual_server, "", "VIRTUAL SERVER", 0, 1, "virtual server"},
    ColumnSpec{Column::state, "", "STATE", 11, 3, "state"},
    ColumnSpec{Column::expires, "", "EXPIRES", 7, 2, "seconds left"},
};
// clang-format on

std::optional<std::uint64_t> number_of(Column column, const Line &line) noexcept
{
    if (!line.load) {
        return std::nullopt;
    }
    switch (column) {
    case Column::active:
        return line.load->active;
    case Column::inactive:
        return line.load->inactive;
    default:
        return line.load->weight;
    }
}

} // namespace

std::span<const ColumnSpec> columns_of(Level level) noexcept
{
    switch (level) {
    case Level::services:
        return service_columns;
    case Level::servers:
        return server_columns;
    case Level::connections:
        break;
    }
    return connection_columns;
}

std::optional<Metric> metric_of(Column column) noexcept
{
    switch (column) {
    case Column::connections:
        return Metric::connections;
    case Column::packets_in:
        return Metric::packets_in;
    case Column::packets_out:
        return Metric::packets_out;
    case Column::bytes_in:
        return Metric::bytes_in;
    case Column::bytes_out:
        return Metric::bytes_out;
    default:
        return std::nullopt;
    }
}

// What is not known comes last, as std::optional compares.
bool goes_before(Column column, const Line &a, const Line &b) noexcept
{
    if (const auto metric = metric_of(column)) {
        return a.rates[index(*metric)] > b.rates[index(*metric)];
    }
    switch (column) {
    case Column::active:
    case Column::inactive:
    case Column::weight:
        return number_of(column, a) > number_of(column, b);
    case Column::note:
        return a.note < b.note;
    default:
        return false; // as they are, which is by address
    }
}

bool goes_before(Column column, const ConnectionLine &a, const ConnectionLine &b) noexcept
{
    switch (column) {
    case Column::virtual_server:
        return a.virtual_server < b.virtual_server;
    case Column::state:
        return a.state < b.state;
    case Column::expires:
        return a.expires > b.expires;
    default:
        return a.client < b.client;
    }
}

} // namespace ipvsctl::tool::top
