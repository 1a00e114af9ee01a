// SPDX-License-Identifier: GPL-2.0-or-later
#include "events.hpp"

#include "ipvsctl/monitor.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace ipvsctl::tool {

namespace {

constexpr std::size_t patience = std::size_t{32} << 20;

Error system_error_of(int code)
{
    return Error{Domain::transport, code, std::generic_category().message(code), {}};
}

sigset_t end_signals() noexcept
{
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

// Meanwhile what tells the program to end is read from a descriptor. At other times it ends the
// program as any other: one that waits for whoever reads its output, or has always an event more.
class HeldSignals {
public:
    HeldSignals() noexcept
    {
        const sigset_t signals = end_signals();
        (void)sigprocmask(SIG_BLOCK, &signals, &before_);
    }
    HeldSignals(const HeldSignals &) = delete;
    HeldSignals &operator=(const HeldSignals &) = delete;
    ~HeldSignals() { (void)sigprocmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

class MonitorEvents final : public Events {
public:
    MonitorEvents(Monitor monitor, int end) noexcept : monitor_(std::move(monitor)), end_(end) {}
    ~MonitorEvents() override { close(end_); }

    Result<std::optional<Event>> wait() override;

private:
    // Whether there may be an event, not the end.
    Result<bool> poll_both() const;
    void take_signal() const noexcept;

    Monitor monitor_;
    int end_;
};

Result<bool> MonitorEvents::poll_both() const
{
    std::array<pollfd, 2> both{pollfd{monitor_.descriptor(), POLLIN, 0}, pollfd{end_, POLLIN, 0}};
    while (poll(both.data(), both.size(), -1) < 0) {
        if (errno != EINTR) {
            return system_error_of(errno);
        }
    }
    return both[1].revents == 0;
}

void MonitorEvents::take_signal() const noexcept
{
    signalfd_siginfo signal{};
    while (read(end_, &signal, sizeof(signal)) < 0 && errno == EINTR) {
    }
}

Result<std::optional<Event>> MonitorEvents::wait()
{
    const HeldSignals held;
    for (;;) {
        auto event = monitor_.next();
        if (!event || *event) {
            return event;
        }
        const auto more = poll_both();
        if (!more) {
            return more.error();
        }
        if (!*more) {
            take_signal();
            return std::optional<Event>();
        }
    }
}

} // namespace

Result<std::unique_ptr<Events>> open_events(const Watch &watch)
{
    MonitorOptions options;
    options.config = watch.config;
    options.overload = watch.overload;
    options.connections = watch.connections;
    options.receive_buffer = patience;
    auto monitor = Monitor::open(options);
    if (!monitor) {
        return std::move(monitor).error();
    }
    const sigset_t signals = end_signals();
    const int end = signalfd(-1, &signals, SFD_CLOEXEC);
    if (end < 0) {
        return system_error_of(errno);
    }
    return std::unique_ptr<Events>(std::make_unique<MonitorEvents>(std::move(*monitor), end));
}

} // namespace ipvsctl::tool
