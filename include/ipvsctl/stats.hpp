// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Stats: the counters and rates of a service or a real server.
 */
#pragma once

#include <cstdint>

namespace ipvsctl {
inline namespace v1 {

/** Counters since the last zeroing, and rates per second. */
struct Stats {
    std::uint64_t connections = 0;
    std::uint64_t incoming_packets = 0;
    std::uint64_t outgoing_packets = 0;
    std::uint64_t incoming_bytes = 0;
    std::uint64_t outgoing_bytes = 0;

    std::uint64_t connection_rate = 0;
    std::uint64_t incoming_packet_rate = 0;
    std::uint64_t outgoing_packet_rate = 0;
    std::uint64_t incoming_byte_rate = 0;
    std::uint64_t outgoing_byte_rate = 0;

    friend bool operator==(const Stats &, const Stats &) = default;
};

} // namespace v1
} // namespace ipvsctl
