// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the user reads when something failed, and the exit status that goes with it.
 */
#pragma once

#include "command.hpp"
#include "ipvsctl/error.hpp"

#include <string>

namespace ipvsctl::tool {

// What was being done, as far as it matters for the sentence that an errno gets.
enum class Deed : std::uint8_t {
    adding_service,
    editing_service,
    naming_service, // deleting, zeroing, listing one
    adding_server,
    editing_server,
    deleting_server,
    starting_daemon,
    stopping_daemon,
    listing_connections,
    other,
};

Deed deed_of(const Command &command);

inline constexpr int exit_success = 0;
inline constexpr int exit_listing_failed = 1;
inline constexpr int exit_refused = 2;  // the command line makes no sense, or no module
inline constexpr int exit_failed = 255; // the words are unreadable, or the kernel said no

// The command line was refused.
int usage_status(const Error &error) noexcept;

// There is no module to talk to, or no right to do so.
std::string init_message(const Error &error, Voice voice);

// The kernel refused a command.
std::string kernel_message(Deed deed, const Error &error, Voice voice);
int kernel_status(const Command &command);

} // namespace ipvsctl::tool
