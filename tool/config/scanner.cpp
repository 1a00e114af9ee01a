// SPDX-License-Identifier: GPL-2.0-or-later
#include "scanner.hpp"

namespace ipvsctl::tool {

namespace {

constexpr bool is_mark(char c) noexcept
{
    return c == '\n' || c == ';' || c == '{' || c == '}';
}

} // namespace

void Scanner::skip_blanks() noexcept
{
    while (!rest_.empty() && is_blank(rest_.front())) {
        rest_.remove_prefix(1);
    }
    if (peek() == '#') {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    }
}

void Scanner::skip_lines() noexcept
{
    skip_blanks();
    while (peek() == '\n') {
        skip();
        skip_blanks();
    }
}

void Scanner::skip() noexcept
{
    if (rest_.front() == '\n') {
        line_++;
    }
    rest_.remove_prefix(1);
}

std::string_view Scanner::word() noexcept
{
    std::size_t size = 0;
    while (size < rest_.size() && !is_blank(rest_[size]) && !is_mark(rest_[size])) {
        size++;
    }
    const auto word = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return word;
}

std::string_view Scanner::rest_of_line() noexcept
{
    const auto line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(line.size());
    return line;
}

} // namespace ipvsctl::tool
