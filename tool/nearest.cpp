// SPDX-License-Identifier: GPL-2.0-or-later
#include "nearest.hpp"

#include "option_table.hpp"

#include <algorithm>
#include <vector>

namespace ipvsctl::tool {

namespace {

std::string dashed(const char *long_name)
{
    return std::string("--") + long_name;
}

std::string verb_text(const VerbSpec &spec)
{
    std::string text(spec.word);
    if (!spec.second.empty()) {
        text += ' ';
        text += spec.second;
    }
    return text;
}

std::string_view without_dashes(std::string_view word)
{
    word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
    return word;
}

// Verbs first: help is one, and an option.
std::vector<std::string> command_words()
{
    std::vector<std::string> words;
    words.reserve(verb_specs.size() + command_specs.size());
    for (const VerbSpec &spec : verb_specs) {
        words.push_back(verb_text(spec));
    }
    for (const CommandSpec &spec : command_specs) {
        words.push_back(dashed(spec.long_name));
    }
    return words;
}

} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    // Rows of the table for the first i - 2, i - 1 and i letters of a.
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); j++) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); i++) {
        before.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); j++) {
            const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
    }
    return row[b.size()];
}

// A third of the letters may be wrong, but not all of a short word.
std::string nearest_word(std::string_view word, const std::vector<std::string> &known)
{
    word = without_dashes(word.substr(0, word.find('=')));
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (const std::string &candidate : known) {
        const auto name = without_dashes(candidate);
        const std::size_t distance = edit_distance(word, name);
        if (distance < best_distance && distance < name.size()) {
            best = candidate;
            best_distance = distance;
        }
    }
    return word.size() < 2 ? std::string() : best;
}

std::string nearest_option(std::string_view word)
{
    std::vector<std::string> known;
    known.reserve(option_specs.size());
    for (const OptionSpec &spec : option_specs) {
        known.push_back(dashed(spec.long_name));
    }
    return nearest_word(word, known);
}

std::string nearest_command(std::string_view word)
{
    for (const VerbSpec &spec : verb_specs) {
        if (word == spec.word) {
            return verb_text(spec); // the first of two words
        }
    }
    return nearest_word(word, command_words());
}

std::string did_you_mean(const std::string &word)
{
    return word.empty() ? std::string() : "; did you mean " + word + "?";
}

std::optional<CommandId> find_command(std::string_view name)
{
    for (const VerbSpec &spec : verb_specs) {
        if (name == verb_text(spec)) {
            return spec.id;
        }
    }
    const bool short_name = name.size() == 2 && name.front() == '-';
    for (const CommandSpec &spec : command_specs) {
        if (without_dashes(name) == spec.long_name ||
            (short_name && spec.short_name != '\0' && name.back() == spec.short_name)) {
            return spec.id;
        }
    }
    return std::nullopt;
}

} // namespace ipvsctl::tool
