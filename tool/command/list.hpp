// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The commands that read.
 */
#pragma once

#include "../command.hpp"
#include "../kernel.hpp"
#include "../report.hpp"
#include "../surroundings.hpp"

namespace ipvsctl::tool {

// By key, and the real servers of each service by address and port.
void sort_table(std::vector<TableEntry> &table);

// Where the table that was read last is not of one moment.
void warn_if_changing(const Kernel &kernel, const Surroundings &surroundings);

Result<Report> list_table(const ListTable &command, Kernel &kernel);
Result<Report> save_table(const Save &command, Kernel &kernel);
Result<Report> list_timeouts(Kernel &kernel);
Result<Report> list_counters(Kernel &kernel);
Result<Report> list_daemons(Kernel &kernel);
Result<Report> list_metrics(Kernel &kernel);
Result<Report> list_limits(Kernel &kernel);

} // namespace ipvsctl::tool
