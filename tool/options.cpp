// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.hpp"

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

constexpr auto popt_table = [] {
    std::array<poptOption, option_specs.size() + command_specs.size() + 1> table{};
    std::size_t row = 0;
    for (const OptionSpec &spec : option_specs) {
        auto &entry = table[row++];
        entry.longName = spec.long_name;
        entry.shortName = spec.short_name;
        entry.val = first_option + static_cast<int>(spec.id);
        switch (spec.argument) {
        case Argument::none:
            entry.argInfo = POPT_ARG_NONE;
            break;
        case Argument::required:
            entry.argInfo = POPT_ARG_STRING;
            break;
        case Argument::optional:
            entry.argInfo = POPT_ARG_STRING | POPT_ARGFLAG_OPTIONAL;
            break;
        }
    }
    for (const CommandSpec &spec : command_specs) {
        auto &entry = table[row++];
        entry.longName = spec.long_name;
        entry.shortName = spec.short_name;
        entry.argInfo = POPT_ARG_NONE;
        entry.val = first_command + static_cast<int>(spec.id);
    }
    return table;
}();

std::optional<CommandId> command_of(int number) noexcept
{
    if (number < first_command) {
        return std::nullopt;
    }
    return static_cast<CommandId>(number - first_command);
}

std::optional<CommandId> verb_of(std::string_view word) noexcept
{
    for (const VerbSpec &spec : verb_specs) {
        if (spec.word == word) {
            return spec.id;
        }
    }
    return std::nullopt;
}

std::string current_word(poptContext context)
{
    const char *word = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    return word ? word : "";
}

// Reads what follows the command.
void read_rest(poptContext context, RawOptions &raw)
{
    int number = 0;
    while ((number = poptGetNextOpt(context)) >= 0) {
        if (command_of(number)) {
            raw.problem = {RawProblem::Kind::another_command, current_word(context), {}};
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
        raw.problem = {RawProblem::Kind::unreadable, current_word(context), poptStrerror(number)};
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

Result<RawOptions> read_options(std::span<const std::string> words, Verbs verbs)
{
    RawOptions raw;
    raw.program = words.empty() ? "" : words.front();
    if (words.size() < 2) {
        return raw;
    }
    const auto verb = verbs == Verbs::allowed ? verb_of(words[1]) : std::nullopt;

    std::vector<const char *> argv{raw.program.c_str()};
    for (const auto &word : words.subspan(verb ? 2 : 1)) {
        argv.push_back(word.c_str());
    }
    const int argc = static_cast<int>(argv.size());
    argv.push_back(nullptr);
    const ContextPtr context(poptGetContext("ipvsctl", argc, argv.data(), popt_table.data(), 0));
    if (!context) {
        return Error{Domain::parse, 0, "out of memory", {}};
    }

    if (verb) {
        raw.command = *verb;
    } else {
        const auto command = command_of(poptGetNextOpt(context.get()));
        if (!command) {
            return parse_error(try_help(raw.program));
        }
        raw.command = *command;
    }
    if (raw.command != CommandId::help && raw.command != CommandId::version) {
        read_rest(context.get(), raw);
    }
    return raw;
}

} // namespace ipvsctl::tool
