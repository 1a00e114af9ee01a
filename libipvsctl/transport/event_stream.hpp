// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Takes apart what multicast groups send, and finds what is missing by the numbers. Works on
 * memory alone, so that tests and the fuzzer reach it without a kernel.
 */
#pragma once

#include "../codec/event.hpp"

#include <array>
#include <deque>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

class EventStream {
public:
    explicit EventStream(std::uint16_t family) noexcept : family_(family) {}

    /** Takes one datagram. What is no event is skipped, also one that only newer kernels have. */
    void feed(ByteView datagram);

    /** The kernel had no room for more. */
    void overrun() noexcept { overrun_ = true; }

    /** All that the kernel had kept has been fed: what it did not keep, is missing here. */
    void drained();

    /** The next event, or what is wrong with it; nothing where there is none. */
    Result<std::optional<Event>> take();

private:
    void add(std::uint8_t command, ByteView attributes);
    void count(EventGroup group, std::uint64_t number);
    void miss(std::optional<EventGroup> group, std::optional<std::uint64_t> count);

    std::uint16_t family_;
    bool overrun_ = false;
    std::array<std::uint64_t, 3> latest_{}; // number of each group; 0 before the first
    std::deque<Result<Event>> events_;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
