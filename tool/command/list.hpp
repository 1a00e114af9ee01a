// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The commands that read.
 */
#pragma once

#include "../command.hpp"
#include "../kernel.hpp"
#include "../report.hpp"

namespace ipvsctl::tool {

Result<Report> list_table(const ListTable &command, Kernel &kernel);
Result<Report> save_table(const Save &command, Kernel &kernel);
Result<Report> list_timeouts(Kernel &kernel);
Result<Report> list_counters(Kernel &kernel);
Result<Report> list_daemons(Kernel &kernel);
Result<Report> list_metrics(Kernel &kernel);
Result<Report> list_limits(Kernel &kernel);

} // namespace ipvsctl::tool
