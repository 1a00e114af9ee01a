// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tables and orders of schedulers against slow models that are written from their rules.
 */
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

#include "core_test.hpp"

namespace {

using Weights = std::vector<std::int32_t>;

std::uint32_t size_of(const Weights &weights)
{
    return static_cast<std::uint32_t>(weights.size());
}

Weights random_weights(Random &random, std::size_t least, std::size_t most)
{
    Weights weights(random.between(least, most));
    const auto common = random.between(1, 12);
    const bool wild = random.one_in(4);
    for (auto &weight : weights) {
        weight = random.one_in(5) ? 0 : common * random.between(1, 9);
        if (wild && random.one_in(2))
            weight = static_cast<std::int32_t>(random.any_magnitude(31));
    }
    return weights;
}

/* sh told as rounds: in each, every server is written down as often as its weight says. */
std::vector<int> slow_sh(const Weights &weights)
{
    std::vector<int> table;
    while (table.size() < NFVS_HASH_SLOTS)
        for (std::size_t i = 0; i < weights.size() && table.size() < NFVS_HASH_SLOTS; i++)
            table.insert(table.end(),
                         std::min<std::size_t>(std::max<std::size_t>(weights[i], 1),
                                               NFVS_HASH_SLOTS - table.size()),
                         static_cast<int>(i));
    return table;
}

/*
 * Maglev as the paper tells it: every server has a list of all slots in the order in which it
 * wants them, and takes the first one that is free.
 */
std::vector<int> slow_maglev(const std::vector<nfvs_maglev_member> &members, const Weights &weights)
{
    constexpr std::uint64_t slots = NFVS_MAGLEV_SLOTS;
    std::int64_t divisor = 0;
    std::int64_t highest = 0;
    for (const auto weight : weights) {
        divisor = std::gcd(divisor, static_cast<std::int64_t>(weight));
        highest = std::max<std::int64_t>(highest, weight);
    }
    std::vector<int> table(slots, -1);
    if (divisor == 0)
        return table;
    /* Halved until 6 bits hold the highest. */
    std::int64_t scale = 1;
    while (highest / divisor / scale >= 64)
        scale *= 2;

    std::vector<std::vector<std::uint64_t>> wishes(weights.size());
    std::vector<std::size_t> wish(weights.size(), 0);
    for (std::size_t i = 0; i < weights.size(); i++)
        for (std::uint64_t j = 0; j < slots; j++)
            wishes[i].push_back((members[i].next + j * members[i].skip) % slots);

    for (std::size_t taken = 0;;)
        for (std::size_t i = 0; i < weights.size(); i++) {
            if (weights[i] == 0)
                continue;
            const auto turns = std::max<std::int64_t>(weights[i] / divisor / scale, 1);
            for (std::int64_t turn = 0; turn < turns; turn++) {
                while (table[wishes[i][wish[i]]] >= 0)
                    wish[i]++;
                table[wishes[i][wish[i]]] = static_cast<int>(i);
                if (++taken == slots)
                    return table;
            }
        }
}

std::vector<nfvs_maglev_member> random_members(Random &random, std::size_t count)
{
    std::vector<nfvs_maglev_member> members(count);
    for (auto &member : members) {
        member.next = random.between(0U, NFVS_MAGLEV_SLOTS - 1);
        member.skip = random.between(1U, NFVS_MAGLEV_SLOTS - 1);
        member.turns = 77;
    }
    return members;
}

std::vector<int> fast_maglev(std::vector<nfvs_maglev_member> members, const Weights &weights)
{
    std::vector<std::uint16_t> slots(NFVS_MAGLEV_SLOTS, 1);
    nfvs_maglev_fill(slots.data(), members.data(), weights.data(), size_of(weights));
    std::vector<int> table;
    for (const auto slot : slots)
        table.push_back(slot == NFVS_MAGLEV_FREE ? -1 : slot);
    return table;
}

} // namespace

