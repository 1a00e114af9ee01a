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

// A descriptor that is readable once the program has been told to end.
Result<int> end_signals()
{
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &signals, nullptr) < 0) {
        return system_error_of(errno);
    }
    const int descriptor = signalfd(-1, &signals, SFD_CLOEXEC);
    return descriptor < 0 ? Result<int>(system_error_of(errno)) : Result<int>(descriptor);
}

class MonitorEvents final : public Events {
public:
    MonitorEvents(Monitor monitor, int end) noexcept : monitor_(std::move(monitor)), end_(end) {}
    ~MonitorEvents() override { close(end_); }

    Result<std::optional<Event>> wait() override;

private:
    // Whether there may be an event, not the end.
    Result<bool> poll_both() const;

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

Result<std::optional<Event>> MonitorEvents::wait()
{
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
    return end_signals().transform([&](int end) -> std::unique_ptr<Events> {
        return std::make_unique<MonitorEvents>(std::move(*monitor), end);
    });
}

} // namespace ipvsctl::tool
