// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the user reads when something failed, and the exit status that goes with it.
 */
#pragma once

#include "command.hpp"
#include "ipvsctl/error.hpp"

#include <string>

namespace ipvsctl::tool {

// Called as ipvsadm the program speaks ipvsadm's sentences and nothing else. Called by its own
// name it adds the kernel's own sentence and the attribute that was at fault, on the same line.
enum class Voice : std::uint8_t { ipvsctl, ipvsadm };

inline constexpr int exit_success = 0;
inline constexpr int exit_listing_failed = 1;
inline constexpr int exit_refused = 2;  // the command line makes no sense, or no module
inline constexpr int exit_failed = 255; // the words are unreadable, or the kernel said no

// The command line was refused.
int usage_status(const Error &error) noexcept;

// There is no module to talk to, or no right to do so.
std::string init_message(const Error &error, Voice voice);

// The kernel refused a command.
std::string kernel_message(const Command &command, const Error &error, Voice voice);
int kernel_status(const Command &command) noexcept;

} // namespace ipvsctl::tool
