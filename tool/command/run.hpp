// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Carries a command out.
 */
#pragma once

#include "../command.hpp"
#include "../kernel.hpp"
#include "../report.hpp"
#include "../surroundings.hpp"

namespace ipvsctl::tool {

// Whether a command talks to the kernel at all.
bool needs_kernel(const Command &command) noexcept;

// What a command that needs no kernel has to say.
Report answer(const Command &command);

// Whether a command changes something: it is queued, and its success is silent.
bool is_change(const Command &command);

// Any command but those that have output or input of their own: ListConnections, Restore, Apply,
// SaveConfig, WatchTable.
Result<Report> run(const Command &command, Kernel &kernel);

// Carries a command out and writes what it has to say; any but the last three.
Result<void> show(const Command &command, Kernel &kernel, const Surroundings &surroundings);

} // namespace ipvsctl::tool
