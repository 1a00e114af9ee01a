// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates.hpp"

#include <algorithm>

namespace ipvsctl::tool::top {

namespace {

constexpr float unknown = -1;
constexpr auto minute = static_cast<std::int64_t>(History::seconds);

double rate(std::uint64_t before, std::uint64_t now, double time) noexcept
{
    return static_cast<double>(now >= before ? now - before : now) / time;
}

std::int64_t second_of(Moment moment) noexcept
{
    return std::chrono::floor<std::chrono::seconds>(moment).count();
}

std::size_t place_of(std::int64_t second) noexcept
{
    return static_cast<std::size_t>(second % minute);
}

} // namespace

Rates rates_between(const Stats &before, const Stats &now, Moment time) noexcept
{
    if (time <= Moment::zero()) {
        return {};
    }
    const double seconds = std::chrono::duration<double>(time).count();
    return {
        rate(before.connections, now.connections, seconds),
        rate(before.incoming_packets, now.incoming_packets, seconds),
        rate(before.outgoing_packets, now.outgoing_packets, seconds),
        rate(before.incoming_bytes, now.incoming_bytes, seconds),
        rate(before.outgoing_bytes, now.outgoing_bytes, seconds),
    };
}

History::History() noexcept
{
    for (auto &metric : rates_) {
        metric.fill(unknown);
    }
}

void History::add(Moment from, Moment to, const Rates &rates) noexcept
{
    newest_ = second_of(to);
    for (auto second = std::max(second_of(from), newest_ - minute) + 1; second <= newest_;
         second++) {
        for (std::size_t i = 0; i < metric_count; i++) {
            rates_[i][place_of(second)] = static_cast<float>(rates[i]);
        }
    }
}

double History::at(Metric metric, std::int64_t second) const noexcept
{
    if (second < 0 || second > newest_ || second <= newest_ - minute) {
        return unknown;
    }
    return rates_[index(metric)][place_of(second)];
}

std::vector<double> History::parts(Metric metric, Moment now, std::size_t count) const
{
    const std::size_t size = seconds / count;
    std::vector<double> result;
    result.reserve(count);
    auto second = second_of(now) - minute + 1;
    for (std::size_t part = 0; part < count; part++) {
        double sum = 0;
        std::size_t known = 0;
        for (std::size_t i = 0; i < size; i++) {
            const double value = at(metric, second++);
            if (value >= 0) {
                sum += value;
                known++;
            }
        }
        result.push_back(known > 0 ? sum / static_cast<double>(known) : unknown);
    }
    return result;
}

} // namespace ipvsctl::tool::top
