// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Fields of fixed width, appended to one buffer.
 */
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ipvsctl::tool {

inline void append_left(std::string &out, std::string_view text, std::size_t width)
{
    out += text;
    if (text.size() < width) {
        out.append(width - text.size(), ' ');
    }
}

inline void append_right(std::string &out, std::string_view text, std::size_t width)
{
    if (text.size() < width) {
        out.append(width - text.size(), ' ');
    }
    out += text;
}

// The digits of a number, without a heap.
class Digits {
public:
    explicit Digits(std::uint64_t number) noexcept
        : end_(std::to_chars(buffer_.data(), buffer_.data() + buffer_.size(), number).ptr)
    {}
    Digits(const Digits &) = delete;
    Digits &operator=(const Digits &) = delete;

    std::string_view view() const noexcept
    {
        return {buffer_.data(), static_cast<std::size_t>(end_ - buffer_.data())};
    }

private:
    std::array<char, 20> buffer_{};
    char *end_;
};

inline void append_left(std::string &out, std::uint64_t number, std::size_t width)
{
    append_left(out, Digits(number).view(), width);
}

inline void append_right(std::string &out, std::uint64_t number, std::size_t width)
{
    append_right(out, Digits(number).view(), width);
}

inline void append_number(std::string &out, std::uint64_t number)
{
    out += Digits(number).view();
}

// With one digit behind the point.
inline void append_tenths(std::string &out, double number)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::fixed, 1);
    out.append(buffer.data(), end.ptr);
}

// A counter nine columns wide: whole below 10^8, then in K, M, G or T. Exact counters are never
// shortened and keep at least one blank before them.
void append_counter(std::string &out, std::uint64_t number, bool exact);

} // namespace ipvsctl::tool
