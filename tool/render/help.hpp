// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The help text and the version line.
 */
#pragma once

#include <string>

namespace ipvsctl::tool {

void render_version(std::string &out);
void render_help(std::string &out, const std::string &program);

} // namespace ipvsctl::tool
