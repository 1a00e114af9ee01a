// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Commands from a stream, a line each.
 */
#pragma once

#include "../surroundings.hpp"

namespace ipvsctl::tool {

// Returns the exit status: that of the last line, or of the line that ended it.
int restore(const Restore &command, Voice voice, Kernel &kernel, const Surroundings &surroundings);

} // namespace ipvsctl::tool
