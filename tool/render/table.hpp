// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The listing of services and real servers.
 */
#pragma once

#include "../names.hpp"
#include "../report.hpp"

#include <string>

namespace ipvsctl::tool {

// Appends the listing. Names are looked up unless the format is numeric.
void render_table(std::string &out, const Table &table, Names &names);

} // namespace ipvsctl::tool
