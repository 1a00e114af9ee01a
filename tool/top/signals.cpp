// SPDX-License-Identifier: GPL-2.0-or-later
#include "signals.hpp"

#include <cerrno>
#include <initializer_list>
#include <system_error>

#include <sys/signalfd.h>
#include <unistd.h>

namespace ipvsctl::tool::top {

Signals::Signals()
{
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH}) {
        sigaddset(&wanted, number);
    }
    fd_ = signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot wait for signals");
    }
    sigprocmask(SIG_BLOCK, &wanted, &before_);
}

Signals::~Signals()
{
    close(fd_);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<int> Signals::take() const
{
    signalfd_siginfo info{};
    if (read(fd_, &info, sizeof(info)) != static_cast<ssize_t>(sizeof(info))) {
        return std::nullopt;
    }
    return static_cast<int>(info.ssi_signo);
}

} // namespace ipvsctl::tool::top
