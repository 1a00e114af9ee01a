// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The program without its process: words in, text and an exit status out.
 */
#pragma once

#include "surroundings.hpp"

#include <string>

namespace ipvsctl::tool {

// words[0] is the name that the program was called by: ipvsadm, ipvsadm-save and ipvsadm-restore
// make it behave like these, any other like ipvsctl. Returns the exit status.
int run_program(std::span<const std::string> words, const Surroundings &surroundings);

} // namespace ipvsctl::tool
