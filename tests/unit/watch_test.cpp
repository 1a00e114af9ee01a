// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Listings and counters that are shown again and again.
 */
#include "tool_support.hpp"

#include "tool/clock.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <csignal>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace std::chrono_literals;

namespace {

Outcome run(const std::string &line, FakeState &state)
{
    FakeNames names;
    return run_tool(split_words("ipvsctl " + line), state, names);
}

} // namespace

TEST_CASE("counters come with how much they grew in a second", "[watch]")
{
    FakeState state;
    state.counters = {{"drop_no_dest", 10}, {"rst", 18446744073709551000U}};
    int rounds = 0;
    state.on_wait = [&] {
        state.counters[0].value += 3;
        return ++rounds < 2;
    };
    const auto outcome = run("stats --watch=5", state);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "drop_no_dest 10\n"
                         "rst          18446744073709551000\n"
                         "\n"
                         "drop_no_dest 13                   2.0/s\n"
                         "rst          18446744073709551000 0.0/s\n");
    CHECK(state.waits == std::vector{5s, 5s});
}

TEST_CASE("a terminal is cleared each time", "[watch]")
{
    FakeState state;
    state.terminal = true;
    state.counters = {{"rst", 0}};
    int rounds = 0;
    state.on_wait = [&] { return ++rounds < 2; };
    CHECK(run("stats --watch", state).out == "\x1b[H\x1b[2Jrst 0\n"
                                             "\x1b[H\x1b[2Jrst 0                    0.0/s\n");
    CHECK(state.waits == std::vector{1s, 1s});
    CHECK(run("stats", state).out == "rst 0\n");
}

TEST_CASE("JSON has a line each time, and rates as numbers", "[watch]")
{
    FakeState state;
    state.terminal = true;
    state.counters = {{"rst", 7}};
    int rounds = 0;
    state.on_wait = [&] {
        state.counters[0].value += 1000000;
        return ++rounds < 2;
    };
    CHECK(run("stats --watch --json", state).out ==
          "{\"kind\":\"counters\",\"format\":1,\"counters\":{\"rst\":7}}\n"
          "{\"kind\":\"counters\",\"format\":1,\"counters\":{\"rst\":1000007},"
          "\"rates\":{\"rst\":666666.6666666666}}\n");
}

TEST_CASE("counters that began again did not grow", "[watch]")
{
    FakeState state;
    state.counters = {{"rst", 7}};
    int rounds = 0;
    state.on_wait = [&] {
        state.counters = {{"rst", 1}, {"new", 5}};
        return ++rounds < 2;
    };
    CHECK(run("stats --watch", state).out == "rst 7\n"
                                             "\n"
                                             "rst 1                    0.0/s\n"
                                             "new 5                    0.0/s\n");
}

TEST_CASE("the table and connections are shown again", "[watch]")
{
    FakeState state;
    int rounds = 0;
    state.on_wait = [&] { return ++rounds < 3; };
    const std::string table = run("-L -n --stats", state).out;
    CHECK(run("-L -n --stats --watch 2", state).out == table + '\n' + table + '\n' + table);
    CHECK(state.waits == std::vector{2s, 2s, 2s});
    rounds = 1;
    const std::string connections = run("-L -c -n", state).out;
    CHECK(run("conn list -n --watch", state).out == connections + '\n' + connections);
}

TEST_CASE("what fails ends it", "[watch]")
{
    FakeState state;
    state.counters = {{"rst", 0}};
    state.on_wait = [&] {
        state.error = kernel_error(ENOMEM);
        return true;
    };
    const auto outcome = run("stats --watch", state);
    CHECK(outcome.status == 1);
    CHECK(outcome.out == "rst 0\n\n");
    CHECK(outcome.err == "Memory allocation problem\n");
}

TEST_CASE("what cannot be watched", "[watch]")
{
    FakeState state;
    CHECK(run("stats --watch=0", state).err == "invalid interval `0' specified\n");
    CHECK(run("stats --watch=x", state).err == "invalid interval `x' specified\n");
    CHECK(run("stats --watch=86401", state).status == 2);
    CHECK(run("-L --timeout --watch", state).err == "options conflicts in the list command\n");
    CHECK(run("-C --watch", state).err == "Illegal 'watch' option with the 'flush' command\n");
    CHECK(state.waits.empty());
}

TEST_CASE("the system's clock waits, and ends by SIGINT", "[watch]")
{
    tool::SystemClock clock;
    const auto start = clock.now();
    CHECK(clock.wait(0s)); // blocks the signal
    std::raise(SIGINT);
    CHECK_FALSE(clock.wait(600s));
    CHECK(clock.now() - start < 60s);
}
