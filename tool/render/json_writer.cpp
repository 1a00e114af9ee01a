// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_writer.hpp"

#include "../block.hpp"

#include <string>

#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>

namespace ipvsctl::tool {

namespace {

// Of the documents of ipvsctl.schema.json. Members are only ever added to them; what means
// something else gets another number.
constexpr unsigned format = 1;

struct NoOutput {
    void Put(char) {} // NOLINT(readability-convert-member-functions-to-static)
};

bool is_utf8(std::string_view text)
{
    rapidjson::MemoryStream in(text.data(), text.size());
    NoOutput out;
    while (in.Tell() < text.size()) {
        if (!rapidjson::UTF8<>::Validate(in, out)) {
            return false;
        }
    }
    return in.Tell() == text.size();
}

std::string widened(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x80) {
            text += byte;
        } else {
            text += static_cast<char>(0xc0 | code >> 6);
            text += static_cast<char>(0x80 | (code & 0x3f));
        }
    }
    return text;
}

} // namespace

JsonWriter::JsonWriter(std::ostream &out, std::string_view kind) : out_(out)
{
    begin_object();
    member("kind", kind);
    member("format", format);
}

void JsonWriter::key(std::string_view name)
{
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void JsonWriter::value(std::string_view text)
{
    const auto string = [&](std::string_view valid) {
        writer_.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
    };
    is_utf8(text) ? string(text) : string(widened(text));
}

void JsonWriter::end_object()
{
    writer_.EndObject();
    if (buffer_.GetSize() >= block_size) {
        write();
    }
}

void JsonWriter::end_document()
{
    writer_.EndObject();
    buffer_.Put('\n');
    write();
}

void JsonWriter::write()
{
    out_.write(buffer_.GetString(), static_cast<std::streamsize>(buffer_.GetSize()));
    buffer_.Clear();
}

} // namespace ipvsctl::tool
