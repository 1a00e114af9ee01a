// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the program touches outside itself.
 */
#pragma once

#include "clock.hpp"
#include "events.hpp"
#include "kernel.hpp"
#include "names.hpp"

#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>

namespace ipvsctl::tool {

struct Surroundings {
    std::ostream &out;
    std::ostream &err;
    Names &names;
    std::function<Result<std::unique_ptr<Kernel>>()> open_kernel;
    std::function<Result<std::unique_ptr<Events>>(const Watch &)> open_events;

    // Standard input: how many bytes came, 0 at the end. It may return fewer than there is room
    // for, but waits for the first.
    std::function<std::size_t(std::span<char>)> read;

    Clock &clock;
    bool terminal = false; // is what out writes to

    // Takes the terminal, and returns the exit status when it has given it back.
    std::function<int(const WatchTable &, std::unique_ptr<Kernel>)> watch;
};

// All of standard input.
std::string read_all(const Surroundings &surroundings);

} // namespace ipvsctl::tool
