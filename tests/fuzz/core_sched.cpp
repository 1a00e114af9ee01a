// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Drives rr and wrr with any weights, any overloads and changes of both between the picks, and
 * compares loads both ways round.
 */
#include <cstdint>
#include <vector>

#include "input.hpp"

extern "C" {
#include "core/sched_math.h"
}

namespace {

struct Pool {
    std::vector<std::int32_t> weights;
    std::uint32_t up = 0;

    std::uint32_t size() const { return static_cast<std::uint32_t>(weights.size()); }

    bool eligible(std::uint32_t index) const
    {
        return weights[index] > 0 && (up >> index & 1) != 0;
    }

    bool any() const
    {
        for (std::uint32_t i = 0; i < size(); i++)
            if (eligible(i))
                return true;
        return false;
    }
};

std::uint32_t find(const void *context, std::uint32_t from, std::uint32_t to, std::int32_t bar)
{
    const auto *pool = static_cast<const Pool *>(context);
    must(to <= pool->size());
    must(bar > 0);
    for (; from < to; from++)
        if (pool->weights[from] >= bar && pool->eligible(from))
            return from;
    return to;
}

std::int32_t highest(const void *context)
{
    const auto *pool = static_cast<const Pool *>(context);
    std::int32_t highest = 0;
    for (std::uint32_t i = 0; i < pool->size(); i++)
        if (pool->weights[i] > highest && pool->eligible(i))
            highest = pool->weights[i];
    return highest;
}

nfvs_row row_of(const Pool &pool)
{
    return {pool.size(), find, highest, &pool};
}

nfvs_measure measure(const Pool &pool)
{
    return nfvs_measure_weights(pool.weights.data(), pool.size());
}

void refill(Input &input, Pool &pool)
{
    pool.weights.resize(input.take<std::uint8_t>() % 17);
    for (auto &weight : pool.weights)
        weight = input.take<std::int32_t>();
    pool.up = input.take<std::uint32_t>();
}

void check_pick(const Pool &pool, std::uint32_t found)
{
    must(found <= pool.size());
    must(found == pool.size() ? !pool.any() : pool.eligible(found));
}

void check_loads(Input &input)
{
    const auto load_a = input.take<std::uint64_t>();
    const auto weight_a = input.take<std::int32_t>();
    const auto load_b = input.take<std::uint64_t>();
    const auto weight_b = input.take<std::int32_t>();
    const bool less = nfvs_load_less(load_a, weight_a, load_b, weight_b);
    const bool more = nfvs_load_less(load_b, weight_b, load_a, weight_a);
    must(!(less && more));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    Pool pool;
    refill(input, pool);
    nfvs_wrr wrr;
    auto all = measure(pool);
    nfvs_wrr_init(&wrr, &all, pool.size());
    auto row = row_of(pool);
    std::uint32_t last = pool.size();

    while (!input.empty()) {
        switch (input.take<std::uint8_t>() % 4) {
        case 0:
            refill(input, pool);
            all = measure(pool);
            nfvs_wrr_update(&wrr, &all, input.take<std::uint8_t>());
            break;
        case 1:
            pool.up = input.take<std::uint32_t>();
            break;
        case 2:
            row = row_of(pool);
            last = nfvs_rr_next(last, &row);
            check_pick(pool, last);
            check_pick(pool, nfvs_wrr_next(&wrr, &row));
            break;
        case 3:
            check_loads(input);
            break;
        }
    }
    return 0;
}
