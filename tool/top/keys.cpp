// SPDX-License-Identifier: GPL-2.0-or-later
#include "keys.hpp"

#include <array>

namespace ipvsctl::tool::top {

namespace {

constexpr std::array help_rows{
    KeyHelp{"Up Down k j", "choose a line"},
    KeyHelp{"PgUp PgDn", "a page up or down"},
    KeyHelp{"Home End g G", "the first, whichever that is, or the last"},
    KeyHelp{"Enter Right", "open: a service's real servers, their connections"},
    KeyHelp{"Left Backspace b", "back"},
    KeyHelp{"< >", "sort by the column to the left or right"},
    KeyHelp{"1 to 9, 0", "sort by the first to the tenth column"},
    KeyHelp{"r", "reverse the order"},
    KeyHelp{"/", "show only lines with a text; Esc: all again"},
    KeyHelp{"Space p", "pause, go on"},
    KeyHelp{"? h", "this help"},
    KeyHelp{"q Ctrl-C", "quit"},
};

// Connections are chosen as they are read, and some columns need more to be read.
Wish after_filter(const Model &model) noexcept
{
    return model.level() == Level::connections ? Wish::read : Wish::nothing;
}

Wish after_sort(const Model &model) noexcept
{
    return model.needs_all_loads() ? Wish::read : Wish::nothing;
}

Wish sort_by_number(Model &model, std::size_t number)
{
    const auto columns = columns_of(model.level());
    if (number < columns.size()) {
        model.sort_by(columns[number].id);
    }
    return after_sort(model);
}

Wish press_escape(Model &model)
{
    if (model.filter().empty()) {
        return model.close() ? Wish::read : Wish::nothing;
    }
    model.set_filter({});
    return after_filter(model);
}

Wish set_paused(Model &model, bool paused)
{
    model.set_paused(paused);
    return paused ? Wish::nothing : Wish::read;
}

Wish press_letter(Model &model, char letter)
{
    if (letter >= '0' && letter <= '9') {
        return sort_by_number(model, letter == '0' ? 9 : static_cast<std::size_t>(letter - '1'));
    }
    switch (letter) {
    case 'q':
        return Wish::quit;
    case 'b':
        return model.close() ? Wish::read : Wish::nothing;
    case 'j':
        model.move(1);
        break;
    case 'k':
        model.move(-1);
        break;
    case 'g':
        model.move_to_first();
        break;
    case 'G':
        model.move_to_last();
        break;
    case '<':
        model.sort_by_next(-1);
        return after_sort(model);
    case '>':
        model.sort_by_next(1);
        return after_sort(model);
    case 'r':
        model.reverse();
        break;
    case '/':
        model.set_mode(Mode::typing_filter);
        break;
    case 'p':
    case ' ':
        return set_paused(model, !model.paused());
    case '?':
    case 'h':
        model.set_mode(Mode::help);
        break;
    default:
        break;
    }
    return Wish::nothing;
}

Wish press_in_list(Model &model, const Key &key)
{
    const auto page = static_cast<std::ptrdiff_t>(model.cursor().page());
    switch (key.kind) {
    case KeyKind::letter:
        return press_letter(model, key.letter);
    case KeyKind::up:
        model.move(-1);
        break;
    case KeyKind::down:
        model.move(1);
        break;
    case KeyKind::page_up:
        model.move(-page);
        break;
    case KeyKind::page_down:
        model.move(page);
        break;
    case KeyKind::home:
        model.move_to_first();
        break;
    case KeyKind::end:
        model.move_to_last();
        break;
    case KeyKind::enter:
    case KeyKind::right:
        return model.open() ? Wish::read : Wish::nothing;
    case KeyKind::left:
    case KeyKind::erase:
        return model.close() ? Wish::read : Wish::nothing;
    case KeyKind::escape:
        return press_escape(model);
    }
    return Wish::nothing;
}

Wish press_in_filter(Model &model, const Key &key)
{
    std::string text = model.filter();
    switch (key.kind) {
    case KeyKind::letter:
        text += key.letter;
        break;
    case KeyKind::erase:
        if (!text.empty()) {
            text.pop_back();
        }
        break;
    case KeyKind::escape:
        text.clear();
        model.set_mode(Mode::list);
        break;
    case KeyKind::enter:
        model.set_mode(Mode::list);
        return Wish::nothing;
    default:
        return Wish::nothing;
    }
    model.set_filter(std::move(text));
    return after_filter(model);
}

} // namespace

std::span<const KeyHelp> key_help() noexcept
{
    return help_rows;
}

Wish press(Model &model, const Key &key)
{
    switch (model.mode()) {
    case Mode::typing_filter:
        return press_in_filter(model, key);
    case Mode::help:
        model.set_mode(Mode::list);
        return Wish::nothing;
    case Mode::list:
        break;
    }
    return press_in_list(model, key);
}

} // namespace ipvsctl::tool::top
