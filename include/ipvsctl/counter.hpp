// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * The module's own event counters (nfvs only).
 */
#pragma once

#include <cstdint>
#include <string>

namespace ipvsctl {
inline namespace v1 {

/** A named counter of events or drops. */
struct Counter {
    std::string name;
    std::uint64_t value = 0;

    friend bool operator==(const Counter &, const Counter &) = default;
};

} // namespace v1
} // namespace ipvsctl
