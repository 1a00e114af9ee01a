// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>

#include "core_test.hpp"

namespace {

double load(std::uint64_t nodes, std::uint32_t bits)
{
    return static_cast<double>(nodes) / static_cast<double>(std::uint64_t{1} << bits);
}

} // namespace

TEST_CASE("table: stays while the load is from an eighth to one", "[core][table]")
{
    CHECK(nfvs_table_bits(1024, 10, 4, 20) == 10);
    CHECK(nfvs_table_bits(128, 10, 4, 20) == 10);
    CHECK(nfvs_table_bits(1025, 10, 4, 20) == 12);
    CHECK(nfvs_table_bits(127, 10, 4, 20) == 8);
}

TEST_CASE("table: empty, huge and contradictory arguments stay within bounds", "[core][table]")
{
    CHECK(nfvs_table_bits(0, 10, 4, 20) == 4);
    CHECK(nfvs_table_bits(0, 4, 4, 20) == 4);
    CHECK(nfvs_table_bits(0, 0, 0, 0) == 0);
    CHECK(nfvs_table_bits(1, 0, 0, 0) == 0);
    CHECK(nfvs_table_bits(UINT64_MAX, 10, 4, 20) == 20);
    CHECK(nfvs_table_bits(UINT64_MAX, 0, 0, UINT32_MAX) == 63);
    CHECK(nfvs_table_bits(UINT64_MAX, UINT32_MAX, 0, UINT32_MAX) == 63);
    CHECK(nfvs_table_bits(100, 2, 4, 20) <= 20);
    CHECK(nfvs_table_bits(10, 30, 25, 20) == 20);
    CHECK(nfvs_table_bits(5, 30, 4, 20) == 4);
}

TEST_CASE("table: a change lands at a load of a quarter to a half", "[core][table]")
{
    Random random;
    for (int run = 0; run < 100000; run++) {
        const auto nodes = random.any_magnitude(50);
        const auto bits = random.between(0U, 55U);
        const auto next = nfvs_table_bits(nodes, bits, 0, 60);
        INFO("nodes " << nodes << " bits " << bits << " -> " << next);
        if (load(nodes, bits) > 1.0)
            REQUIRE(next > bits);
        else if (load(nodes, bits) >= 0.125 || (std::uint64_t{1} << bits) < 8)
            REQUIRE(next == (nodes == 0 && bits > 2 ? next : bits));
        else
            REQUIRE(next < bits);
        if (next != bits && nodes > 0) {
            REQUIRE(load(nodes, next) > 0.25);
            REQUIRE(load(nodes, next) <= 0.5);
        }
    }
}

TEST_CASE("table: after a change the nodes must double or halve before the next", "[core][table]")
{
    Random random;
    for (int run = 0; run < 20000; run++) {
        const auto nodes = 1 + random.any_magnitude(40);
        const auto bits = nfvs_table_bits(nodes, random.between(0U, 50U), 2, 50);
        INFO("nodes " << nodes << " bits " << bits);
        REQUIRE(nfvs_table_bits(nodes, bits, 2, 50) == bits);
        const auto settled = nfvs_table_bits(nodes, bits == 50 ? 2 : 50, 2, 50);
        const auto less = nodes - random.between<std::uint64_t>(0, nodes / 2);
        const auto more = nodes + random.between<std::uint64_t>(0, nodes);
        REQUIRE(nfvs_table_bits(less, settled, 2, 50) == settled);
        REQUIRE(nfvs_table_bits(more, settled, 2, 50) == settled);
    }
}
