// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The program without its process: words in, text and an exit status out.
 */
#pragma once

#include "kernel.hpp"
#include "names.hpp"

#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>

namespace ipvsctl::tool {

// What the program touches outside itself.
struct Surroundings {
    std::ostream &out;
    std::ostream &err;
    Names &names;
    std::function<Result<std::unique_ptr<Kernel>>()> open_kernel;
};

// words[0] is the name that the program was called by. Returns the exit status.
int run_program(std::span<const std::string> words, const Surroundings &surroundings);

} // namespace ipvsctl::tool