TEST_CASE("hash: slots of known keys", "[core][sh]")
{
    /* key * 0x61C88647 modulo 2^32, the upper eight bits, worked out by hand. */
    CHECK(nfvs_hash_slot(0, 0) == 0);
    CHECK(nfvs_hash_slot(1, 0) == 0x61);
    CHECK(nfvs_hash_slot(2, 0) == 0xC3);
    CHECK(nfvs_hash_slot(0x0A000101, 0) ==
          (0x0A000101ULL * 0x61C88647ULL % 0x100000000ULL) / 0x1000000ULL);
    CHECK(nfvs_hash_slot(1, 0x9F) == 0);
    CHECK(nfvs_hash_slot(1, 0xA0) == 1);
    Random random;
    for (int run = 0; run < 10000; run++) {
        const auto key = static_cast<std::uint32_t>(random.any_magnitude(32));
        const auto offset = random.between(0U, 1000U);
        REQUIRE(nfvs_hash_slot(key, offset) == (nfvs_hash_slot(key, 0) + offset) % 256);
    }
}

TEST_CASE("dh: one slot after the other goes round", "[core][dh]")
{
    std::vector<std::uint8_t> slots(NFVS_HASH_SLOTS);
    for (std::uint32_t n = 1; n < 600; n++) {
        nfvs_dh_fill(slots.data(), n);
        std::uint32_t next = 0;
        for (const auto slot : slots) {
            REQUIRE(slot == next);
            next = next + 1 == n ? 0 : next + 1;
        }
    }
}

TEST_CASE("sh: rows as long as the weight", "[core][sh]")
{
    Random random;
    std::vector<std::uint8_t> slots(NFVS_HASH_SLOTS);
    for (int run = 0; run < 3000; run++) {
        const auto weights = random_weights(random, 1, run % 10 ? 20 : 600);
        nfvs_sh_fill(slots.data(), weights.data(), size_of(weights));
        const auto want = slow_sh(weights);
        REQUIRE(std::equal(slots.begin(), slots.end(), want.begin()));
    }
}

TEST_CASE("mh: the table is the paper's, with turns by weight", "[core][mh]")
{
    Random random;
    for (int run = 0; run < 60; run++) {
        const auto weights = random_weights(random, 0, 40);
        const auto members = random_members(random, weights.size());
        REQUIRE(fast_maglev(members, weights) == slow_maglev(members, weights));
    }
    /* As many servers as slots, each gets one; even if all want the same. */
    std::vector<nfvs_maglev_member> crowd(NFVS_MAGLEV_SLOTS, {7, 1, 0});
    const auto full = fast_maglev(crowd, Weights(NFVS_MAGLEV_SLOTS, 5));
    CHECK(full[7] == 0);
    CHECK(full[6] == NFVS_MAGLEV_SLOTS - 1);
    CHECK(std::accumulate(full.begin(), full.end(), 0L) == 4092L * 4093 / 2);
}

TEST_CASE("mh: shares follow the weights, and few slots move when a server leaves", "[core][mh]")
{
    Random random;
    const Weights weights = {10, 20, 30, 40};
    auto members = random_members(random, weights.size());
    const auto before = fast_maglev(members, weights);
    std::map<int, int> share;
    for (const auto slot : before)
        share[slot]++;
    for (int i = 0; i < 4; i++)
        CHECK(share[i] == Approx(4093 * weights[static_cast<std::size_t>(i)] / 100.0).margin(6));

    members.pop_back();
    const auto after = fast_maglev(members, {10, 20, 30});
    int moved = 0;
    for (std::size_t i = 0; i < before.size(); i++)
        moved += before[i] != 3 && before[i] != after[i];
    CHECK(moved < 4093 / 8);
}

