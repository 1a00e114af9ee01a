// SPDX-License-Identifier: GPL-2.0-or-later
#include "row_builder.hpp"

#include "text.hpp"

#include <algorithm>

namespace ipvsctl::tool::top {

namespace {

// The beginning that fills so many cells.
std::string_view head(std::string_view text, std::size_t width) noexcept
{
    std::size_t size = 0;
    for (; size < text.size(); size++) {
        const bool begins = (static_cast<unsigned char>(text[size]) & 0xc0) != 0x80;
        if (begins && width-- == 0) {
            break;
        }
    }
    return text.substr(0, size);
}

} // namespace

void RowBuilder::add(std::string_view text, Style style)
{
    text = head(text, left_);
    if (text.empty()) {
        return;
    }
    left_ -= cells(text);
    if (!row_.empty() && row_.back().style == style) {
        row_.back().text += text;
    } else {
        row_.push_back({std::string(text), style});
    }
}

void RowBuilder::add_left(std::string_view text, std::size_t width, Style style)
{
    text = head(text, width);
    add(text, style);
    blank(width - cells(text), style);
}

void RowBuilder::add_right(std::string_view text, std::size_t width, Style style)
{
    text = head(text, width);
    blank(width - cells(text), style);
    add(text, style);
}

} // namespace ipvsctl::tool::top
