// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Time, behind an interface that a test can play.
 */
#pragma once

#include <chrono>

namespace ipvsctl::tool {

class Clock {
public:
    using Time = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;

    virtual Time now() = 0;

    // False, and at once, where the user ends the program instead.
    virtual bool wait(std::chrono::seconds time) = 0;
};

// The user ends it by SIGINT, which from the first time on nothing else comes of.
class SystemClock final : public Clock {
public:
    Time now() override;
    bool wait(std::chrono::seconds time) override;
};

} // namespace ipvsctl::tool
