// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * From the words of a command line to the command that they ask for. Touches nothing but the
 * names it is given.
 */
#pragma once

#include "command.hpp"
#include "grammar.hpp"
#include "ipvsctl/result.hpp"
#include "names.hpp"

namespace ipvsctl::tool {

// An error's message is the sentence for the user. Its domain is parse where the words
// themselves could not be read, usage for everything else.
Result<Command> parse(const RawOptions &raw, Names &names);

} // namespace ipvsctl::tool
