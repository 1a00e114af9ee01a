// SPDX-License-Identifier: GPL-2.0-or-later
#include "watch.hpp"

#include "../messages.hpp"

namespace ipvsctl::tool {

namespace {

// Cursor to the first place, and everything behind it cleared.
constexpr std::string_view clear_screen = "\x1b[H\x1b[2J";

std::vector<double> growth(const std::vector<Counter> &last, const std::vector<Counter> &now,
                           std::chrono::duration<double> time)
{
    std::vector<double> rates;
    rates.reserve(now.size());
    for (std::size_t i = 0; i < now.size(); i++) {
        // Where the module was loaded anew the counters began again.
        const bool comparable =
            i < last.size() && last[i].name == now[i].name && last[i].value <= now[i].value;
        const std::uint64_t grown = comparable ? now[i].value - last[i].value : 0;
        rates.push_back(static_cast<double>(grown) / time.count());
    }
    return rates;
}

} // namespace

Interval interval_of(const Command &command)
{
    const auto visitor = [](const auto &any) -> Interval {
        if constexpr (requires { any.interval; }) {
            return any.interval;
        } else {
            return std::nullopt;
        }
    };
    return std::visit(visitor, command);
}

int watch(std::chrono::seconds interval, Output output, const Surroundings &surroundings,
          const std::function<int()> &show)
{
    std::ostream &out = surroundings.out;
    for (bool first = true;; first = false) {
        if (output == Output::text && surroundings.terminal) {
            out << clear_screen;
        } else if (output == Output::text && !first) {
            out << '\n';
        }
        if (const int status = show(); status != exit_success) {
            return status;
        }
        // Whoever cannot write says so by the state of the stream.
        if (!out.flush() || !surroundings.clock.wait(interval)) {
            return exit_success;
        }
    }
}

Result<Report> CounterWatch::next()
{
    auto counters = kernel_.counters();
    if (!counters) {
        return std::move(counters).error();
    }
    const Clock::Time now = clock_.now();
    CounterList list{*counters, {}};
    if (!last_.empty() && now > last_time_) {
        list.rates = growth(last_, list.counters, now - last_time_);
    }
    last_ = std::move(*counters);
    last_time_ = now;
    return Report(std::move(list));
}

} // namespace ipvsctl::tool
