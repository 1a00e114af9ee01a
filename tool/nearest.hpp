// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What an unknown word may have been meant for.
 */
#pragma once

#include "grammar.hpp"

namespace ipvsctl::tool {

// How many letters are wrong, missing, too many, or swapped with their neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The known word that differs from the unknown one by few letters; empty where none is close.
std::string nearest_option(std::string_view word);  // with its dashes
std::string nearest_command(std::string_view word); // an option or a verb that begins a line

// The one of these that is near to a word.
std::string nearest_word(std::string_view word, const std::vector<std::string> &known);

// "; did you mean WORD?", nothing for no word.
std::string did_you_mean(const std::string &word);

// A command by the names that it has: --add-service, add-service, -A, stats, "conn list".
std::optional<CommandId> find_command(std::string_view name);

} // namespace ipvsctl::tool
