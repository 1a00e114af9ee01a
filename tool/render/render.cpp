// SPDX-License-Identifier: GPL-2.0-or-later
#include "render.hpp"

#include "column.hpp"
#include "help.hpp"
#include "table.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

void render_timeouts(std::string &out, const Timeouts &timeouts)
{
    out += "Timeout (tcp tcpfin udp):";
    for (const std::uint32_t seconds : {timeouts.tcp, timeouts.tcp_fin, timeouts.udp}) {
        out += ' ';
        append_number(out, seconds);
    }
    out += '\n';
}

void render_counters(std::string &out, const CounterList &list)
{
    std::size_t width = 0;
    for (const Counter &counter : list.counters) {
        width = std::max(width, counter.name.size());
    }
    for (const Counter &counter : list.counters) {
        append_left(out, counter.name, width + 1);
        append_number(out, counter.value);
        out += '\n';
    }
}

} // namespace

void render(std::ostream &out, const Report &report, Names &names)
{
    std::string text;
    const Overloaded visitor{
        [](const Silence &) {},
        [&](const Table &table) { render_table(text, table, names); },
        [&](const Timeouts &timeouts) { render_timeouts(text, timeouts); },
        [&](const CounterList &list) { render_counters(text, list); },
        [&](const Help &help) { render_help(text, help.program); },
        [&](const Version &) { render_version(text); },
    };
    std::visit(visitor, report);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

} // namespace ipvsctl::tool
