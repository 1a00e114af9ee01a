// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Takes a command line apart into a command, options and arguments. The only place that knows
 * popt.
 */
#pragma once

#include "grammar.hpp"
#include "ipvsctl/result.hpp"

#include <span>

namespace ipvsctl::tool {

// words[0] is the program's name. Without any other word, the command is to list the table. An
// error is of the domain parse: the line does not begin with a command.
Result<RawOptions> read_options(std::span<const std::string> words, Voice voice);

// The same for lines that are made of whole options and their values in words of their own, as
// saved tables are; nothing for any other line. Many times quicker.
std::optional<RawOptions> read_plain_options(std::span<const std::string> words, Voice voice);

// "Try `program -h' ..."
std::string try_help(const std::string &program);

} // namespace ipvsctl::tool
