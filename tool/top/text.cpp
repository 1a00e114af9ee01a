// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.hpp"

#include "../render/column.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ipvsctl::tool::top {

namespace {

using Bars = std::array<std::string_view, 8>;

constexpr Bars block_bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr Bars ascii_bars{"_", ".", ":", "-", "=", "+", "*", "#"};

// With so many digits behind the point.
std::string fixed(double number, int digits)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::fixed, digits);
    return {buffer.data(), end.ptr};
}

// Zero has the lowest bar alone.
std::size_t bar_of(double part, double highest) noexcept
{
    if (part <= 0) {
        return 0;
    }
    const double height = std::ceil(part / highest * 7);
    return static_cast<std::size_t>(std::clamp(height, 1.0, 7.0));
}

} // namespace

std::string short_number(double number)
{
    if (number < 0.05) {
        return "0";
    }
    if (number < 9.95) {
        std::string text = fixed(number, 1);
        if (text.ends_with(".0")) {
            text.resize(1);
        }
        return text;
    }
    if (number < 99999.5) {
        return fixed(number, 0);
    }
    constexpr std::string_view units = "kMGTPE";
    std::size_t unit = 0;
    number /= 1000;
    while (number >= 999.5 && unit + 1 < units.size()) {
        number /= 1000;
        unit++;
    }
    const int digits = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
    return fixed(number, digits) + units[unit];
}

std::string sparkline(std::span<const double> parts, Glyphs glyphs)
{
    const Bars &bars = glyphs == Glyphs::blocks ? block_bars : ascii_bars;
    const double highest = parts.empty() ? 0 : *std::ranges::max_element(parts);
    std::string text;
    for (const double part : parts) {
        text += part < 0 ? std::string_view(" ") : bars[bar_of(part, highest)];
    }
    return text;
}

std::string duration(std::uint32_t seconds)
{
    std::string text = seconds < 600 ? "0" : "";
    append_number(text, seconds / 60);
    text += seconds % 60 < 10 ? ":0" : ":";
    append_number(text, seconds % 60);
    return text;
}

std::size_t cells(std::string_view text) noexcept
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

} // namespace ipvsctl::tool::top
