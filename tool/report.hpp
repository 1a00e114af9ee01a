// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a command found out, ready to be rendered.
 */
#pragma once

#include "command.hpp"
#include "ipvsctl/counter.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/limits.hpp"
#include "ipvsctl/table.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace ipvsctl::tool {

struct Table {
    std::optional<Info> info; // absent for the text of one service
    std::vector<TableEntry> services;
    ListFormat format;
};

// The table as commands that make it again.
struct Rules {
    std::vector<TableEntry> services;
    bool numeric = false;
    bool own_words = true; // that only ipvsctl knows
};

struct Silence {};

struct CounterList {
    std::vector<Counter> counters;
    std::vector<double> rates; // of each in a second; empty where that is unknown
};

struct DaemonList {
    std::vector<SyncDaemon> daemons;
};

struct EndedConnections {
    std::uint32_t count = 0;
};

// Everything that is counted.
struct Metrics {
    Info info;
    std::vector<TableEntry> services;
    std::vector<Counter> counters;
};

struct Version {};

struct Completion {};

using Report = std::variant<Silence, Table, Rules, Timeouts, CounterList, DaemonList,
                            EndedConnections, ShowHelp, Version, Completion, Metrics, Limits>;

} // namespace ipvsctl::tool
