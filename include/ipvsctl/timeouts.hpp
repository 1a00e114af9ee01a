// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Timeouts of the connection states that can be set at run time.
 */
#pragma once

#include <cstdint>

namespace ipvsctl {
inline namespace v1 {

/** Seconds; 0 in a change keeps the value that is in force. */
struct Timeouts {
    std::uint32_t tcp = 0;
    std::uint32_t tcp_fin = 0;
    std::uint32_t udp = 0;

    friend bool operator==(const Timeouts &, const Timeouts &) = default;
};

} // namespace v1
} // namespace ipvsctl
