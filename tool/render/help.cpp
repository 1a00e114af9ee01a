// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.hpp"

#include "../command_table.hpp"
#include "../option_table.hpp"
#include "../rules.hpp"
#include "column.hpp"
#include "ipvsctl/version.hpp"

namespace ipvsctl::tool {

namespace {

constexpr std::size_t name_width = 38;

// Where a heading stands in the list of all options.
struct Heading {
    OptionId before;
    std::string_view text;
};

constexpr std::array headings{
    Heading{OptionId::tcp_service, "SERVICE is one of"},
    Heading{OptionId::scheduler, "Virtual service options:"},
    Heading{OptionId::real_server, "Real server options:"},
    Heading{OptionId::mcast_interface, "Sync daemon options:"},
    Heading{OptionId::numeric, "List options:"},
    Heading{OptionId::on_removal, "Virtual service options of ipvsctl alone:"},
    Heading{OptionId::client, "Connection options, with -t, -u, --sctp-service and -r:"},
    Heading{OptionId::json, "Output options:"},
    Heading{OptionId::interval, "Options of top:"},
    Heading{OptionId::dry_run, "Options of apply and diff:"},
    Heading{OptionId::timestamp, "Options of monitor, with --json:"},
};

// "--weight, -w NUMBER"
std::string option_text(const OptionSpec &spec)
{
    std::string text = std::string("--") + spec.long_name;
    if (spec.short_name != '\0') {
        text += std::string(", -") + spec.short_name;
    }
    if (!spec.value.empty()) {
        const bool optional = spec.argument == Argument::optional;
        text += optional ? " [" : " ";
        text += spec.value;
        text += optional ? "]" : "";
    }
    return text;
}

// "-A, --add-service", or the words of a verb.
std::string command_text(CommandId id)
{
    std::string text;
    for (const CommandSpec &spec : command_specs) {
        if (spec.id != id) {
            continue;
        }
        if (!text.empty()) { // -L has a second letter
            text.insert(0, std::string("-") + spec.short_name + ", ");
        } else if (spec.short_name != '\0') {
            text = std::string("-") + spec.short_name + ", --" + spec.long_name;
        } else {
            text = std::string("--") + spec.long_name;
        }
    }
    if (text.empty()) {
        text = command_names[index(id)];
    }
    const auto operand = help_of(id).operand;
    if (id == CommandId::help) {
        return "help " + std::string(operand) + ", " + text;
    }
    if (!operand.empty()) {
        text += ' ';
        text += operand;
    }
    return text;
}

void render_row(std::string &out, std::string_view name, std::string_view text)
{
    out += "  ";
    append_left(out, name, name_width);
    out += ' ';
    out += text;
    out += '\n';
}

void render_option(std::string &out, const OptionSpec &spec)
{
    render_row(out, option_text(spec), spec.help);
    if (const auto choices = choices_of(spec.id); !choices.empty()) {
        render_row(out, "", choices);
    }
}

bool has_option(const OptionSpec &spec, Voice voice) noexcept
{
    return voice == Voice::ipvsctl || spec.id < first_own_option;
}

bool has_command(CommandId id, Voice voice) noexcept
{
    return voice == Voice::ipvsctl || id <= CommandId::version;
}

// -6 goes with -f, though no rule says so; connections are not chosen by mark.
Presence presence_of(CommandId command, const OptionSpec &spec) noexcept
{
    const bool of_connections =
        command == CommandId::list_connections || command == CommandId::flush_connections;
    if (of_connections && (spec.id == OptionId::fwmark_service || spec.id == OptionId::ipv6)) {
        return Presence::forbidden;
    }
    if (spec.id == OptionId::ipv6) {
        const auto service = presence(command, Group::service);
        return service == Presence::required ? Presence::allowed : service;
    }
    if (spec.group == Group::unchecked) {
        return command == CommandId::list ? Presence::allowed : Presence::forbidden;
    }
    return presence(command, spec.group);
}

// One of several options of a group is enough, so a group has one heading and is told once.
void render_options(std::string &out, CommandId command, bool required, std::string_view heading)
{
    bool first = true;
    for (const OptionSpec &spec : option_specs) {
        const auto rule = presence_of(command, spec);
        if (rule == Presence::forbidden || (rule == Presence::required) != required) {
            continue;
        }
        if (first) {
            out += '\n';
            out += heading;
            first = false;
        }
        render_option(out, spec);
    }
}

void render_topic(std::string &out, const std::string &program, CommandId command)
{
    out += program + ' ' + command_text(command);
    if (presence(command, Group::service) == Presence::required) {
        out += " SERVICE";
    }
    if (presence(command, Group::real_server) == Presence::required) {
        out += " -r HOST[:PORT]";
    }
    out += " [OPTION...]\n    ";
    out += help_of(command).help;
    out += '\n';
    render_options(out, command, true, "Needed, one of each kind:\n");
    render_options(out, command, false, "Options:\n");
    out += "\nExample:\n    " + program + ' ';
    out += help_of(command).example;
    out += '\n';
}

void render_all(std::string &out, const ShowHelp &help)
{
    render_version(out);
    out += "Usage: " + help.program +
           " COMMAND [OPTION...]\n\n"
           "Without arguments it lists the table. The command comes first:\n";
    for (const CommandHelp &command : command_help) {
        if (has_command(command.id, help.voice)) {
            render_row(out, command_text(command.id), command.help);
        }
    }
    const Heading *heading = headings.begin();
    for (const OptionSpec &spec : option_specs) {
        if (!has_option(spec, help.voice)) {
            continue;
        }
        if (heading != headings.end() && spec.id == heading->before) {
            out += '\n';
            out += heading->text;
            out += '\n';
            heading++;
        }
        render_option(out, spec);
    }
    out += "\nAn IPv6 address with a port is written [ADDRESS]:PORT.\n";
}

// Every spelling of the options that a command takes.
std::string option_words(CommandId command)
{
    std::string words;
    for (const OptionSpec &spec : option_specs) {
        if (presence_of(command, spec) == Presence::forbidden) {
            continue;
        }
        words += std::string(words.empty() ? "--" : " --") + spec.long_name;
        if (spec.short_name != '\0') {
            words += std::string(" -") + spec.short_name;
        }
    }
    return words;
}

void render_case(std::string &out, const std::string &pattern, std::string_view words,
                 std::string_view more = "")
{
    out += "    " + pattern + ") words=\"";
    out += words;
    out += '"';
    out += more;
    out += " ;;\n";
}

bool names_file(CommandId command) noexcept
{
    return command == CommandId::apply || command == CommandId::diff ||
           command == CommandId::save_config;
}

void render_value_cases(std::string &out)
{
    out += "    case $prev in\n";
    for (const OptionSpec &spec : option_specs) {
        std::string pattern = std::string("--") + spec.long_name;
        if (spec.short_name != '\0') {
            pattern += std::string(" | -") + spec.short_name;
        }
        if (const auto choices = choices_of(spec.id); !choices.empty()) {
            render_case(out, pattern, choices);
        } else if (spec.argument == Argument::required) {
            out += "    " + pattern + ") return ;;\n";
        }
    }
    render_case(out, "--start-daemon | --stop-daemon", "master backup");
    out += "    esac\n";
}

// The first word of each verb, once.
std::string verb_words()
{
    std::string words;
    std::string_view last;
    for (const VerbSpec &spec : verb_specs) {
        if (spec.word != last) {
            words += words.empty() ? "" : " ";
            words += spec.word;
        }
        last = spec.word;
    }
    return words;
}

void render_command_cases(std::string &out)
{
    out += "    case $command in\n";
    for (const CommandSpec &spec : command_specs) {
        std::string pattern = std::string("--") + spec.long_name;
        if (spec.short_name != '\0') {
            pattern += std::string(" | -") + spec.short_name;
        }
        render_case(out, pattern, option_words(spec.id));
    }
    std::string commands;
    for (const CommandSpec &spec : command_specs) {
        commands += std::string(" ") + spec.long_name;
    }
    for (const VerbSpec &spec : verb_specs) {
        if (!spec.second.empty()) {
            render_case(out, "\"" + std::string(spec.word) + ' ' + std::string(spec.second) + '"',
                        option_words(spec.id));
        } else if (spec.id == CommandId::help) {
            render_case(out, "help", verb_words() + commands);
        } else {
            render_case(out, std::string(spec.word), option_words(spec.id),
                        names_file(spec.id) ? " files=-f" : "");
        }
    }
    render_case(out, "conn", "list flush");
    out += "    esac\n";
}

std::string first_words()
{
    std::string words;
    for (const CommandSpec &spec : command_specs) {
        words += std::string(" --") + spec.long_name;
        if (spec.short_name != '\0') {
            words += std::string(" -") + spec.short_name;
        }
    }
    return verb_words() + words;
}

} // namespace

void render_version(std::string &out)
{
    out += "ipvsctl v";
    out += version();
    out += " (compiled with popt and IPVS v1.2.1)\n";
}

void render_help(std::string &out, const ShowHelp &help)
{
    if (help.topic) {
        render_topic(out, help.program, *help.topic);
    } else {
        render_all(out, help);
    }
}

// The words that may come next follow from the command, which comes first, and from the word
// before.
void render_completion(std::string &out)
{
    out +=
        "# bash completion for ipvsctl, written by ipvsctl completion\n"
        "_ipvsctl() {\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words= files=\n"
        "    local command=${COMP_WORDS[1]}\n"
        "    COMPREPLY=()\n"
        "    if [ \"$COMP_CWORD\" -gt 2 ] && [ \"$command\" = conn ]; then\n"
        "        command=\"conn ${COMP_WORDS[2]}\"\n"
        "    fi\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        words=\"" +
        first_words() +
        "\"\n"
        "    fi\n";
    render_value_cases(out);
    out += "    if [ -z \"$words\" ]; then\n";
    render_command_cases(out);
    out += "    fi\n"
           "    [ -z \"$files\" ] || compopt -o filenames\n"
           "    mapfile -t COMPREPLY < <(compgen ${files:+\"$files\"} -W \"$words\" -- \"$cur\")\n"
           "}\n"
           "complete -F _ipvsctl ipvsctl\n";
}

} // namespace ipvsctl::tool
