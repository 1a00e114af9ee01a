// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rate estimator against floating point, and against values worked out by hand.
 */
#include <catch2/catch.hpp>

#include <cmath>

#include "core_test.hpp"

namespace {

nfvs_counts all(std::uint64_t value)
{
    return {value, value, value, value, value};
}

} // namespace

TEST_CASE("rate: first steps by hand", "[core][rate]")
{
    nfvs_rate rate = {};
    nfvs_counts now = {100, 200, 300, 4000, 5001};
    nfvs_counts shown;

    nfvs_rate_step(&rate, &now);
    CHECK(rate.avg.conns == (100 << 9) / 4);
    CHECK(rate.avg.inpkts == (200 << 9) / 4);
    CHECK(rate.avg.outpkts == (300 << 9) / 4);
    CHECK(rate.avg.inbytes == (4000 << 4) / 4);
    CHECK(rate.avg.outbytes == (5001 << 4) / 4);
    nfvs_rate_read(&rate, &shown);
    CHECK(shown.conns == 12);
    CHECK(shown.inpkts == 25);
    CHECK(shown.outpkts == 37);
    CHECK(shown.inbytes == 500);
    CHECK(shown.outbytes == 625);

    /* Nothing more: a quarter off, rounded down. 12800 - 3200, then 9600 - 2400. */
    nfvs_rate_step(&rate, &now);
    CHECK(rate.avg.conns == 9600);
    nfvs_rate_step(&rate, &now);
    CHECK(rate.avg.conns == 7200);
}

TEST_CASE("rate: reading rounds exact halves down", "[core][rate]")
{
    nfvs_rate rate = {};
    nfvs_counts shown;
    rate.avg = {512, 513, 1024 + 512, 16, 17};
    nfvs_rate_read(&rate, &shown);
    CHECK(shown.conns == 0);
    CHECK(shown.inpkts == 1);
    CHECK(shown.outpkts == 1);
    CHECK(shown.inbytes == 0);
    CHECK(shown.outbytes == 1);
}

TEST_CASE("rate: follows the exponentially weighted average in floating point", "[core][rate]")
{
    Random random;
    for (int run = 0; run < 300; run++) {
        nfvs_rate rate = {};
        auto counter = all(random.any_magnitude(40));
        nfvs_rate_zero(&rate, &counter);
        double events = 0;
        double bytes = 0;
        for (int step = 0; step < 60; step++) {
            const auto gain = random.one_in(3) ? 0 : random.any_magnitude(30);
            counter = all(counter.conns + gain);
            nfvs_rate_step(&rate, &counter);
            events += (static_cast<double>(gain) / 2 - events) / 4;
            bytes += (static_cast<double>(gain) / 2 - bytes) / 4;
            nfvs_counts shown;
            nfvs_rate_read(&rate, &shown);
            /* Each step loses less than one unit of the last place, of which 4 add up. */
            REQUIRE(std::abs(static_cast<double>(shown.conns) - events) <= 0.5 + 4.0 / 1024);
            REQUIRE(std::abs(static_cast<double>(shown.outbytes) - bytes) <= 0.5 + 4.0 / 32);
            REQUIRE(shown.inpkts == shown.conns);
            REQUIRE(shown.outpkts == shown.conns);
            REQUIRE(shown.inbytes == shown.outbytes);
        }
    }
}

TEST_CASE("rate: a steady gain settles at itself and sinks to 0 when it stops", "[core][rate]")
{
    for (const std::uint64_t per_second : {1ULL, 3ULL, 1000ULL, 148809523ULL, 12500000000ULL}) {
        nfvs_rate rate = {};
        auto counter = all(0);
        nfvs_counts shown;
        for (int step = 0; step < 200; step++) {
            counter = all(counter.conns + per_second * NFVS_RATE_INTERVAL);
            nfvs_rate_step(&rate, &counter);
        }
        nfvs_rate_read(&rate, &shown);
        CHECK(shown.conns == per_second);
        CHECK(shown.inbytes == per_second);
        for (int step = 0; step < 400; step++)
            nfvs_rate_step(&rate, &counter);
        CHECK(rate.avg.conns == 0);
        CHECK(rate.avg.outbytes == 0);
    }
}

TEST_CASE("rate: a counter that wraps counts on", "[core][rate]")
{
    nfvs_rate rate = {};
    auto counter = all(UINT64_MAX - 9);
    nfvs_rate_zero(&rate, &counter);
    counter = all(10);
    nfvs_rate_step(&rate, &counter);
    CHECK(rate.avg.conns == (20 << 9) / 4);
}

TEST_CASE("rate: zeroing forgets rates and what was counted before", "[core][rate]")
{
    nfvs_rate rate = {};
    auto counter = all(1000);
    nfvs_rate_step(&rate, &counter);
    counter = all(5000);
    nfvs_rate_zero(&rate, &counter);
    nfvs_counts shown;
    nfvs_rate_read(&rate, &shown);
    CHECK(shown.conns == 0);
    nfvs_rate_step(&rate, &counter);
    CHECK(rate.avg.conns == 0);
    CHECK(rate.avg.inbytes == 0);
}
