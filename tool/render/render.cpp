// SPDX-License-Identifier: GPL-2.0-or-later
#include "render.hpp"

#include "column.hpp"
#include "help.hpp"
#include "json.hpp"
#include "limits.hpp"
#include "prometheus.hpp"
#include "rules.hpp"
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
    constexpr std::size_t total_width = 20; // the longest number
    std::size_t width = 0;
    for (const Counter &counter : list.counters) {
        width = std::max(width, counter.name.size());
    }
    for (std::size_t i = 0; i < list.counters.size(); i++) {
        const Counter &counter = list.counters[i];
        append_left(out, counter.name, width + 1);
        if (list.rates.empty()) {
            append_number(out, counter.value);
        } else {
            append_left(out, counter.value, total_width);
            out += ' ';
            append_tenths(out, list.rates[i]);
            out += "/s";
        }
        out += '\n';
    }
}

void render_daemon(std::string &out, const SyncDaemon &daemon)
{
    out += to_string(daemon.role);
    out += " sync daemon (mcast=";
    out += daemon.interface;
    const auto part = [&](std::string_view name, std::uint64_t value) {
        out += name;
        append_number(out, value);
    };
    part(", syncid=", daemon.sync_id);
    if (daemon.max_length != 0) {
        part(", maxlen=", daemon.max_length);
    }
    if (daemon.group) {
        out += ", group=";
        daemon.group->append_to(out);
    }
    if (daemon.port != 0) {
        part(", port=", daemon.port);
    }
    if (daemon.ttl != 0) {
        part(", ttl=", daemon.ttl);
    }
    out += ")\n";
}

void render_ended(std::string &out, std::uint32_t count)
{
    append_number(out, count);
    out += count == 1 ? " connection ended\n" : " connections ended\n";
}

void render_text(std::ostream &out, const Report &report, Names &names)
{
    std::string text;
    const Overloaded visitor{
        [](const Silence &) {},
        [&](const Table &table) { render_table(text, table, names); },
        [&](const Timeouts &timeouts) { render_timeouts(text, timeouts); },
        [&](const CounterList &list) { render_counters(text, list); },
        [&](const Rules &rules) { render_rules(text, rules, names); },
        [&](const DaemonList &list) {
            for (const SyncDaemon &daemon : list.daemons) {
                render_daemon(text, daemon);
            }
        },
        [&](const EndedConnections &ended) { render_ended(text, ended.count); },
        [&](const ShowHelp &help) { render_help(text, help); },
        [&](const Completion &) { render_completion(text); },
        [&](const Version &) { render_version(text); },
        [&](const Metrics &metrics) { render_metrics(out, metrics); },
        [&](const Limits &limits) { render_limits(text, limits); },
    };
    std::visit(visitor, report);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

} // namespace

void render(std::ostream &out, const Report &report, Output output, Names &names)
{
    if (output == Output::json) {
        render_json(out, report);
    } else {
        render_text(out, report, names);
    }
}

} // namespace ipvsctl::tool
