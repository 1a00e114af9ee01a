// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Commands from a stream, carried out together.
 */
#pragma once

#include "../surroundings.hpp"

namespace ipvsctl::tool {

// What changes the table is one transaction; the rest is done after it, in its order. Whatever is
// wrong in a line, nothing is done. Returns the exit status.
int restore_whole(const Restore &command, Kernel &kernel, const Surroundings &surroundings);

} // namespace ipvsctl::tool
