// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a command found out, ready to be rendered.
 */
#pragma once

#include "command.hpp"
#include "ipvsctl/counter.hpp"
#include "ipvsctl/info.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace ipvsctl::tool {

struct ServiceEntry {
    Service service;
    std::vector<Destination> servers;
};

struct Table {
    std::optional<Info> info; // there for a whole table, absent for one service
    std::vector<ServiceEntry> services;
    ListFormat format;
};

struct Silence {};

struct CounterList {
    std::vector<Counter> counters;
};

struct Help {
    std::string program;
};

struct Version {};

using Report = std::variant<Silence, Table, Timeouts, CounterList, Help, Version>;

} // namespace ipvsctl::tool
