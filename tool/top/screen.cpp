// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen.hpp"

#include <clocale>
#include <cstdlib>
#include <string_view>

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>

namespace ipvsctl::tool::top {

namespace {

// Color pairs, from 1.
enum Pair : short { pair_title = 1, pair_sorted, pair_spark, pair_problem };

struct Look {
    chtype attributes = A_NORMAL;
    short pair = 0;
};

Look look_of(Style style) noexcept
{
    switch (style) {
    case Style::title:
        return {A_BOLD, pair_title};
    case Style::heading:
        return {A_UNDERLINE, 0};
    case Style::sorted:
        return {A_UNDERLINE | A_BOLD, pair_sorted};
    case Style::total:
        return {A_BOLD, 0};
    case Style::quiet:
    case Style::hint:
        return {A_DIM, 0};
    case Style::chosen:
        return {A_REVERSE, 0};
    case Style::spark:
        return {A_NORMAL, pair_spark};
    case Style::problem:
        return {A_BOLD, pair_problem};
    case Style::plain:
        break;
    }
    return {};
}

// https://no-color.org: set, and not empty.
bool wants_colours()
{
    const char *const no_color = std::getenv("NO_COLOR");
    return !no_color || *no_color == '\0';
}

void make_colours()
{
    start_color();
    use_default_colors();
    init_pair(pair_title, COLOR_CYAN, -1);
    init_pair(pair_sorted, COLOR_YELLOW, -1);
    init_pair(pair_spark, COLOR_GREEN, -1);
    init_pair(pair_problem, COLOR_RED, -1);
}

std::optional<KeyKind> kind_of(int code) noexcept
{
    switch (code) {
    case KEY_UP:
        return KeyKind::up;
    case KEY_DOWN:
        return KeyKind::down;
    case KEY_LEFT:
        return KeyKind::left;
    case KEY_RIGHT:
        return KeyKind::right;
    case KEY_PPAGE:
        return KeyKind::page_up;
    case KEY_NPAGE:
        return KeyKind::page_down;
    case KEY_HOME:
        return KeyKind::home;
    case KEY_END:
        return KeyKind::end;
    case KEY_ENTER:
    case '\r':
    case '\n':
        return KeyKind::enter;
    case KEY_BACKSPACE:
    case '\b':
    case 0x7f:
        return KeyKind::erase;
    case 0x1b:
        return KeyKind::escape;
    default:
        return std::nullopt;
    }
}

Error no_terminal(std::string message)
{
    return Error{Domain::usage, 0, "top " + std::move(message), {}};
}

// Whether ncurses can draw there, which it would find out by ending the program.
Result<void> check_terminal()
{
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
        return no_terminal("needs a terminal for its input and output");
    }
    const char *const type = std::getenv("TERM");
    if (!type || *type == '\0') {
        return no_terminal("does not know the type of the terminal: TERM is not set");
    }
    int problem = 0;
    if (setupterm(type, STDOUT_FILENO, &problem) != OK) {
        return no_terminal("does not know a terminal of type " + std::string(type) + " (TERM)");
    }
    const bool can_move = tigetstr("cup") != nullptr;
    del_curterm(cur_term);
    if (!can_move) {
        return no_terminal("cannot draw on a terminal of type " + std::string(type) + " (TERM)");
    }
    return {};
}

} // namespace

struct Screen::Handle {
    explicit Handle(SCREEN *opened) noexcept : screen(opened) {}
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    ~Handle()
    {
        endwin();
        delscreen(screen);
    }

    SCREEN *screen;
};

Result<std::unique_ptr<Screen>> Screen::open()
{
    if (auto usable = check_terminal(); !usable) {
        return std::move(usable).error();
    }
    std::setlocale(LC_CTYPE, "");
    SCREEN *const screen = newterm(nullptr, stdout, stdin);
    if (!screen) {
        return no_terminal("cannot draw on this terminal");
    }
    return std::unique_ptr<Screen>(new Screen(std::make_unique<Handle>(screen)));
}

Screen::Screen(std::unique_ptr<Handle> handle) : handle_(std::move(handle))
{
    set_escdelay(25);
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    curs_set(0);
    if (std::string_view(nl_langinfo(CODESET)) == "UTF-8") {
        glyphs_ = Glyphs::blocks;
    }
    if (wants_colours() && has_colors()) {
        colours_ = true;
        make_colours();
    }
}

Screen::~Screen() = default;

Size Screen::size() const
{
    return {static_cast<std::size_t>(getmaxx(stdscr)), static_cast<std::size_t>(getmaxy(stdscr))};
}

void Screen::draw(const std::vector<Row> &rows) const
{
    erase();
    int y = 0;
    for (const Row &row : rows) {
        move(y++, 0);
        for (const Piece &piece : row) {
            const Look look = look_of(piece.style);
            attr_set(look.attributes, colours_ ? look.pair : short{0}, nullptr);
            addnstr(piece.text.data(), static_cast<int>(piece.text.size()));
        }
    }
    attr_set(A_NORMAL, 0, nullptr);
    refresh();
}

void Screen::adapt()
{
    winsize now{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) == 0 && now.ws_row > 0 && now.ws_col > 0) {
        resizeterm(now.ws_row, now.ws_col);
        clearok(curscr, TRUE);
    }
}

std::optional<Key> Screen::key()
{
    for (;;) {
        const int code = getch();
        if (code == ERR) {
            return std::nullopt;
        }
        if (code == '\f') {
            clearok(curscr, TRUE);
            return Key{KeyKind::letter, '\f'};
        }
        if (const auto kind = kind_of(code)) {
            return Key{*kind, '\0'};
        }
        if (code >= ' ' && code < 0x7f) {
            return Key{KeyKind::letter, static_cast<char>(code)};
        }
    }
}

} // namespace ipvsctl::tool::top
