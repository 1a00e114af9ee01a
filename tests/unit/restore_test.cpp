// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Commands from standard input: their order, their messages, their status; and the names that the
 * program can be called by.
 */
#include "tool_support.hpp"

#include "tool/option_table.hpp"
#include "tool/options.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace ipvsctl::tool;

namespace {

using Calls = std::vector<std::string>;

Outcome restore(const std::string &input, FakeState &state, const std::string &line = "ipvsctl -R")
{
    state.input = input;
    FakeNames names;
    return run_tool(split_words(line), state, names);
}

} // namespace

TEST_CASE("each line is a command", "[restore]")
{
    FakeState state;
    const auto outcome = restore("-A -t 10.0.0.1:80 -s rr\n"
                                 "\n"
                                 "  -a -t 10.0.0.1:80\t-r 10.0.0.2 -m -w 7 -x 9 -y 8 \r\n"
                                 "# a comment\n"
                                 "ipvsadm -e -t 10.0.0.1:80 -r 10.0.0.2 -m\n"
                                 "ipvsctl -Z -t 10.0.0.1:80\n"
                                 "--set 1 2 3\n"
                                 "-At10.0.0.3:80 -swrr", // and no end of line
                                 state);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(state.calls == Calls{"add_service", "add_destination", "edit_destination", "zero",
                               "set_timeouts", "add_service"});
    CHECK(state.last_service.scheduler == "wrr");
    CHECK(state.last_timeouts == Timeouts{1, 2, 3});
}

TEST_CASE("nothing to do is done", "[restore]")
{
    FakeState state;
    CHECK(restore("", state).status == 0);
    CHECK(restore("\n  \n#\n", state).status == 0);
    CHECK(state.calls.empty());
}

TEST_CASE("it does not matter in which pieces the input comes", "[restore]")
{
    FakeState state;
    state.input_chunk = 3;
    CHECK(restore("-A -t 10.0.0.1:80 -s rr\n-D -t 10.0.0.1:80", state).status == 0);
    CHECK(state.calls == Calls{"add_service", "delete_service"});
}

TEST_CASE("changes at hand go together, and before the next input is waited for", "[restore]")
{
    FakeState state;
    CHECK(restore("-C\n-C\n-C\n", state).status == 0);
    CHECK(state.settled == 1);
    state.settled = 0;
    state.input_chunk = 3;
    CHECK(restore("-C\n-C\n-C\n", state).status == 0);
    CHECK(state.settled == 3);
}

TEST_CASE("what the kernel refuses is named, and the rest goes on", "[restore]")
{
    FakeState state;
    state.call_errors[1] = kernel_error(EEXIST);
    state.call_errors[3] = kernel_error(ESRCH);
    const std::string lines = "-A -t 10.0.0.1:80\n-C\n-a -t 10.0.0.2:80 -r 10.0.0.3\n-C\n";
    const auto outcome = restore(lines, state);
    CHECK(outcome.status == 0); // of the last line
    CHECK(outcome.err == "line 1: Service already exists\nline 3: Service not defined\n");
    CHECK(state.calls.size() == 4);

    state.calls.clear();
    CHECK(restore(lines, state, "ipvsadm -R").err ==
          "Service already exists\nService not defined\n");
    state.calls.clear();
    state.call_errors[4] = kernel_error(ENOMEM);
    CHECK(restore(lines, state).status == 255);
    // What is no command does not come after it.
    for (const std::size_t chunk : {1UL, 1000UL}) {
        state.input_chunk = chunk;
        state.calls.clear();
        CHECK(restore(lines + "\n  \n# the end\nipvsctl\n", state).status == 255);
    }
}

TEST_CASE("a line that makes no sense ends it, after what came before", "[restore]")
{
    FakeState state;
    state.call_errors[1] = kernel_error(EEXIST);
    const auto outcome = restore("-A -t 10.0.0.1:80\n-A -t 10.0.0.1:80 -w x\n-C\n", state);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "line 1: Service already exists\nline 2: illegal weight specified\n");
    CHECK(state.calls == Calls{"add_service"});
}

