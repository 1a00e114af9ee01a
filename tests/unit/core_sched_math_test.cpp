// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Round robin, weighted round robin and load comparison against slow, plain models.
 */
#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "core_test.hpp"

namespace {

using Weights = std::vector<std::int32_t>;
using Usable = std::vector<char>;

std::uint32_t size_of(const Weights &weights)
{
    return static_cast<std::uint32_t>(weights.size());
}

/* A row of servers as nfvs_row wants it. */
struct Row {
    const Weights &weights;
    const Usable &up;

    static bool reaches(const Row &row, std::uint32_t index, std::int32_t bar)
    {
        return row.weights.at(index) >= bar && row.up.at(index) != 0;
    }

    static std::uint32_t find(const void *context, std::uint32_t from, std::uint32_t to,
                              std::int32_t bar)
    {
        const auto &row = *static_cast<const Row *>(context);
        while (from < to && !reaches(row, from, bar))
            from++;
        return from < to ? from : to;
    }

    static std::int32_t highest(const void *context)
    {
        const auto &row = *static_cast<const Row *>(context);
        std::int32_t highest = 0;
        for (std::uint32_t i = 0; i < size_of(row.weights); i++)
            if (reaches(row, i, highest))
                highest = row.weights[i];
        return highest;
    }

    nfvs_row core() const { return {size_of(weights), find, highest, this}; }
};

std::uint32_t rr_next(std::uint32_t last, const Weights &weights, const Usable &up)
{
    const Row row{weights, up};
    const auto core = row.core();
    return nfvs_rr_next(last, &core);
}

std::uint32_t wrr_next(nfvs_wrr &wrr, const Weights &weights, const Usable &up)
{
    const Row row{weights, up};
    const auto core = row.core();
    return nfvs_wrr_next(&wrr, &core);
}

nfvs_measure measure(const Weights &weights)
{
    return nfvs_measure_weights(weights.data(), size_of(weights));
}

void wrr_init(nfvs_wrr &wrr, const Weights &weights)
{
    const auto all = measure(weights);
    nfvs_wrr_init(&wrr, &all, size_of(weights));
}

std::string show(const Weights &weights, const Usable &up)
{
    std::string text;
    for (std::size_t i = 0; i < weights.size(); i++)
        text += std::to_string(weights[i]) + (up[i] ? " " : "! ");
    return text;
}

/*
 * Weighted round robin as its rule is told: a bar sinks from pass to pass, one step at a time. The
 * search gives up once a pass at the lowest bar has looked at every server.
 */
struct SlowWrr {
    int last = -1; /* -1: before the first */
    std::int64_t bar = 0;
    std::int64_t top = 0;
    std::int64_t step = 1;

    void measure(const Weights &weights)
    {
        std::int64_t divisor = 0;
        std::int64_t highest = 0;
        for (const auto weight : weights)
            if (weight > 0) {
                divisor = std::gcd(divisor, static_cast<std::int64_t>(weight));
                highest = std::max(highest, static_cast<std::int64_t>(weight));
            }
        step = divisor ? divisor : 1;
        top = highest - step + 1;
    }

    void start(const Weights &weights)
    {
        measure(weights);
        last = -1;
        bar = top;
    }

    void change(const Weights &weights, int new_last)
    {
        measure(weights);
        last = new_last;
        if (bar == 0 || bar > top)
            bar = top;
        else if (step > 1)
            bar = bar - bar % step + 1;
        if (bar > top)
            bar = top;
    }

