// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The terminal, by ncurses: the only file that knows it.
 */
#pragma once

#include "ipvsctl/result.hpp"
#include "keys.hpp"
#include "layout.hpp"

#include <memory>
#include <optional>

namespace ipvsctl::tool::top {

// Takes the terminal of standard input and output, and gives it back as it was when it ends.
class Screen {
public:
    // A sentence where there is no terminal, or none that can be drawn on.
    static Result<std::unique_ptr<Screen>> open();

    Screen(const Screen &) = delete;
    Screen &operator=(const Screen &) = delete;
    ~Screen();

    Size size() const;
    Glyphs glyphs() const noexcept { return glyphs_; }
    void draw(const std::vector<Row> &rows) const;

    // The terminal has another size now; all of it is drawn anew.
    void adapt();

    // A key that was pressed; nothing where none waits.
    std::optional<Key> key();

private:
    struct Handle;

    explicit Screen(std::unique_ptr<Handle> handle);

    std::unique_ptr<Handle> handle_;
    Glyphs glyphs_ = Glyphs::ascii;
    bool colours_ = false;
};

} // namespace ipvsctl::tool::top
