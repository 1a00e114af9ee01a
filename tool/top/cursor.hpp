// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which row of a list is chosen, and which rows are in view.
 */
#pragma once

#include <cstddef>
#include <string>

namespace ipvsctl::tool::top {

// It stays with its row when the order changes, unless it was never moved from the first place.
class Cursor {
public:
    // The row that it stays with; empty for whichever is the first.
    const std::string &name() const noexcept { return name_; }

    // The list is new: its rows, and where the one of this name is now; or in its old place where
    // it is gone.
    void place(std::size_t rows, std::size_t row) noexcept;
    void lose(std::size_t rows) noexcept;

    void move(std::ptrdiff_t distance) noexcept;
    void to_first() noexcept;
    void to_last() noexcept;

    // After a move: the name of the row.
    void stay_with(std::string name) { name_ = std::move(name); }

    void set_page(std::size_t rows) noexcept;

    std::size_t row() const noexcept { return row_; }
    std::size_t first_in_view() const noexcept { return first_; }
    std::size_t end_of_view() const noexcept;
    std::size_t page() const noexcept { return page_; }

private:
    void show() noexcept;

    std::string name_;
    std::size_t rows_ = 0;
    std::size_t row_ = 0;
    std::size_t first_ = 0;
    std::size_t page_ = 1;
};

} // namespace ipvsctl::tool::top