    int pick(const Weights &weights, const Usable &up)
    {
        const int count = static_cast<int>(weights.size());
        if (top == 0)
            return -1;

        const int began = last;
        bool lowest_pass_from_first = began < 0 && bar <= step;
        bool wrapped = false;
        int i = began;
        for (;;) {
            for (i++; i < count; i++) {
                const auto index = static_cast<std::size_t>(i);
                if (up[index] && weights[index] >= bar)
                    return last = i;
                /* Round once at the lowest bar, back to where the search began. */
                if (wrapped && bar <= step && i == began)
                    return -1;
            }
            i = -1;
            bar -= step;
            if (bar <= 0) {
                bar = top;
                if (lowest_pass_from_first || began < 0) {
                    last = -1;
                    return -1;
                }
                wrapped = true;
            }
            if (bar <= step && !wrapped)
                lowest_pass_from_first = true;
        }
    }
};

int as_index(std::uint32_t found, const Weights &weights)
{
    return found == weights.size() ? -1 : static_cast<int>(found);
}

Weights random_weights(Random &random, std::size_t most)
{
    Weights weights(random.between<std::size_t>(0, most));
    const auto common = random.between(1, 12);
    for (auto &weight : weights)
        weight = random.one_in(5) ? 0 : common * random.between(1, 9);
    return weights;
}

Usable random_usable(Random &random, std::size_t count)
{
    Usable up(count, 1);
    const auto kind = random.between(0, 3);
    for (auto &one : up)
        one = kind == 0 || (kind < 3 && !random.one_in(3));
    return up;
}

} // namespace

TEST_CASE("weights: divisor and maximum ignore what is not above 0", "[core][sched]")
{
    const Weights none = {0, 0, -3};
    CHECK(measure(none).divisor == 0);
    CHECK(measure(none).highest == 0);
    CHECK(measure({}).divisor == 0);
    CHECK(measure({}).highest == 0);

    Random random;
    for (int run = 0; run < 2000; run++) {
        auto weights = random_weights(random, 10);
        for (auto &weight : weights)
            if (random.one_in(9))
                weight = -weight;
        std::int32_t divisor = 0;
        std::int32_t highest = 0;
        for (const auto weight : weights) {
            divisor = std::gcd(divisor, std::max(weight, 0));
            highest = std::max(highest, weight);
        }
        REQUIRE(measure(weights).divisor == divisor);
        REQUIRE(measure(weights).highest == highest);

        /* In parts it comes to the same. */
        nfvs_measure sum = {};
        for (std::size_t from = 0; from < weights.size(); from += 3) {
            const auto part = nfvs_measure_weights(
                &weights[from],
                static_cast<std::uint32_t>(std::min<std::size_t>(3, weights.size() - from)));
            nfvs_measure_more(&sum, &part);
        }
        REQUIRE(sum.divisor == divisor);
        REQUIRE(sum.highest == highest);
    }
    CHECK(measure({INT32_MAX, INT32_MAX - 1}).divisor == 1);
    CHECK(measure({INT32_MAX}).divisor == INT32_MAX);
}

TEST_CASE("rr: picks the nearest eligible server after the last, itself at the end", "[core][rr]")
{
    Random random;
    for (int run = 0; run < 20000; run++) {
        const auto weights = random_weights(random, 8);
        const auto up = random_usable(random, weights.size());
        const auto n = size_of(weights);
        const auto last = random.one_in(4) ? n + random.between(0U, 2U) : random.between(0U, n);

        std::uint32_t want = n;
        for (std::uint32_t distance = 1; distance <= n && want == n; distance++) {
            const auto index = (last >= n ? distance - 1 : last + distance) % n;
            if (weights[index] > 0 && up[index])
                want = index;
        }
        INFO("last " << last << " of " << show(weights, up));
        REQUIRE(rr_next(last, weights, up) == want);
    }
}

TEST_CASE("rr: spreads evenly and starts at the first", "[core][rr]")
{
    const Weights weights = {1, 5, 0, 2};
    const Usable up(4, 1);
    std::string order;
    std::uint32_t last = 4;
    for (int i = 0; i < 7; i++) {
        last = rr_next(last, weights, up);
        order += std::to_string(last);
    }
    CHECK(order == "0130130");
}

TEST_CASE("wrr: the order for weights 4, 3, 2 is the classic one", "[core][wrr]")
{
    const Weights weights = {4, 3, 2};
    const Usable up(3, 1);
    nfvs_wrr wrr;
    wrr_init(wrr, weights);
    std::string order;
    for (int i = 0; i < 18; i++)
        order += "ABC"[wrr_next(wrr, weights, up)];
    CHECK(order == "AABABCABCAABABCABC");
}

