// SPDX-License-Identifier: GPL-2.0-or-later
#include "cursor.hpp"

#include <algorithm>

namespace ipvsctl::tool::top {

void Cursor::place(std::size_t rows, std::size_t row) noexcept
{
    rows_ = rows;
    row_ = row;
    show();
}

void Cursor::lose(std::size_t rows) noexcept
{
    place(rows, row_);
}

void Cursor::move(std::ptrdiff_t distance) noexcept
{
    const auto target = static_cast<std::ptrdiff_t>(row_) + distance;
    row_ = static_cast<std::size_t>(std::max<std::ptrdiff_t>(target, 0));
    show();
}

void Cursor::to_first() noexcept
{
    name_.clear();
    row_ = 0;
    show();
}

void Cursor::to_last() noexcept
{
    row_ = rows_;
    show();
}

void Cursor::set_page(std::size_t rows) noexcept
{
    page_ = std::max<std::size_t>(rows, 1);
    show();
}

std::size_t Cursor::end_of_view() const noexcept
{
    return std::min(first_ + page_, rows_);
}

// The view follows the row, and leaves no room behind the last one.
void Cursor::show() noexcept
{
    row_ = std::min(row_, rows_ > 0 ? rows_ - 1 : 0);
    first_ = std::min(first_, row_);
    first_ = std::max(first_, row_ + 1 > page_ ? row_ + 1 - page_ : 0);
    first_ = std::min(first_, rows_ > page_ ? rows_ - page_ : 0);
}

} // namespace ipvsctl::tool::top
