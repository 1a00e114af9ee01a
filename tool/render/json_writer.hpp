// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * One JSON document, written as it comes: memory does not grow with it.
 */
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace ipvsctl::tool {

// The document is an object that says what it is. What was written of it and not ended is lost
// with the writer, unless it was too much to be kept.
class JsonWriter {
public:
    JsonWriter(std::ostream &out, std::string_view kind);
    JsonWriter(const JsonWriter &) = delete;
    JsonWriter &operator=(const JsonWriter &) = delete;
    ~JsonWriter() = default;

    void end_document();

    void key(std::string_view name);
    void begin_object() { writer_.StartObject(); }
    void end_object();
    void begin_array() { writer_.StartArray(); }
    void end_array() { writer_.EndArray(); }

    template <std::unsigned_integral Number>
    requires(!std::same_as<Number, bool>) void value(Number number) { writer_.Uint64(number); }
    void value(std::same_as<bool> auto truth) { writer_.Bool(truth); }
    void value(std::same_as<double> auto number) { writer_.Double(number); }
    void value(std::nullptr_t) { writer_.Null(); }

    // Bytes that are no UTF-8 become the code points of the same numbers.
    void value(std::string_view text);

    template <typename T> void value(const std::optional<T> &maybe)
    {
        maybe ? value(*maybe) : value(nullptr);
    }

    template <typename T> void member(std::string_view name, const T &content)
    {
        key(name);
        value(content);
    }

private:
    void write();

    std::ostream &out_;
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

} // namespace ipvsctl::tool
