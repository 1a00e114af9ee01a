// SPDX-License-Identifier: GPL-2.0-or-later
/* Defenses: modes against a table, rates against the rule. */
#include <catch2/catch.hpp>

#include <climits>

#include "core_test.hpp"

TEST_CASE("defense: modes follow the memory where they are automatic", "[core][defense]")
{
    struct Row {
        int mode;
        bool low;
        int next;
        bool acts;
    };
    const Row rows[] = {
        {0, false, 0, false}, {0, true, 0, false}, {1, false, 1, false}, {1, true, 2, true},
        {2, false, 1, false}, {2, true, 2, true},  {3, false, 3, true},  {3, true, 3, true},
    };
    for (const auto &row : rows) {
        INFO("mode " << row.mode << " low " << row.low);
        const int next = nfvs_defense_step(row.mode, row.low);
        CHECK(next == row.next);
        CHECK(nfvs_defense_acts(next) == row.acts);
    }
}

TEST_CASE("defense: the less memory is free, the more is dropped", "[core][defense]")
{
    CHECK(nfvs_defense_drop_rate(3, 0, 0, 10) == 10);
    CHECK(nfvs_defense_drop_rate(3, 0, 0, 1) == 1);
    CHECK(nfvs_defense_drop_rate(3, 0, 0, 0) == 0);
    CHECK(nfvs_defense_drop_rate(3, 0, 0, -5) == 0);
    for (const int mode : {0, 1})
        CHECK(nfvs_defense_drop_rate(mode, 1024, 0, 10) == 0);

    CHECK(nfvs_defense_drop_rate(2, 1024, 0, 10) == 1);
    CHECK(nfvs_defense_drop_rate(2, 1024, 512, 10) == 2);
    CHECK(nfvs_defense_drop_rate(2, 1024, 1023, 10) == 1024);
    CHECK(nfvs_defense_drop_rate(2, INT_MAX, INT_MAX - 1, 10) == INT_MAX);
    /* Memory came back between two looks. */
    CHECK(nfvs_defense_drop_rate(2, 1024, 1024, 10) == 0);
    CHECK(nfvs_defense_drop_rate(2, 1024, 5000, 10) == 0);
}

TEST_CASE("defense: of idle connections with N packets one in N goes", "[core][defense]")
{
    u8 turns[NFVS_DEFENSE_FEW_PACKETS + 1] = {};

    for (int round = 0; round < 3; round++)
        for (unsigned packets = 0; packets < 20; packets++) {
            INFO("packets " << packets);
            const bool few = packets >= 1 && packets <= 8;
            for (unsigned i = 0; i < packets; i++)
                CHECK(nfvs_defense_takes_idle(turns, packets) == (few && i == 0));
        }
    CHECK_FALSE(nfvs_defense_takes_idle(turns, 0));
}
