// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Signals as something to wait for, so that none comes in the midst of drawing.
 */
#pragma once

#include <csignal>
#include <optional>

namespace ipvsctl::tool::top {

// Holds back those that end the program, and SIGWINCH, as long as it lives.
class Signals {
public:
    Signals();
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;
    ~Signals();

    int fd() const noexcept { return fd_; }
    std::optional<int> take() const;

private:
    sigset_t before_{};
    int fd_ = -1;
};

} // namespace ipvsctl::tool::top
