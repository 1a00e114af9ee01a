// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the balancer can do.
 */
#pragma once

#include "ipvsctl/limits.hpp"

#include <ostream>
#include <string>

namespace ipvsctl::tool {

void render_limits(std::string &out, const Limits &limits);
void render_json_limits(std::ostream &out, const Limits &limits);

} // namespace ipvsctl::tool
