// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The document of services and real servers.
 */
#pragma once

#include "../report.hpp"

#include <ostream>

namespace ipvsctl::tool {

void render_json_table(std::ostream &out, const Table &table);

} // namespace ipvsctl::tool
