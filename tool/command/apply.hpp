// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Makes the table what a file says, or shows what that would change.
 */
#pragma once

#include "../config/config.hpp"
#include "../surroundings.hpp"

namespace ipvsctl::tool {

// What the file says; an error's message is a sentence for the user.
Result<Config> read_wanted(const Apply &command, const Surroundings &surroundings);

// Returns the exit status.
int apply(const Apply &command, const Config &config, Kernel &kernel,
          const Surroundings &surroundings);

// Writes the table as a file for apply. Returns the exit status.
int save_config(const SaveConfig &command, Kernel &kernel, const Surroundings &surroundings);

} // namespace ipvsctl::tool
