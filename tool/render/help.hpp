// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The help texts, the version line and the completion script, all from the tables of commands and
 * options.
 */
#pragma once

#include "../command.hpp"

#include <string>

namespace ipvsctl::tool {

void render_version(std::string &out);
void render_help(std::string &out, const ShowHelp &help);
void render_completion(std::string &out);

} // namespace ipvsctl::tool
