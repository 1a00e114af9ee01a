// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_line.hpp"

namespace ipvsctl::tool {

namespace {

void append_escape(std::string &out, unsigned char code)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[code >> 4U];
    out += digits[code & 15U];
}

} // namespace

void JsonLine::separate()
{
    if (!first_) {
        out_ += ',';
    }
    first_ = false;
}

void JsonLine::begin(char bracket)
{
    separate();
    out_ += bracket;
    first_ = true;
}

void JsonLine::end(char bracket)
{
    out_ += bracket;
    first_ = false;
}

void JsonLine::literal(std::string_view text)
{
    separate();
    out_ += text;
}

void JsonLine::key(std::string_view name)
{
    separate();
    quote(name);
    out_ += ':';
    first_ = true; // the value follows without a comma
}

void JsonLine::value(std::string_view text)
{
    separate();
    quote(text);
}

void JsonLine::quote(std::string_view text)
{
    out_ += '"';
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (code < 0x20 || code >= 0x7f) {
            append_escape(out_, code);
            continue;
        }
        if (letter == '"' || letter == '\\') {
            out_ += '\\';
        }
        out_ += letter;
    }
    out_ += '"';
}

} // namespace ipvsctl::tool
