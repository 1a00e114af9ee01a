// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * How JSON is written; what the documents hold is in tests/golden/json.in.
 */
#include "tool/render/json.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>
#include <streambuf>

using namespace ipvsctl;
using namespace ipvsctl::tool;

namespace {

std::string text_of(std::string_view text)
{
    std::ostringstream out;
    JsonWriter json(out, "test");
    json.member("text", text);
    json.end_document();
    const std::string document = out.str();
    const std::string before = R"({"kind":"test","format":1,"text":)";
    REQUIRE(document.starts_with(before));
    REQUIRE(document.ends_with("}\n"));
    return document.substr(before.size(), document.size() - before.size() - 2);
}

// Forgets what it is given.
class Counting final : public std::streambuf {
public:
    std::size_t total = 0;
    std::size_t largest = 0;

protected:
    std::streamsize xsputn(const char *, std::streamsize size) override
    {
        total += static_cast<std::size_t>(size);
        largest = std::max(largest, static_cast<std::size_t>(size));
        return size;
    }
};

} // namespace

TEST_CASE("text is quoted, and always UTF-8", "[json]")
{
    CHECK(text_of("") == R"("")");
    CHECK(text_of("a\"b\\c\n\x01") == R"("a\"b\\c\n\u0001")");
    CHECK(text_of(std::string_view("a\0b", 3)) == R"("a\u0000b")");
    CHECK(text_of("gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\xa7") ==
          "\"gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\xa7\"");
    CHECK(text_of("\xff\x80z") == "\"\xc3\xbf\xc2\x80z\"");
    CHECK(text_of("\xc3") == "\"\xc3\x83\"");
    CHECK(text_of("\xc0\xaf") == "\"\xc3\x80\xc2\xaf\"");
}

TEST_CASE("a document is written as it comes", "[json]")
{
    Counting buffer;
    std::ostream out(&buffer);
    JsonConnections document(out);
    const Connection connection;
    for (int i = 0; i < 10000; i++) {
        document.add(connection);
    }
    CHECK(buffer.total > 1000000);
    document.end();
    CHECK(buffer.largest < 100000);
}

TEST_CASE("nothing is written of a short document that was not ended", "[json]")
{
    std::ostringstream out;
    {
        JsonConnections document(out);
        document.add({});
    }
    CHECK(out.str().empty());
}

TEST_CASE("what is no listing makes no document", "[json]")
{
    std::ostringstream out;
    render_json(out, Silence{});
    render_json(out, EndedConnections{7});
    CHECK(out.str().empty());
}
