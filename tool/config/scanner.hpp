// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Takes a file apart into words, marks and ends of lines.
 */
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace ipvsctl::tool {

constexpr bool is_blank(char c) noexcept
{
    return c <= ' ' && (c == ' ' || c == '\t' || c == '\r');
}

// Takes the next word of a line that has words and blanks alone; empty at its end.
inline std::string_view take_word(std::string_view &line) noexcept
{
    const char *start = line.data();
    const char *const last = start + line.size();
    while (start != last && is_blank(*start)) {
        start++;
    }
    const char *end = start;
    while (end != last && !is_blank(*end)) {
        end++;
    }
    line = {end, last};
    return {start, end};
}

class Scanner {
public:
    explicit Scanner(std::string_view text) noexcept : rest_(text) {}

    std::uint32_t line() const noexcept { return line_; }
    bool at_end() const noexcept { return rest_.empty(); }

    // Skips blanks and comments. A comment begins with # where a word could.
    void skip_blanks() noexcept;

    // Skips ends of lines, too.
    void skip_lines() noexcept;

    // The character that comes next, '\0' at the end; a word is not consumed.
    char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

    // Consumes a character that is there.
    void skip() noexcept;

    // A word, up to a blank or a mark; empty where one of these comes next.
    std::string_view word() noexcept;

    // The rest of the line.
    std::string_view rest_of_line() noexcept;

private:
    std::string_view rest_;
    std::uint32_t line_ = 1;
};

} // namespace ipvsctl::tool