TEST_CASE("a line that cannot be read does not end it, one without a command does", "[restore]")
{
    FakeState state;
    auto outcome = restore("-C --nonsense\n-C\n", state);
    CHECK(outcome.status == 0);
    CHECK(outcome.err == "line 1: --nonsense: unknown option\n");
    CHECK(state.calls == Calls{"flush"});
    outcome = restore("-C --nonsense\n", state);
    CHECK(outcome.status == 255);
    state.calls.clear();
    outcome = restore("-n\n-C\n", state, "ipvsadm -R");
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "Try `ipvsadm -h' or 'ipvsadm --help' for more information.\n");
    CHECK(state.calls.empty());
    outcome = restore("-R\n-C\n", state);
    CHECK(outcome.status == 255);
    CHECK(state.calls.empty());
}

TEST_CASE("listings come in their place", "[restore]")
{
    FakeState state;
    auto outcome = restore("-C\n-L --timeout\n-C\n", state);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "Timeout (tcp tcpfin udp): 900 120 300\n");
    CHECK(state.settled == 2);
    outcome = restore("-L -c -n\n-L -t 10.0.0.9:80\n-C\n", state);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.starts_with("IPVS connection entries\n"));
    CHECK(outcome.err == "line 2: No such service\n");
    outcome = restore("-v\n-C\n", state);
    CHECK(outcome.status == 0);
    CHECK(outcome.out.starts_with("ipvsctl v"));
}

TEST_CASE("ipvsadm-save and ipvsadm-restore", "[restore]")
{
    FakeState state;
    Service service;
    service.key = AddressServiceKey{Protocol::tcp, Endpoint::parse("10.0.0.1:80").value()};
    service.config.scheduler = "rr";
    state.services = {{service, {}}};
    CHECK(restore("", state, "/sbin/ipvsadm-save -n").out == "-A -t 10.0.0.1:80 -s rr\n");
    CHECK(restore("", state, "ipvsadm-save extra").out == "-A -t 10.0.0.1:80 -s rr\n");
    const auto help = restore("", state, "/sbin/ipvsadm-save -x");
    CHECK(help.status == 1);
    CHECK(help.err == "ipvsadm-save: Script to save the IPVS table to stdout.\n"
                      "   With the -n option, prints out the table in numeric format.\n");

    state.input_chunk = 5;
    const auto outcome =
        restore("# rules\n-A -t 10.0.0.1:80\n-A -t 10.0.0.2:80 -Q\n", state, "ipvsadm-restore");
    CHECK(state.calls == Calls{"flush", "add_service"});
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "-Q: unknown option\n");
    state.info_error = kernel_error(EPERM);
    CHECK(restore("-C\n", state, "ipvsadm-restore").status == 2);
}

TEST_CASE("the quick reader understands every option as popt does", "[restore]")
{
    for (const Voice voice : {Voice::ipvsctl, Voice::ipvsadm}) {
        for (const OptionSpec &spec : option_specs) {
            std::vector<std::string> spellings{std::string("--") + spec.long_name};
            if (spec.short_name != '\0') {
                spellings.push_back(std::string("-") + spec.short_name);
            }
            for (const auto &spelling : spellings) {
                CAPTURE(spelling);
                const std::vector<std::string> words{"ipvsctl", "-A", spelling, "-5"};
                const auto plain = read_plain_options(words, voice);
                const auto popt = read_options(words, voice);
                const bool known = voice == Voice::ipvsctl || spec.id < first_own_option;
                const bool taken = spec.argument == Argument::required && known;
                REQUIRE(plain.has_value() == taken);
                REQUIRE(popt);
                if (taken) {
                    CHECK(plain->command == popt->command);
                    REQUIRE(plain->options.size() == 1);
                    CHECK(plain->options[0].id == popt->options[0].id);
                    CHECK(plain->options[0].value == popt->options[0].value);
                }
            }
        }
    }
}

TEST_CASE("the quick reader leaves what is not plain to popt", "[restore]")
{
    for (const char *line : {"-An", "-A -t10.0.0.1:80", "-A --weight=3", "-A -p30", "-A extra",
                             "-A -D", "-A -t", "-A -t a!b", "-h", "-v", "-n", "conn list",
                             "--start-daemon master", "-A --nonsense", "-A -"}) {
        CAPTURE(line);
        auto words = split_words(line);
        words.insert(words.begin(), "ipvsctl");
        CHECK_FALSE(read_plain_options(words, Voice::ipvsctl));
    }
    const std::vector<std::string> optional{"ipvsctl", "-A", "-p", "-o", "--persistent", "60"};
    const auto raw = read_plain_options(optional, Voice::ipvsctl);
    REQUIRE(raw);
    REQUIRE(raw->options.size() == 3);
    CHECK_FALSE(raw->options[0].value);
    CHECK(raw->options[2].value == "60");
}
