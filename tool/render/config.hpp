// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The table as a configuration file.
 */
#pragma once

#include "ipvsctl/table.hpp"

#include <string>
#include <vector>

namespace ipvsctl::tool {

void render_config(std::string &out, const std::vector<TableEntry> &services);

} // namespace ipvsctl::tool
