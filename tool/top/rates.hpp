// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * From counters to rates, and what they were in the last minute.
 */
#pragma once

#include "ipvsctl/stats.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ipvsctl::tool::top {

// Since the program began.
using Moment = std::chrono::milliseconds;

enum class Metric : std::uint8_t {
    connections,
    packets_in,
    packets_out,
    bytes_in,
    bytes_out,
};
inline constexpr std::size_t metric_count = 5;

constexpr std::size_t index(Metric metric) noexcept
{
    return static_cast<std::size_t>(metric);
}

using Rates = std::array<double, metric_count>; // per second

// From two readings of the counters, which is exact over any time; the kernel's own estimates lag
// behind by seconds, and may be switched off. A counter that went back was zeroed in between.
Rates rates_between(const Stats &before, const Stats &now, Moment time) noexcept;

// The last minute, second by second.
class History {
public:
    static constexpr std::size_t seconds = 60;

    History() noexcept;

    // The rates from one reading to the next.
    void add(Moment from, Moment to, const Rates &rates) noexcept;

    // The minute up to now in equal parts, oldest first; below zero where nothing is known. Their
    // number divides 60.
    std::vector<double> parts(Metric metric, Moment now, std::size_t count) const;

private:
    double at(Metric metric, std::int64_t second) const noexcept;

    std::array<std::array<float, seconds>, metric_count> rates_{};
    std::int64_t newest_ = 0;
};

} // namespace ipvsctl::tool::top
