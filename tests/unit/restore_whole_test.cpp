// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Commands from standard input where the kernel has transactions.
 */
#include "fake_nfvs.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

const std::string rules = "-A -t 10.0.0.1:80 -s rr\n"
                          "# a comment\n"
                          "\n"
                          "ipvsadm -a -t 10.0.0.1:80 -r 10.0.0.2 -m\n";

} // namespace

TEST_CASE("lines about the table are one transaction", "[restore]")
{
    NfvsState state;
    auto outcome = run_with_nfvs(state, "ipvsctl -R", rules);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(state.commits == std::vector<std::size_t>{2});
    CHECK(state.other_changes == 0);
    outcome = run_with_nfvs(state, "ipvsctl -R",
                            "-C\n-A -f 7\n-E -f 7 -s rr\n-a -f 7 -r 10.0.0.1:80\n"
                            "-e -f 7 -r 10.0.0.1:80 -w 3\n-a -f 7 -r 10.0.0.2:80\n"
                            "-d -f 7 -r 10.0.0.2:80\n-A -f 8\n-D -f 8");
    CHECK(outcome.err.empty());
    CHECK(state.commits == std::vector<std::size_t>{2, 9});
    CHECK(run_with_nfvs(state, "ipvsctl -Sn").out ==
          "-A -f 7 -s rr\n-a -f 7 -r 10.0.0.1:80 -g -w 3\n");
}

TEST_CASE("nothing happens if any line is wrong", "[restore]")
{
    NfvsState state;
    auto outcome = run_with_nfvs(state, "ipvsctl -R", rules + "-A -t 10.0.0.1:80\n-C\n");
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "line 5: Service already exists\n");
    outcome = run_with_nfvs(state, "ipvsctl -R", rules + "-A -t 10.0.0.3:80 -s nosuch\n");
    CHECK(outcome.err == "line 5: Scheduler or persistence engine not found: no such scheduler "
                         "(service.sched-name)\n");
    outcome = run_with_nfvs(state, "ipvsctl -R", rules + "-A -t 10.0.0.3:80 -w 1\n");
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "line 5: Illegal 'weight' option with the 'add-service' command\n");
    outcome = run_with_nfvs(state, "ipvsctl -R", rules + "-A --nosuch\n-Q");
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "line 5: --nosuch: unknown option\n");
    outcome = run_with_nfvs(state, "ipvsctl -R", rules + "nosuch\n");
    CHECK(outcome.status == 255);
    for (const char *line : {"-R", "apply -", "diff -", "save"}) {
        outcome = run_with_nfvs(state, "ipvsctl -R", rules + "--set 1 2 3\n" + line);
        CHECK(outcome.status == 255);
        CHECK(outcome.err.starts_with("line 6: Try `ipvsctl -h'"));
    }
    CHECK(state.table.empty());
    CHECK(state.commits.empty());
    CHECK(state.other_changes == 0);
}

TEST_CASE("what is not about the table comes after it", "[restore]")
{
    NfvsState state;
    auto outcome = run_with_nfvs(state, "ipvsctl -R", "--set 1 2 3\n-L -n\n-Z\n" + rules + "-v\n");
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out.find("10.0.0.2:80") != std::string::npos);
    CHECK(state.commits == std::vector<std::size_t>{2});
    CHECK(state.other_changes == 2);
    outcome = run_with_nfvs(state, "ipvsctl -R", "-L -n -t 10.0.0.9:80\n--set 1 2 3\n");
    CHECK(outcome.status == 1);
    CHECK(outcome.err == "line 1: No such service\n");
    CHECK(state.commits.size() == 1);
    CHECK(state.other_changes == 3);
}

TEST_CASE("called as ipvsadm it goes line by line all the same", "[restore]")
{
    NfvsState state;
    const auto outcome = run_with_nfvs(state, "ipvsadm -R",
                                       "-A -t 10.0.0.1:80\n-A -t 10.0.0.1:80\n-A -t 10.0.0.2:80\n"
                                       "-A -t 10.0.0.1:80\n");
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "Service already exists\nService already exists\n");
    CHECK(state.commits.empty());
    CHECK(state.table.size() == 2);
    CHECK(state.other_changes == 4);
}

TEST_CASE("an empty restore does nothing", "[restore]")
{
    NfvsState state;
    CHECK(run_with_nfvs(state, "ipvsctl -R", "\n# nothing\n").status == 0);
    CHECK(state.commits.empty());
}