TEST_CASE("rank: heaviest first, equals in their order", "[core][fo]")
{
    Random random;
    for (int run = 0; run < 2000; run++) {
        const auto weights = random_weights(random, 0, 30);
        std::vector<std::uint32_t> want(weights.size());
        std::iota(want.begin(), want.end(), 0);
        std::stable_sort(want.begin(), want.end(),
                         [&](auto a, auto b) { return weights[a] > weights[b]; });
        std::vector<nfvs_rank> rank(weights.size());
        nfvs_rank_fill(rank.data(), weights.data(), size_of(weights));
        for (std::size_t i = 0; i < want.size(); i++) {
            REQUIRE(rank[i].index == want[i]);
            REQUIRE(rank[i].weight == weights[want[i]]);
        }
    }
}

TEST_CASE("twos: every number falls to a server, in proportion", "[core][twos]")
{
    using Wide = unsigned __int128;
    Random random;
    for (int run = 0; run < 2000; run++) {
        const auto weights = random_weights(random, 0, 30);
        const auto n = size_of(weights);
        std::vector<std::uint64_t> sums(n);
        nfvs_weight_sums(sums.data(), weights.data(), n);
        std::uint64_t total = 0;
        for (const auto weight : weights)
            total += static_cast<std::uint64_t>(weight);
        if (total == 0) {
            REQUIRE(nfvs_weight_at(sums.data(), n, random.any_magnitude()) == n);
            continue;
        }
        /* The first and the last number of each server's share. */
        std::uint64_t below = 0;
        for (std::uint32_t i = 0; i < n; i++) {
            if (weights[i] == 0)
                continue;
            const auto first = ((Wide(below) << 64) + total - 1) / total;
            below += static_cast<std::uint64_t>(weights[i]);
            const auto past = ((Wide(below) << 64) + total - 1) / total;
            const auto at = [&](Wide number) {
                return nfvs_weight_at(sums.data(), n, static_cast<std::uint64_t>(number));
            };
            REQUIRE(at(first) == i);
            REQUIRE(at(past - 1) == i);
        }
        REQUIRE(below == total);
    }
    const std::uint64_t huge[] = {INT32_MAX, 2ULL * INT32_MAX};
    CHECK(nfvs_weight_at(huge, 2, UINT64_MAX) == 1);
    CHECK(nfvs_weight_at(nullptr, 0, 5) == 0);
}

TEST_CASE("lblc: a server is relieved above its weight, by one below half of its", "[core][lblc]")
{
    CHECK_FALSE(nfvs_lblc_full(3, 3));
    CHECK(nfvs_lblc_full(4, 3));
    CHECK(nfvs_lblc_full(UINT32_MAX, INT32_MAX));
    CHECK(nfvs_lblc_has_room(1, 3));
    CHECK_FALSE(nfvs_lblc_has_room(2, 4));
    CHECK_FALSE(nfvs_lblc_has_room(0, 0));
    CHECK_FALSE(nfvs_lblc_has_room(UINT32_MAX, INT32_MAX));
}

TEST_CASE("lblc: a full sweep in half an hour of quiet, partial ones when crowded", "[core][lblc]")
{
    std::uint32_t quiet = 0;
    for (int half_hour = 0; half_hour < 3; half_hour++)
        for (int minute = 1; minute <= 30; minute++) {
            const auto sweep = nfvs_lblc_next_sweep(&quiet, NFVS_LBLC_ENTRIES_SOFT);
            CHECK(sweep.full == (minute == 30));
            CHECK(sweep.goal == (minute == 30 ? UINT32_MAX : 0));
        }
    /* A partial one takes a third more than there are too many, but at most half of the limit. */
    CHECK(nfvs_lblc_next_sweep(&quiet, NFVS_LBLC_ENTRIES_SOFT + 300).goal == 400);
    CHECK(nfvs_lblc_next_sweep(&quiet, NFVS_LBLC_ENTRIES_HARD).goal == 8192);
    CHECK(nfvs_lblc_next_sweep(&quiet, UINT32_MAX).goal == 8192);
    CHECK(quiet == 0);
    /* A goal of 0 is no sweep: one entry too many must count. */
    CHECK(nfvs_lblc_next_sweep(&quiet, NFVS_LBLC_ENTRIES_SOFT + 1).goal == 1);
}
