// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The timing wheel against a model that knows absolute time: entries with deadlines, a clock that
 * wraps, and a worker that is sometimes late.
 */
#include <catch2/catch.hpp>

#include <climits>
#include <cstdint>
#include <vector>

#include "core_test.hpp"

namespace {

struct Entry {
    std::int64_t deadline;
    std::int64_t expired_at = -1;
};

/* Absolute time t is start + t on the wheel's clock. */
class Simulation {
public:
    Simulation(unsigned long start, unsigned long hz, std::uint32_t slots) : start_(start)
    {
        nfvs_wheel_init(&wheel_, start, hz, slots);
        slots_.resize(wheel_.slots);
    }

    void add(std::int64_t deadline)
    {
        entries_.push_back({deadline});
        file(entries_.size() - 1);
    }

    void run_worker(std::int64_t now)
    {
        while (nfvs_wheel_due(&wheel_, clock(now))) {
            std::vector<std::size_t> slot;
            slot.swap(slots_.at(nfvs_wheel_advance(&wheel_)));
            for (const auto index : slot) {
                if (nfvs_wheel_expired(clock(entries_[index].deadline), clock(now)))
                    entries_[index].expired_at = now;
                else
                    file(index);
            }
        }
    }

    const std::vector<Entry> &entries() const { return entries_; }

private:
    unsigned long clock(std::int64_t time) const
    {
        return start_ + static_cast<unsigned long>(time);
    }

    void file(std::size_t index)
    {
        const auto slot = nfvs_wheel_slot(&wheel_, clock(entries_[index].deadline));
        if (slot == wheel_.cursor)
            filed_under_cursor = true;
        slots_.at(slot).push_back(index);
    }

    unsigned long start_;
    nfvs_wheel wheel_;
    std::vector<std::vector<std::size_t>> slots_;
    std::vector<Entry> entries_;

public:
    bool filed_under_cursor = false;
};

} // namespace

TEST_CASE("wheel: deadlines round up to a tick and stop at the last slot", "[core][wheel]")
{
    nfvs_wheel wheel;
    nfvs_wheel_init(&wheel, 1000, 100, 8);
    CHECK(nfvs_wheel_slot(&wheel, 900) == 1);
    CHECK(nfvs_wheel_slot(&wheel, 1000) == 1);
    CHECK(nfvs_wheel_slot(&wheel, 1001) == 1);
    CHECK(nfvs_wheel_slot(&wheel, 1100) == 1);
    CHECK(nfvs_wheel_slot(&wheel, 1101) == 2);
    CHECK(nfvs_wheel_slot(&wheel, 1700) == 7);
    CHECK(nfvs_wheel_slot(&wheel, 1701) == 7);
    CHECK(nfvs_wheel_slot(&wheel, 1000UL + LONG_MAX) == 7);
    CHECK(nfvs_wheel_slot(&wheel, 1000UL + LONG_MAX + 1) == 1);

    for (int i = 0; i < 6; i++)
        nfvs_wheel_advance(&wheel);
    CHECK(wheel.base == 1600);
    CHECK(nfvs_wheel_slot(&wheel, 1650) == 7);
    CHECK(nfvs_wheel_slot(&wheel, 1750) == 0);
    CHECK(nfvs_wheel_slot(&wheel, 9999) == 5);
}

TEST_CASE("wheel: a tick is due when it has come, not before", "[core][wheel]")
{
    nfvs_wheel wheel;
    nfvs_wheel_init(&wheel, ULONG_MAX - 49, 100, 4);
    CHECK_FALSE(nfvs_wheel_due(&wheel, ULONG_MAX - 60));
    CHECK_FALSE(nfvs_wheel_due(&wheel, ULONG_MAX - 49));
    CHECK_FALSE(nfvs_wheel_due(&wheel, 49));
    CHECK(nfvs_wheel_due(&wheel, 50));
    CHECK(nfvs_wheel_advance(&wheel) == 1);
    CHECK(wheel.base == 50);
    CHECK_FALSE(nfvs_wheel_due(&wheel, 149));
    CHECK(nfvs_wheel_due(&wheel, 1050));
}

TEST_CASE("wheel: degenerate sizes are made workable", "[core][wheel]")
{
    nfvs_wheel wheel;
    nfvs_wheel_init(&wheel, 0, 0, 0);
    CHECK(wheel.hz == 1);
    CHECK(wheel.slots == 2);
    CHECK(nfvs_wheel_slot(&wheel, 100) == 1);
    CHECK(nfvs_wheel_advance(&wheel) == 1);
    CHECK(nfvs_wheel_advance(&wheel) == 0);

    nfvs_wheel_init(&wheel, 0, 1, UINT32_MAX);
    wheel.cursor = UINT32_MAX - 1;
    CHECK(nfvs_wheel_slot(&wheel, 1) == 0);
    CHECK(nfvs_wheel_slot(&wheel, LONG_MAX) == UINT32_MAX - 2);
}

TEST_CASE("wheel: expired is at the deadline and after, across the wrap", "[core][wheel]")
{
    CHECK(nfvs_wheel_expired(10, 10));
    CHECK(nfvs_wheel_expired(10, 11));
    CHECK_FALSE(nfvs_wheel_expired(10, 9));
    CHECK(nfvs_wheel_expired(ULONG_MAX, 0));
    CHECK_FALSE(nfvs_wheel_expired(0, ULONG_MAX));
}

TEST_CASE("wheel: with a worker that is late nothing expires early and nothing is lost",
          "[core][wheel]")
{
    Random random;
    for (int run = 0; run < 300; run++) {
        const auto hz = random.between(1UL, 300UL);
        const auto slots = random.between(0U, 70U);
        const auto start = random.one_in(2) ? ULONG_MAX - random.between(0UL, 20 * hz)
                                            : random.between(0UL, ULONG_MAX);
        Simulation simulation(start, hz, slots);
        const auto tick = static_cast<std::int64_t>(hz);
        std::int64_t now = 0;

        for (int i = 0; i < 400; i++) {
            if (i < 300)
                simulation.add(now + random.between<std::int64_t>(-2 * tick, 150 * tick));
            const auto gap = random.between<std::int64_t>(0, random.one_in(10) ? 3 * tick : tick);
            now += gap;
            simulation.run_worker(now);
        }
        for (int i = 0; i < 160; i++)
            simulation.run_worker(now += tick);

        REQUIRE_FALSE(simulation.filed_under_cursor);
        for (const auto &entry : simulation.entries()) {
            INFO("hz " << hz << " slots " << slots << " deadline " << entry.deadline);
            REQUIRE(entry.expired_at >= 0);
            REQUIRE(entry.expired_at >= entry.deadline);
        }
    }
}

TEST_CASE("wheel: a punctual worker is late by less than a tick", "[core][wheel]")
{
    Random random;
    for (int run = 0; run < 200; run++) {
        const auto hz = random.between(1UL, 50UL);
        const auto tick = static_cast<std::int64_t>(hz);
        Simulation simulation(random.between(0UL, ULONG_MAX), hz, random.between(0U, 40U));
        for (int i = 0; i < 200; i++)
            simulation.add(random.between<std::int64_t>(1, 100 * tick));
        for (std::int64_t now = 0; now <= 101 * tick; now++)
            simulation.run_worker(now);
        for (const auto &entry : simulation.entries()) {
            INFO("hz " << hz << " deadline " << entry.deadline << " at " << entry.expired_at);
            REQUIRE(entry.expired_at >= entry.deadline);
            REQUIRE(entry.expired_at < entry.deadline + tick);
        }
    }
}
