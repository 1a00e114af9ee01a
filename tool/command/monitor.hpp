// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Shows events as they happen.
 */
#pragma once

#include "../surroundings.hpp"

namespace ipvsctl::tool {

// Until the program is told to end. What goes wrong with single events is said, and not the end.
Result<void> monitor(const Watch &command, Events &events, const Surroundings &surroundings);

} // namespace ipvsctl::tool
