// SPDX-License-Identifier: GPL-2.0-or-later
#include "column.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

struct Scale {
    std::uint64_t below;
    std::uint64_t unit;
    char suffix;
};

constexpr std::uint64_t thousand = 1000;
constexpr std::uint64_t million = thousand * thousand;
constexpr std::uint64_t billion = thousand * million;
constexpr std::uint64_t trillion = thousand * billion;

constexpr std::array scales{
    Scale{billion, thousand, 'K'},
    Scale{100 * billion, million, 'M'},
    Scale{100 * trillion, billion, 'G'},
    Scale{UINT64_MAX, trillion, 'T'},
};

constexpr std::size_t counter_width = 9;

} // namespace

void append_counter(std::string &out, std::uint64_t number, bool exact)
{
    if (exact) {
        const Digits digits(number);
        append_right(out, digits.view(), std::max(counter_width, digits.view().size() + 1));
        return;
    }
    if (number < 100 * million) {
        append_right(out, number, counter_width);
        return;
    }
    std::size_t i = 0;
    while (i + 1 < scales.size() && number >= scales[i].below) {
        i++;
    }
    append_right(out, number / scales[i].unit, counter_width - 1);
    out += scales[i].suffix;
}

} // namespace ipvsctl::tool
