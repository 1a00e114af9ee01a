// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Shows something again and again.
 */
#pragma once

#include "../report.hpp"
#include "../surroundings.hpp"

#include <functional>
#include <vector>

namespace ipvsctl::tool {

// How often a command is to be shown, if more than once.
Interval interval_of(const Command &command);

// Calls show until it fails or the user ends it, and returns the exit status. Text on a terminal
// takes the place of the last one; elsewhere blank lines stand between.
int watch(std::chrono::seconds interval, Output output, const Surroundings &surroundings,
          const std::function<int()> &show);

// Counters, from the second time on with how much each grew in a second.
class CounterWatch {
public:
    CounterWatch(Kernel &kernel, Clock &clock) : kernel_(kernel), clock_(clock) {}

    Result<Report> next();

private:
    Kernel &kernel_;
    Clock &clock_;
    std::vector<Counter> last_;
    Clock::Time last_time_;
};

} // namespace ipvsctl::tool
