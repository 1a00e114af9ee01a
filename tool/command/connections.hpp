// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Lists connections, row by row: there may be millions.
 */
#pragma once

#include "../surroundings.hpp"

namespace ipvsctl::tool {

Result<void> list_connections(const ListConnections &command, Kernel &kernel,
                              const Surroundings &surroundings);

} // namespace ipvsctl::tool
