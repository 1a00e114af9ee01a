// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Taking a command line apart, for every command and option by each of its names.
 */
#include "tool/options.hpp"

#include "tool/option_table.hpp"

#include "tool_support.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::tool;

namespace {

Result<RawOptions> read(std::vector<std::string> words, Voice voice = Voice::ipvsctl)
{
    words.insert(words.begin(), "ipvsctl");
    return read_options(words, voice);
}

} // namespace

TEST_CASE("every command by each of its names", "[options]")
{
    for (const CommandSpec &spec : command_specs) {
        CHECK(read({std::string("--") + spec.long_name, "master"})->command == spec.id);
        if (spec.short_name != '\0') {
            CHECK(read({std::string("-") + spec.short_name})->command == spec.id);
        }
    }
    for (const VerbSpec &spec : verb_specs) {
        std::vector<std::string> words{std::string(spec.word)};
        if (!spec.second.empty()) {
            words.emplace_back(spec.second);
        }
        CHECK(read(words)->command == spec.id);
        CHECK_FALSE(read(words, Voice::ipvsadm));
    }
}

TEST_CASE("every option by each of its names", "[options]")
{
    for (const OptionSpec &spec : option_specs) {
        std::vector<std::string> spellings{std::string("--") + spec.long_name};
        if (spec.short_name != '\0') {
            spellings.push_back(std::string("-") + spec.short_name);
        }
        for (const auto &spelling : spellings) {
            CAPTURE(spelling);
            const auto raw = read({"-L", spelling, "value"});
            REQUIRE(raw);
            REQUIRE_FALSE(raw->problem);
            REQUIRE(raw->options.size() == 1);
            CHECK(raw->options[0].id == spec.id);
            const bool takes_value = spec.argument != Argument::none;
            CHECK(raw->options[0].value.has_value() == takes_value);
            CHECK(raw->arguments.size() == (takes_value ? 0 : 1));
        }
    }
}

TEST_CASE("a required value that is missing is a problem, an optional one is not", "[options]")
{
    for (const OptionSpec &spec : option_specs) {
        CAPTURE(spec.long_name);
        const auto raw = read({"-L", std::string("--") + spec.long_name});
        REQUIRE(raw);
        CHECK(raw->problem.has_value() == (spec.argument == Argument::required));
    }
    const auto raw = read({"-A", "-p", "-n"});
    REQUIRE(raw->options.size() == 2);
    CHECK_FALSE(raw->options[0].value);
}

TEST_CASE("the line begins with a command", "[options]")
{
    for (const char *first :
         {"-n", "--stats", "word", "-Q", "--nonsense", "-c", "--start-daemon"}) {
        CAPTURE(first);
        const auto raw = read({first}, Voice::ipvsadm);
        REQUIRE_FALSE(raw);
        CHECK(raw.error().domain == Domain::parse);
        CHECK(raw.error().message == "Try `ipvsctl -h' or 'ipvsctl --help' for more information.");
    }
    CHECK(read({})->command == CommandId::list);
    CHECK(read({})->options.empty());
}

TEST_CASE("problems keep what came before them", "[options]")
{
    const auto unknown = read({"-L", "-n", "--nonsense", "--stats"});
    REQUIRE(unknown->problem);
    CHECK(unknown->problem->kind == RawProblem::Kind::unreadable);
    CHECK(unknown->problem->word == "--nonsense");
    CHECK(unknown->problem->reason == "unknown option");
    CHECK(unknown->options.size() == 1);

    const auto second = read({"-A", "-n", "--delete-service"});
    REQUIRE(second->problem);
    CHECK(second->problem->kind == RawProblem::Kind::another_command);
    CHECK(second->problem->word == "--delete-service");
    CHECK(second->options.size() == 1);
}

TEST_CASE("help and version end the reading", "[options]")
{
    CHECK_FALSE(read({"-h", "--nonsense"})->problem);
    CHECK_FALSE(read({"-v", "-A", "-t"}, Voice::ipvsadm)->problem);
    CHECK(read({"-v", "-A"})->problem);
}

TEST_CASE("values may be attached and arguments come in any place", "[options]")
{
    const auto raw = read({"--set", "1", "--weight=5", "2", "-p30", "3"});
    REQUIRE(raw->options.size() == 2);
    CHECK(raw->options[0].value == "5");
    CHECK(raw->options[1].value == "30");
    CHECK(raw->arguments == std::vector<std::string>{"1", "2", "3"});
}
