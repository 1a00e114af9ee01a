// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Fills a row from left to right; what does not fit is cut off.
 */
#pragma once

#include "layout.hpp"

#include <string_view>

namespace ipvsctl::tool::top {

class RowBuilder {
public:
    explicit RowBuilder(std::size_t width) : left_(width) {}

    void add(std::string_view text, Style style);
    void blank(std::size_t count, Style style) { add(std::string(count, ' '), style); }

    // In so many cells.
    void add_left(std::string_view text, std::size_t width, Style style);
    void add_right(std::string_view text, std::size_t width, Style style);

    // Blanks up to the end.
    void fill(Style style) { blank(left_, style); }

    std::size_t left() const noexcept { return left_; }
    Row take() && { return std::move(row_); }

private:
    Row row_;
    std::size_t left_;
};

} // namespace ipvsctl::tool::top