TEST_CASE("wrr: each server gets exactly its share of a round", "[core][wrr]")
{
    Random random;
    for (int run = 0; run < 500; run++) {
        const auto weights = random_weights(random, 9);
        const auto n = size_of(weights);
        const auto divisor = measure(weights).divisor;
        if (divisor == 0)
            continue;
        const Usable up(n, 1);
        nfvs_wrr wrr;
        wrr_init(wrr, weights);
        const auto total = std::accumulate(weights.begin(), weights.end(), 0);
        for (int round = 0; round < 3; round++) {
            Weights got(n, 0);
            for (int i = 0; i < total / divisor; i++)
                got[wrr_next(wrr, weights, up)] += divisor;
            INFO(show(weights, up));
            REQUIRE(got == weights);
        }
    }
}

TEST_CASE("wrr: agrees pick by pick with the slow model while servers come and go", "[core][wrr]")
{
    Random random;
    for (int run = 0; run < 3000; run++) {
        auto weights = random_weights(random, 7);
        auto n = size_of(weights);
        nfvs_wrr wrr;
        SlowWrr slow;
        wrr_init(wrr, weights);
        slow.start(weights);
        auto up = random_usable(random, n);

        for (int step = 0; step < 60; step++) {
            if (random.one_in(8))
                up = random_usable(random, n);
            if (random.one_in(15)) {
                weights = random_weights(random, 7);
                n = size_of(weights);
                up = random_usable(random, n);
                const auto last = random.one_in(2) || n == 0 ? n : random.between(0U, n - 1);
                const auto changed = measure(weights);
                nfvs_wrr_update(&wrr, &changed, last);
                slow.change(weights, last == n ? -1 : static_cast<int>(last));
            }
            INFO(show(weights, up) << " bar " << slow.bar << " last " << slow.last);
            const auto want = slow.pick(weights, up);
            const auto got = wrr_next(wrr, weights, up);
            REQUIRE(as_index(got, weights) == want);
            REQUIRE(wrr.cw == slow.bar);
            REQUIRE((wrr.last >= n ? -1 : static_cast<int>(wrr.last)) == slow.last);
        }
    }
}

TEST_CASE("wrr: an overloaded giant does not make the search long", "[core][wrr]")
{
    /* One step of the bar at a time would be 2^31 passes: this would then not end in minutes. */
    const Weights weights = {INT32_MAX, 1, INT32_MAX - 1};
    const Usable up = {0, 1, 0};
    nfvs_wrr wrr;
    wrr_init(wrr, weights);
    for (int i = 0; i < 1000; i++)
        REQUIRE(wrr_next(wrr, weights, up) == 1);
}

TEST_CASE("wrr: weights changed behind its back never make it pick wrongly or hang", "[core][wrr]")
{
    Random random;
    for (int run = 0; run < 3000; run++) {
        auto weights = random_weights(random, 6);
        const auto n = size_of(weights);
        nfvs_wrr wrr;
        wrr_init(wrr, weights);
        for (int step = 0; step < 30; step++) {
            if (n > 0 && random.one_in(3))
                weights[random.between(0U, n - 1)] =
                    static_cast<std::int32_t>(random.any_magnitude(31));
            const auto up = random_usable(random, n);
            bool any = false;
            for (std::uint32_t i = 0; i < n; i++)
                any = any || (up[i] && weights[i] > 0);
            const bool measured = wrr.mw > 0;
            const auto got = wrr_next(wrr, weights, up);
            INFO(show(weights, up));
            REQUIRE((got < n) == (any && measured));
            if (got < n) {
                REQUIRE(up[got]);
                REQUIRE(weights[got] > 0);
            }
        }
    }
}

TEST_CASE("load: active connections weigh 256 more than others", "[core][lc]")
{
    CHECK(nfvs_lc_load(0, 0) == 0);
    CHECK(nfvs_lc_load(1, 0) == 257);
    CHECK(nfvs_lc_load(0, 1) == 1);
    CHECK(nfvs_lc_load(3, 7) == 3 * 256 + 10);
    CHECK(nfvs_lc_load(UINT32_MAX, UINT32_MAX) == 258ULL * UINT32_MAX);
}

