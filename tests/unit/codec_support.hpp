// SPDX-License-Identifier: GPL-2.0-or-later
/** Bytes as text, so that a golden message can be read and a wrong one be compared. */
#pragma once

#include "../../libipvsctl/codec/nla.hpp"

#include <string>
#include <string_view>

namespace codec_test {

using ipvsctl::detail::AttrWriter;
using ipvsctl::detail::Bytes;
using ipvsctl::detail::ByteView;

inline std::string hex(ByteView bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

/** From hexadecimal digits; anything else in the text separates. */
inline Bytes unhex(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    Bytes bytes;
    int high = -1;
    for (const char c : text) {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos)
            continue;
        if (high < 0) {
            high = static_cast<int>(digit);
            continue;
        }
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | static_cast<int>(digit)));
        high = -1;
    }
    return bytes;
}

/** The same spacing for both sides of a comparison. */
inline std::string golden(std::string_view text)
{
    return hex(unhex(text));
}

} // namespace codec_test
