// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The full-screen program: reads, draws, and waits for keys, signals and the time to read again.
 */
#pragma once

#include "../kernel.hpp"

#include <functional>
#include <memory>
#include <ostream>

namespace ipvsctl::tool::top {

// Returns the exit status. reopen is asked for another connection after one has failed.
int run(const WatchTable &command, std::unique_ptr<Kernel> kernel,
        const std::function<Result<std::unique_ptr<Kernel>>()> &reopen, std::ostream &err);

} // namespace ipvsctl::tool::top
