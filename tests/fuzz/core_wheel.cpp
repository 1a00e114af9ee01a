// SPDX-License-Identifier: GPL-2.0-or-later
/* Timing wheel and table size with any numbers: results stay in range, nothing overflows. */
#include "input.hpp"

extern "C" {
#include "core/table_size.h"
#include "core/wheel.h"
}

namespace {

void check_wheel(Input &input)
{
    const auto start = input.take<unsigned long>();
    nfvs_wheel wheel;
    nfvs_wheel_init(&wheel, start, input.take<std::uint32_t>(), input.take<std::uint32_t>());
    wheel.cursor = input.take<std::uint32_t>() % wheel.slots;
    const auto deadline = input.take<unsigned long>();

    const auto slot = nfvs_wheel_slot(&wheel, deadline);
    must(slot < wheel.slots);
    must(slot != wheel.cursor);
    const auto ahead = (std::uint64_t{slot} + wheel.slots - wheel.cursor) % wheel.slots;
    const auto distance = static_cast<long>(deadline - start);
    if (distance <= 0)
        must(ahead == 1);
    else
        must(ahead == wheel.slots - 1 || ahead * wheel.hz >= static_cast<unsigned long>(distance));

    const auto now = input.take<unsigned long>();
    const bool due = nfvs_wheel_due(&wheel, now);
    must(!due || nfvs_wheel_expired(start, now));
    must(nfvs_wheel_advance(&wheel) < wheel.slots);
}

void check_table(Input &input)
{
    const auto nodes = input.take<std::uint64_t>();
    const auto now = input.take<std::uint32_t>();
    const auto low = input.take<std::uint32_t>();
    const auto high = input.take<std::uint32_t>();
    const auto bits = nfvs_table_bits(nodes, now, low, high);
    must(bits <= high && bits <= 63);
    must(bits >= low || low > high || low > 63);
    must(nfvs_table_bits(nodes, bits, low, high) == bits);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    while (!input.empty()) {
        check_wheel(input);
        check_table(input);
    }
    return 0;
}
