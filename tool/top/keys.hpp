// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What each key does.
 */
#pragma once

#include "model.hpp"

#include <span>

namespace ipvsctl::tool::top {

enum class KeyKind : std::uint8_t {
    letter,
    up,
    down,
    left,
    right,
    page_up,
    page_down,
    home,
    end,
    enter,
    erase,
    escape,
};

struct Key {
    KeyKind kind = KeyKind::letter;
    char letter = '\0';
};

// What is to be done next, beside showing the model as it is now.
enum class Wish : std::uint8_t { nothing, read, quit };

Wish press(Model &model, const Key &key);

struct KeyHelp {
    std::string_view keys;
    std::string_view text;
};
std::span<const KeyHelp> key_help() noexcept;

} // namespace ipvsctl::tool::top
