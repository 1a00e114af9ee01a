// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the tests of core/ share: the headers, which are C, and repeatable random numbers.
 */
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

extern "C" {
#include "core/defense.h"
#include "core/lblc.h"
#include "core/least.h"
#include "core/maglev.h"
#include "core/rate.h"
#include "core/sched_hash.h"
#include "core/sched_math.h"
#include "core/sched_order.h"
#include "core/sctp_fsm.h"
#include "core/table_size.h"
#include "core/tcp_fsm.h"
#include "core/tunnel.h"
#include "core/udp_fsm.h"
#include "core/wheel.h"
}

/* Random numbers from the seed in NFVS_SEED, so that a failed run can be repeated. */
class Random {
public:
    Random() : engine_(seed()) {}

    /* Uniform in [low, high]. */
    template <typename T> T between(T low, T high)
    {
        return std::uniform_int_distribution<T>(low, high)(engine_);
    }

    bool one_in(unsigned n) { return between(1U, n) == 1; }

    /* Any number of bits with equal chance, so that small, huge and edge values all come. */
    std::uint64_t any_magnitude(unsigned max_bits = 64)
    {
        const unsigned bits = between(0U, max_bits);
        if (bits == 0)
            return 0;
        const std::uint64_t top = std::uint64_t{1} << (bits - 1);
        return one_in(4) ? top : top | (engine_() & (top - 1));
    }

    static std::uint64_t seed()
    {
        const char *text = std::getenv("NFVS_SEED");
        return text ? std::strtoull(text, nullptr, 0) : 1;
    }

private:
    std::mt19937_64 engine_;
};
