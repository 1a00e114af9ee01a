// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Help, guesses, completion, and the commands on connections.
 */
#include "tool_support.hpp"

#include "tool/command_table.hpp"
#include "tool/nearest.hpp"
#include "tool/option_table.hpp"
#include "tool/rules.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace ipvsctl::tool;

namespace {

Outcome run(std::vector<std::string> words, FakeState &state)
{
    words.insert(words.begin(), "ipvsctl");
    FakeNames names;
    return run_tool(words, state, names);
}

Outcome run(std::vector<std::string> words)
{
    FakeState state;
    return run(std::move(words), state);
}

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("letters wrong, missing, too many, swapped", "[help]")
{
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("weight", "weight") == 0);
    CHECK(edit_distance("weihgt", "weight") == 1);
    CHECK(edit_distance("weigt", "weight") == 1);
    CHECK(edit_distance("weeight", "weight") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("an unknown word is answered with the nearest known one", "[help]")
{
    CHECK(nearest_option("--schedular") == "--scheduler");
    CHECK(nearest_option("--weihgt=3") == "--weight");
    CHECK(nearest_option("--xyzzy").empty());
    CHECK(nearest_command("statz") == "stats");
    CHECK(nearest_command("--add-servise") == "--add-service");
    CHECK(nearest_command("conn lst") == "conn list");
    CHECK(nearest_command("conn") == "conn list");
    CHECK(nearest_command("hlep") == "help");
    CHECK(nearest_command("q").empty());
    CHECK(run({"statz"}).err == "no such command: statz; did you mean stats?\n"
                                "Try `ipvsctl -h' or 'ipvsctl --help' for more information.\n");
    CHECK(run({"statz"}).status == 255);
    CHECK(run({"-A", "--schedular", "rr"}).err ==
          "--schedular: unknown option; did you mean --scheduler?\n");
    CHECK(run({"-A", "-t"}).err == "-t: missing argument\n");
    CHECK(run({"help", "ad-server"}).err ==
          "no such command: ad-server; did you mean --add-server?\n");
}

TEST_CASE("as ipvsadm it does not guess, and has none of the other words", "[help]")
{
    FakeState state;
    FakeNames names;
    const std::string try_help = "Try `ipvsadm -h' or 'ipvsadm --help' for more information.\n";
    for (const char *word : {"stats", "conn", "help", "completion", "statz", "--client"}) {
        CHECK(run_tool({"ipvsadm", word}, state, names).err == try_help);
    }
    CHECK(run_tool({"ipvsadm", "-L", "--state", "X"}, state, names).err ==
          "--state: unknown option\n");
    const auto help = run_tool({"ipvsadm", "-h"}, state, names);
    CHECK_FALSE(contains(help.out, "--client"));
    CHECK_FALSE(contains(help.out, "conn list"));
    CHECK_FALSE(contains(help.out, "did you mean"));
    CHECK(contains(help.out, "--mcast-ttl"));
}

TEST_CASE("help on each command shows its options, its example, and nothing else", "[help]")
{
    for (const CommandHelp &command : command_help) {
        std::string name(command_names[index(command.id)]);
        if (command.id == CommandId::clear) {
            name = "clear";
        } else if (command.id == CommandId::save) {
            name = "--save"; // save is another one
        }
        CAPTURE(name);
        const auto help = run(split_words("help " + name));
        REQUIRE(help.status == 0);
        CHECK(contains(help.out, std::string(command.help)));
        CHECK(help.out.ends_with("Example:\n    ipvsctl " + std::string(command.example) + "\n"));
        for (const OptionSpec &spec : option_specs) {
            if (spec.group == Group::unchecked || spec.group == Group::service) {
                continue;
            }
            const bool taken = presence(command.id, spec.group) != Presence::forbidden;
            CAPTURE(spec.long_name);
            // The name ends there: others begin with it.
            const std::string row = std::string("\n  --") + spec.long_name;
            const bool shown = contains(help.out, row + ",") || contains(help.out, row + " ");
            CHECK(shown == taken);
        }
    }
    CHECK(run({"help", "-a"}).out == run({"help", "add-server"}).out);
    CHECK(run({"help", "--add-server"}).out == run({"help", "add-server"}).out);
}

TEST_CASE("every example is a command line that can be understood", "[help]")
{
    for (const CommandHelp &command : command_help) {
        std::string line(command.example);
        line = line.substr(0, line.find_first_of("<>"));
        FakeState state;
        state.input = "\n";
        const auto outcome = run(split_words(line), state);
        CAPTURE(line, outcome.err);
        CHECK(outcome.status == 0);
    }
}

TEST_CASE("completion knows every command, option and choice", "[help]")
{
    const auto script = run({"completion"}).out;
    CHECK(contains(script, "complete -F _ipvsctl ipvsctl\n"));
    CHECK(contains(script, "compopt -o filenames"));
    for (const OptionSpec &spec : option_specs) {
        CAPTURE(spec.long_name);
        CHECK(contains(script, std::string("--") + spec.long_name));
        CHECK(contains(script, std::string(choices_of(spec.id))));
    }
    for (const CommandSpec &spec : command_specs) {
        CHECK(contains(script, std::string("--") + spec.long_name));
    }
}

TEST_CASE("connections are chosen by what they are like", "[conn]")
{
    FakeState state;
    CHECK(run(split_words("conn list -n -t 10.0.0.1:80 --client 192.0.2.0/24 -r "
                          "[2001:db8::/32]:8080 --state ESTABLISHED"),
              state)
              .status == 0);
    ConnectionFilter expected;
    expected.protocol = std::uint16_t{6};
    expected.virtual_server = {Prefix::host(Address::v4(0x0a000001)), std::uint16_t{80}};
    expected.client = {Prefix{Address::v4(0xc0000200), 24}, {}};
    expected.real_server = {Prefix{Address::parse("2001:db8::").value(), 32}, std::uint16_t{8080}};
    expected.state = "ESTABLISHED";
    CHECK(state.last_filter == expected);
    CHECK(run(split_words("conn flush --protocol UDP"), state).out == "0 connections ended\n");
    CHECK(state.last_filter.protocol == std::uint16_t{17});
    CHECK(run(split_words("conn flush -u 2001:db8::/64"), state).status == 0);
    CHECK(state.last_filter.virtual_server.address ==
          Prefix{Address::parse("2001:db8::").value(), 64});
    CHECK(run({"-L", "-c"}, state).status == 0);
    CHECK(state.last_filter == ConnectionFilter{});
}

TEST_CASE("connections that cannot be meant", "[conn]")
{
    CHECK(run(split_words("conn list -f 7")).err ==
          "connections are not chosen by firewall mark\n");
    CHECK(run(split_words("conn list --client 10.0.0.0/33")).err ==
          "illegal client address[/bits][:port] specified\n");
    CHECK(run(split_words("conn list -r 10.0.0.0/x")).err ==
          "illegal real server address[/bits][:port] specified\n");
    CHECK(run(split_words("conn list --protocol gre")).err == "illegal protocol `gre' specified\n");
    for (const std::string line : {"conn flush -6", "conn list --ipv6 -t [2001:db8::1]:80"}) {
        CHECK(run(split_words(line)).err ==
              "connections are not chosen by firewall mark, which is what -6 is of\n");
    }
    for (const std::string line :
         {"conn flush -t 10.0.0.1:80 --protocol udp", "conn flush --protocol udp -t 10.0.0.1:80"}) {
        CHECK(run(split_words(line)).err ==
              "the service has another protocol than the one specified\n");
    }
    CHECK(run(split_words("conn flush --protocol tcp -t 10.0.0.1:80")).status == 0);
    CHECK(run(split_words("conn list -s rr")).err ==
          "Illegal 'scheduler' option with the 'conn list' command\n");
    CHECK(run(split_words("conn lst"))
              .err.starts_with("no such command: conn lst; did you mean conn list?\n"));
}

TEST_CASE("ended connections are counted", "[conn]")
{
    FakeState state;
    Connection connection;
    connection.protocol = 6;
    connection.state = "ESTABLISHED";
    state.connections = {connection};
    CHECK(run(split_words("conn flush"), state).out == "1 connection ended\n");
    CHECK(state.connections.empty());
}

TEST_CASE("counters are asked for only where they are shown", "[list]")
{
    FakeState state;
    run({"-L", "-n"}, state);
    CHECK_FALSE(state.last_query.statistics);
    run({"-L", "-n", "--rate"}, state);
    CHECK(state.last_query.statistics);
}