TEST_CASE("load: comparison is exact for all loads and weights", "[core][wlc]")
{
    using Wide = unsigned __int128;
    Random random;
    for (int run = 0; run < 200000; run++) {
        auto load_a = random.any_magnitude();
        auto load_b = random.one_in(4) ? load_a : random.any_magnitude();
        const auto weight_a = static_cast<std::int32_t>(random.any_magnitude(31));
        const auto weight_b =
            random.one_in(4) ? weight_a : static_cast<std::int32_t>(random.any_magnitude(31));
        if (random.one_in(3)) {
            /* Nearly equal quotients are where rounding would show. */
            const auto common = random.any_magnitude(30);
            load_a = common * static_cast<std::uint64_t>(weight_a) + random.between(0, 1);
            load_b = common * static_cast<std::uint64_t>(weight_b) + random.between(0, 1);
        }
        bool want = false;
        if (weight_a > 0)
            want = weight_b <= 0 || Wide(load_a) * Wide(weight_b) < Wide(load_b) * Wide(weight_a);
        INFO(load_a << "/" << weight_a << " < " << load_b << "/" << weight_b);
        REQUIRE(nfvs_load_less(load_a, weight_a, load_b, weight_b) == want);
    }
}

TEST_CASE("load: a weight of 0 or below is an infinite load", "[core][wlc]")
{
    CHECK_FALSE(nfvs_load_less(0, 0, 100, 1));
    CHECK_FALSE(nfvs_load_less(0, 0, 0, 0));
    CHECK_FALSE(nfvs_load_less(0, -5, 100, 0));
    CHECK(nfvs_load_less(UINT64_MAX, 1, 0, 0));
    CHECK(nfvs_load_less(UINT64_MAX, 1, 0, -1));
    CHECK_FALSE(nfvs_load_less(7, 3, 7, 3));
}

TEST_CASE("least: matches played again find who a search of all finds", "[core][lc]")
{
    Random random;
    for (int run = 0; run < 2000; run++) {
        const auto leaves = 1U << random.between(0U, 6U);
        std::vector<nfvs_load> all(leaves);
        const auto change = [&random](nfvs_load &one) {
            one.load = random.one_in(9) ? random.any_magnitude(40) : random.between(0U, 5U);
            one.weight = random.one_in(3) ? 0 : random.between(1, 3);
        };
        const auto search = [&all] {
            std::size_t least = 0;
            for (std::size_t i = 1; i < all.size(); i++)
                if (nfvs_load_beats(&all[i], &all[least]))
                    least = i;
            return least;
        };
        for (auto &one : all)
            if (random.one_in(2))
                change(one);
        nfvs_least least;
        nfvs_least_play(&least, all.data(), leaves);
        REQUIRE(nfvs_least_winner(&least) == search());

        for (int step = 0; step < 100; step++) {
            const auto server = random.between(0U, leaves - 1);
            change(all[server]);
            nfvs_least_replay(&least, all.data(), server);
            const auto want = search();
            INFO(leaves << " servers, " << server << " changed");
            REQUIRE(nfvs_least_winner(&least) == want);
        }
    }
}

TEST_CASE("least: comparison is that of loads, also where products are wide", "[core][wlc]")
{
    Random random;
    for (int run = 0; run < 100000; run++) {
        const nfvs_load a = {random.any_magnitude(), random.between(-1, 1) * 7};
        const nfvs_load b = {random.one_in(4) ? a.load : random.any_magnitude(),
                             static_cast<std::int32_t>(random.any_magnitude(31))};
        REQUIRE(nfvs_load_beats(&a, &b) == nfvs_load_less(a.load, a.weight, b.load, b.weight));
        REQUIRE(nfvs_load_beats(&b, &a) == nfvs_load_less(b.load, b.weight, a.load, a.weight));
    }
}
