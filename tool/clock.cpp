// SPDX-License-Identifier: GPL-2.0-or-later
#include "clock.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace ipvsctl::tool {

Clock::Time SystemClock::now()
{
    return std::chrono::steady_clock::now();
}

// A signal that is blocked stays, also where it is ignored as in a script's background: none is
// lost while something else is done.
bool SystemClock::wait(std::chrono::seconds time)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const Time end = now() + time;
    for (;;) {
        const auto left = std::max(end - now(), Time::duration::zero());
        const auto whole = std::chrono::floor<std::chrono::seconds>(left);
        timespec timeout{};
        timeout.tv_sec = whole.count();
        timeout.tv_nsec = std::chrono::nanoseconds(left - whole).count();
        if (sigtimedwait(&signals, nullptr, &timeout) == SIGINT) {
            return false;
        }
        if (errno != EINTR) {
            return true;
        }
    }
}

} // namespace ipvsctl::tool
