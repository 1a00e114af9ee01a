// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * JSON into a string, for documents of one line.
 */
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ipvsctl::tool {

class JsonLine {
public:
    explicit JsonLine(std::string &out) noexcept : out_(out) {}

    void key(std::string_view name);
    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    void value(std::unsigned_integral auto number)
    {
        if constexpr (std::same_as<decltype(number), bool>) {
            literal(number ? "true" : "false");
        } else {
            literal(std::to_string(number));
        }
    }
    void value(std::nullptr_t) { literal("null"); }

    // Bytes beyond ASCII become the code points of the same numbers.
    void value(std::string_view text);

    template <typename T> void member(std::string_view name, const T &content)
    {
        key(name);
        value(content);
    }

private:
    void begin(char bracket);
    void end(char bracket);
    void literal(std::string_view text);
    void separate();
    void quote(std::string_view text);

    std::string &out_;
    bool first_ = true; // nothing stands before it in its object or array
};

} // namespace ipvsctl::tool
