// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The table as commands that make it again.
 */
#pragma once

#include "../names.hpp"
#include "../report.hpp"

#include <string>

namespace ipvsctl::tool {

void render_rules(std::string &out, const Rules &rules, Names &names);

} // namespace ipvsctl::tool
