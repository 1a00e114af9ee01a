// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.hpp"

#include "option_table.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

// What a word of the table stands for: an option, or a command.
struct Known {
    std::string_view long_name;
    bool is_command = false;
    std::uint8_t id = 0;
    Argument argument = Argument::none;
};

constexpr Known known_of(const OptionSpec &spec)
{
    return {spec.long_name, false, static_cast<std::uint8_t>(spec.id), spec.argument};
}

constexpr Known known_of(const CommandSpec &spec)
{
    return {spec.long_name, true, static_cast<std::uint8_t>(spec.id), spec.argument};
}

// By letter; an empty name stands for no option.
constexpr auto by_letter = [] {
    std::array<Known, 128> table{};
    for (const OptionSpec &spec : option_specs) {
        table[static_cast<unsigned char>(spec.short_name)] = known_of(spec);
    }
    for (const CommandSpec &spec : command_specs) {
        table[static_cast<unsigned char>(spec.short_name)] = known_of(spec);
    }
    table[0] = {};
    return table;
}();

constexpr auto by_name = [] {
    std::array<Known, option_specs.size() + command_specs.size()> table{};
    auto row = table.begin();
    for (const OptionSpec &spec : option_specs) {
        *row++ = known_of(spec);
    }
    for (const CommandSpec &spec : command_specs) {
        *row++ = known_of(spec);
    }
    std::ranges::sort(table, {}, &Known::long_name);
    return table;
}();

const Known *find_letter(char letter) noexcept
{
    const auto code = static_cast<unsigned char>(letter);
    if (code >= by_letter.size() || by_letter[code].long_name.empty()) {
        return nullptr;
    }
    return &by_letter[code];
}

const Known *find_name(std::string_view name) noexcept
{
    const auto *const found = std::ranges::lower_bound(by_name, name, {}, &Known::long_name);
    return found != by_name.end() && found->long_name == name ? found : nullptr;
}

const Known *find(std::string_view word) noexcept
{
    if (word.size() == 2 && word[0] == '-') {
        return find_letter(word[1]);
    }
    return word.starts_with("--") ? find_name(word.substr(2)) : nullptr;
}

// popt replaces !#:+ in values.
bool is_plain(std::string_view word) noexcept
{
    return word.find('!') == std::string_view::npos;
}

} // namespace

std::optional<RawOptions> read_plain_options(std::span<const std::string> words, Voice voice)
{
    if (words.size() < 2) {
        return std::nullopt;
    }
    const Known *const command = find(words[1]);
    if (!command || !command->is_command || command->argument != Argument::none) {
        return std::nullopt;
    }
    RawOptions raw;
    raw.program = words[0];
    raw.voice = voice;
    raw.command = static_cast<CommandId>(command->id);
    if (raw.command == CommandId::help || raw.command == CommandId::version) {
        return std::nullopt;
    }
    raw.options.reserve(words.size() / 2);
    for (std::size_t i = 2; i < words.size(); i++) {
        const Known *const option = find(words[i]);
        if (!option || option->is_command ||
            (voice == Voice::ipvsadm && static_cast<OptionId>(option->id) >= first_own_option)) {
            return std::nullopt;
        }
        RawOption taken{static_cast<OptionId>(option->id), {}};
        const bool more = i + 1 < words.size();
        const bool takes =
            option->argument == Argument::required ||
            (option->argument == Argument::optional && more && !words[i + 1].starts_with('-'));
        if (takes) {
            if (!more || !is_plain(words[i + 1])) {
                return std::nullopt;
            }
            taken.value = words[++i];
        }
        raw.options.push_back(std::move(taken));
    }
    return raw;
}

} // namespace ipvsctl::tool
