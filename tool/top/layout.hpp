// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The model as rows of text with styles, for a terminal of a given size.
 */
#pragma once

#include "model.hpp"

#include <string>
#include <vector>

namespace ipvsctl::tool::top {

enum class Style : std::uint8_t {
    plain,
    title,
    heading,
    sorted, // the heading of the column that the list is sorted by
    total,
    quiet, // nothing goes on there
    chosen,
    spark,
    problem,
    hint,
};

struct Piece {
    std::string text; // each character is one cell wide
    Style style = Style::plain;

    bool operator==(const Piece &) const = default;
};

// Pieces that fill the width, or less.
using Row = std::vector<Piece>;

struct Size {
    std::size_t width = 0;
    std::size_t height = 0;

    bool operator==(const Size &) const = default;
};

enum class Glyphs : std::uint8_t { ascii, blocks };

// As many rows as the terminal has, or fewer.
std::vector<Row> lay_out(const Model &model, Size size, Glyphs glyphs);

// How many lines of a list have room there.
std::size_t page_of(const Model &model, Size size) noexcept;

} // namespace ipvsctl::tool::top
