// SPDX-License-Identifier: GPL-2.0-or-later
#include "line.hpp"

#include "options.hpp"

#include <algorithm>
#include <span>

namespace ipvsctl::tool {

namespace {

constexpr std::string_view blanks = " \t\r";

// A file is being read already, and a line has to end.
constexpr bool has_file(CommandId command) noexcept
{
    return command == CommandId::restore || command == CommandId::apply ||
           command == CommandId::diff || command == CommandId::save_config ||
           command == CommandId::watch_table || command == CommandId::monitor;
}

} // namespace

// Returns the number of words, the program's name included.
std::size_t LineReader::split(std::string_view line)
{
    std::size_t count = 1;
    for (;;) {
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        if (line.empty()) {
            return count;
        }
        const auto word = line.substr(0, line.find_first_of(blanks));
        line.remove_prefix(word.size());
        if (word == "ipvsadm" || (voice_ == Voice::ipvsctl && count == 1 && word == "ipvsctl")) {
            continue;
        }
        if (count == words_.size()) {
            words_.emplace_back();
        }
        words_[count++].assign(word);
    }
}

std::optional<Result<RawOptions>> LineReader::read(std::string_view line)
{
    const std::size_t count = split(line);
    if (count == 1) {
        return std::nullopt;
    }
    const auto words = std::span<const std::string>(words_).first(count);
    auto plain = read_plain_options(words, voice_);
    auto raw = plain ? Result<RawOptions>(std::move(*plain)) : read_options(words, voice_);
    if (raw && has_file(raw->command)) {
        return parse_error(try_help(words_.front()));
    }
    return raw;
}

} // namespace ipvsctl::tool
