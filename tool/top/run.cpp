// SPDX-License-Identifier: GPL-2.0-or-later
#include "run.hpp"

#include "../messages.hpp"
#include "read.hpp"
#include "screen.hpp"
#include "signals.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <poll.h>
#include <unistd.h>

namespace ipvsctl::tool::top {

namespace {

using Clock = std::chrono::steady_clock;

// Reading takes at most a quarter of the time.
constexpr int pause_per_reading = 3;

constexpr Moment longest_wait = std::chrono::hours(1);

class Loop {
public:
    Loop(const WatchTable &command, std::unique_ptr<Kernel> kernel,
         const std::function<Result<std::unique_ptr<Kernel>>()> &reopen, Screen &screen,
         const Signals &signals);

    // The signal that ended it; 0 for a key.
    int run();

private:
    Moment now() const;
    void read_now();
    void note(Result<void> done);
    void draw();
    bool wait() const;                 // false: the terminal is gone
    bool take_keys();                  // false: quit
    std::optional<int> take_signals(); // one that ends the program

    Model model_;
    std::unique_ptr<Kernel> kernel_;
    const std::function<Result<std::unique_ptr<Kernel>>()> &reopen_;
    Screen &screen_;
    const Signals &signals_;
    Clock::time_point begin_ = Clock::now();
    Moment next_{};
};

Loop::Loop(const WatchTable &command, std::unique_ptr<Kernel> kernel,
           const std::function<Result<std::unique_ptr<Kernel>>()> &reopen, Screen &screen,
           const Signals &signals)
    : model_(std::chrono::seconds(command.pace)), kernel_(std::move(kernel)), reopen_(reopen),
      screen_(screen), signals_(signals)
{
    if (command.service) {
        model_.open_service(*command.service);
    }
}

Moment Loop::now() const
{
    return std::chrono::duration_cast<Moment>(Clock::now() - begin_);
}

// A connection to the kernel is of no use once the module behind it was unloaded.
void Loop::note(Result<void> done)
{
    if (!done) {
        model_.fail(kernel_message(Deed::other, done.error(), Voice::ipvsctl) + "; trying again");
        kernel_.reset();
    }
}

void Loop::read_now()
{
    const Moment begin = now();
    if (!kernel_) {
        note(reopen_().transform(
            [&](std::unique_ptr<Kernel> kernel) { kernel_ = std::move(kernel); }));
    }
    if (kernel_) {
        note(read(model_, *kernel_, begin));
    }
    const Moment end = now();
    next_ = std::max(begin + model_.interval(), end + pause_per_reading * (end - begin));
}

void Loop::draw()
{
    const Size size = screen_.size();
    model_.set_page(page_of(model_, size));
    if (kernel_) {
        note(read_loads(model_, *kernel_));
    }
    screen_.draw(lay_out(model_, size, screen_.glyphs()));
}

bool Loop::wait() const
{
    std::array<pollfd, 2> waiting{pollfd{STDIN_FILENO, POLLIN, 0},
                                  pollfd{signals_.fd(), POLLIN, 0}};
    const auto left = std::clamp(next_ - now(), Moment::zero(), longest_wait);
    poll(waiting.data(), waiting.size(), model_.paused() ? -1 : static_cast<int>(left.count()));
    return (waiting[0].revents & (POLLHUP | POLLERR | POLLNVAL)) == 0;
}

bool Loop::take_keys()
{
    while (const auto key = screen_.key()) {
        switch (press(model_, *key)) {
        case Wish::quit:
            return false;
        case Wish::read:
            read_now();
            break;
        case Wish::nothing:
            break;
        }
    }
    return true;
}

std::optional<int> Loop::take_signals()
{
    while (const auto signal = signals_.take()) {
        if (*signal != SIGWINCH) {
            return signal;
        }
        screen_.adapt();
    }
    return std::nullopt;
}

int Loop::run()
{
    for (;;) {
        if (!model_.paused() && now() >= next_) {
            read_now();
        }
        draw();
        const bool has_terminal = wait();
        if (const auto signal = take_signals()) {
            return *signal;
        }
        if (!has_terminal || !take_keys()) {
            return has_terminal ? 0 : SIGHUP;
        }
    }
}

// The terminal is as it was when this returns.
Result<int> run_on_screen(const WatchTable &command, std::unique_ptr<Kernel> kernel,
                          const std::function<Result<std::unique_ptr<Kernel>>()> &reopen)
{
    const Signals signals;
    auto screen = Screen::open();
    if (!screen) {
        return std::move(screen).error();
    }
    return Loop(command, std::move(kernel), reopen, **screen, signals).run();
}

} // namespace

int run(const WatchTable &command, std::unique_ptr<Kernel> kernel,
        const std::function<Result<std::unique_ptr<Kernel>>()> &reopen, std::ostream &err)
{
    const auto signal = run_on_screen(command, std::move(kernel), reopen);
    if (!signal) {
        err << signal.error().message << '\n';
        return exit_listing_failed;
    }
    if (*signal != 0 && *signal != SIGINT) {
        std::signal(*signal, SIG_DFL);
        raise(*signal);
    }
    return exit_success;
}

} // namespace ipvsctl::tool::top
