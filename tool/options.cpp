// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.hpp"

#include "nearest.hpp"
#include "option_table.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <popt.h>

namespace ipvsctl::tool {

namespace {

struct FreeContext {
    void operator()(poptContext context) const noexcept { poptFreeContext(context); }
};
struct FreeString {
    void operator()(char *text) const noexcept { std::free(text); }
};
using ContextPtr = std::unique_ptr<std::remove_pointer_t<poptContext>, FreeContext>;
using StringPtr = std::unique_ptr<char, FreeString>;

// popt reports an option by a positive number: options first, commands after them.
constexpr int first_option = 1;
constexpr int first_command = first_option + static_cast<int>(option_specs.size());
constexpr int end_of_options = -1;

constexpr int arg_info(Argument argument)
{
    switch (argument) {
    case Argument::none:
        break;
    case Argument::required:
        return POPT_ARG_STRING;
    case Argument::optional:
        return POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL;
    }
    return POPT_ARG_NONE;
}

// Commands first, since the rows of our own options come last and ipvsadm stops before them.
constexpr auto popt_table = [] {
    std::array<poptOption, option_specs.size() + command_specs.size() + 1> table{};
    std::size_t row = 0;
    for (const CommandSpec &spec : command_specs) {
        auto &entry = table[row++];
        entry.longName = spec.long_name;
        entry.shortName = spec.short_name;
        entry.argInfo = static_cast<unsigned>(arg_info(spec.argument));
        entry.val = first_command + static_cast<int>(spec.id);
    }
    for (const OptionSpec &spec : option_specs) {
        auto &entry = table[row++];
        entry.longName = spec.long_name;
        entry.shortName = spec.short_name;
        entry.argInfo = static_cast<unsigned>(arg_info(spec.argument));
        entry.val = first_option + static_cast<int>(spec.id);
    }
    return table;
}();

constexpr auto ipvsadm_table = [] {
    auto table = popt_table;
    table[command_specs.size() + static_cast<std::size_t>(first_own_option)] = {};
    return table;
}();

std::optional<CommandId> command_of(int number) noexcept
{
    if (number < first_command) {
        return std::nullopt;
    }
    return static_cast<CommandId>(number - first_command);
}

// How many words a verb at the beginning of a line takes; 0 if there is none.
struct Verb {
    CommandId id = CommandId::list;
    std::size_t words = 0;
};

Verb verb_of(std::span<const std::string> words) noexcept
{
    for (const VerbSpec &spec : verb_specs) {
        if (spec.word != words[0]) {
            continue;
        }
        if (spec.second.empty()) {
            return {spec.id, 1};
        }
        if (words.size() > 1 && spec.second == words[1]) {
            return {spec.id, 2};
        }
    }
    return {};
}

std::string current_word(poptContext context)
{
    const char *word = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    return word ? word : "";
}

// The words after the verb help name a command: "conn list" is two of them.
void read_topic(std::span<const std::string> words, const Verb &verb, RawOptions &raw)
{
    if (verb.words == 0) {
        return;
    }
    for (const auto &word : words) {
        raw.operand += (raw.operand.empty() ? "" : " ") + word;
    }
}

// What was meant for a command: a word, or two where the first is the beginning of a verb.
std::string attempted(std::span<const std::string> words)
{
    const bool begins_verb = std::ranges::any_of(verb_specs, [&](const VerbSpec &spec) {
        return !spec.second.empty() && spec.word == words[0];
    });
    return begins_verb && words.size() > 1 ? words[0] + ' ' + words[1] : words[0];
}

// Where the first word is no command of any kind, that is worth a guess.
Error not_a_command(const std::string &program, const std::string &word, Voice voice)
{
    std::string text = try_help(program);
    if (voice == Voice::ipvsctl) {
        text = "no such command: " + word + did_you_mean(nearest_command(word)) + "\n" + text;
    }
    return parse_error(std::move(text));
}

// Reads what follows the command.
void read_rest(poptContext context, RawOptions &raw)
{
    int number = 0;
    while ((number = poptGetNextOpt(context)) >= 0) {
        if (command_of(number)) {
            raw.problem = {RawProblem::Kind::another_command, current_word(context), {}, false};
            return;
        }
        const StringPtr value(poptGetOptArg(context));
        RawOption option{static_cast<OptionId>(number - first_option), {}};
        if (value) {
            option.value = value.get();
        }
        raw.options.push_back(std::move(option));
    }
    if (number < end_of_options) {
        raw.problem = {RawProblem::Kind::unreadable, current_word(context), poptStrerror(number),
                       number == POPT_ERROR_BADOPT};
        return;
    }
    while (const char *argument = poptGetArg(context)) {
        raw.arguments.emplace_back(argument);
    }
}

} // namespace

std::string try_help(const std::string &program)
{
    return "Try `" + program + " -h' or '" + program + " --help' for more information.";
}

Result<RawOptions> read_options(std::span<const std::string> words, Voice voice)
{
    RawOptions raw;
    raw.program = words.empty() ? "" : words.front();
    raw.voice = voice;
    if (words.size() < 2) {
        return raw;
    }
    const bool own = voice == Voice::ipvsctl;
    const Verb verb = own ? verb_of(words.subspan(1)) : Verb{};

    std::vector<const char *> argv{raw.program.c_str()};
    for (const auto &word : words.subspan(1 + verb.words)) {
        argv.push_back(word.c_str());
    }
    const int argc = static_cast<int>(argv.size());
    argv.push_back(nullptr);
    const ContextPtr context(poptGetContext("ipvsctl", argc, argv.data(),
                                            own ? popt_table.data() : ipvsadm_table.data(), 0));
    if (!context) {
        return Error{Domain::parse, 0, "out of memory", {}};
    }
    if (verb.words > 0) {
        raw.command = verb.id;
    } else {
        const auto command = command_of(poptGetNextOpt(context.get()));
        if (!command) {
            return not_a_command(raw.program, attempted(words.subspan(1)), voice);
        }
        raw.command = *command;
        if (const StringPtr operand{poptGetOptArg(context.get())}) {
            raw.operand = operand.get();
        }
    }
    if (raw.command == CommandId::help) {
        read_topic(words.subspan(1 + verb.words), verb, raw);
    } else if (own || raw.command != CommandId::version) {
        read_rest(context.get(), raw);
    }
    return raw;
}

} // namespace ipvsctl::tool
