// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Writes a report, as text or as JSON.
 */
#pragma once

#include "../names.hpp"
#include "../report.hpp"

#include <ostream>

namespace ipvsctl::tool {

void render(std::ostream &out, const Report &report, Output output, Names &names);

} // namespace ipvsctl::tool
