// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/codec/nla.hpp"

#include "codec_support.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace codec_test;
using namespace ipvsctl;
using namespace ipvsctl::detail;

TEST_CASE("attributes are written as the kernel reads them", "[codec][nla]")
{
    AttrWriter out;
    out.put_u8(1, 0x12);
    out.put_u16(2, 0x1234);
    out.put_u16_be(3, 0x1234);
    out.put_u32(4, 0x12345678);
    out.put_u32_be(5, 0x12345678);
    out.put_u64(6, 0x123456789abcdef0);
    out.put_string(7, "wlc");
    out.put_string(8, "");
    out.put_bytes(9, Bytes{1, 2, 3, 4, 5});
    out.put_u32(10, std::nullopt);
    CHECK(hex(std::move(out).take()) == golden("0500 0100 12 000000"
                                               "0600 0200 3412 0000"
                                               "0600 0300 1234 0000"
                                               "0800 0400 78563412"
                                               "0800 0500 12345678"
                                               "0c00 0600 f0debc9a78563412"
                                               "0800 0700 776c6300"
                                               "0500 0800 00 000000"
                                               "0900 0900 0102030405 000000"));
}

TEST_CASE("an attribute holds what its length can say", "[codec][nla]")
{
    AttrWriter out;
    out.put_string(1, std::string(attr_payload_max - 1, 'x'));
    CHECK_THROWS_AS(out.put_string(1, std::string(attr_payload_max, 'x')), std::length_error);
}

TEST_CASE("what was written reads back", "[codec][nla]")
{
    AttrWriter out;
    out.put_u16_be(3, 0x1234);
    out.put_u64(6, ~std::uint64_t{0});
    out.put_string(7, "wrr");
    const Bytes bytes = std::move(out).take();
    ByteView rest = bytes;

    auto port = next_attr(rest);
    REQUIRE(port);
    CHECK(port->type == 3);
    CHECK(port->as_u16_be().value() == 0x1234);
    auto wide = next_attr(rest);
    REQUIRE(wide);
    CHECK(wide->as_u64().value() == ~std::uint64_t{0});
    auto text = next_attr(rest);
    REQUIRE(text);
    CHECK(text->as_string().value() == "wrr");
    CHECK(rest.empty());
}

TEST_CASE("the flags in an attribute's type do not change what it is", "[codec][nla]")
{
    const Bytes bytes = unhex("0800 01c0 05000000");
    ByteView rest = bytes;
    const auto attr = next_attr(rest);
    REQUIRE(attr);
    CHECK(attr->type == 1);
}

TEST_CASE("a string without its NUL ends with the attribute", "[codec][nla]")
{
    const Bytes bytes = unhex("0700 0100 776c63 00");
    ByteView rest = bytes;
    CHECK(next_attr(rest).value().as_string().value() == "wlc");
}

TEST_CASE("the last attribute may lack its padding", "[codec][nla]")
{
    const Bytes bytes = unhex("0500 0100 07");
    ByteView rest = bytes;
    CHECK(next_attr(rest).value().as_u8().value() == 7);
    CHECK(rest.empty());
}

TEST_CASE("malformed attributes are refused", "[codec][nla]")
{
    const auto text = GENERATE("00", "050001", "0300 0100", "0000 0000", "0900 0100 01020304");
    const Bytes bytes = unhex(text);
    ByteView rest = bytes;
    const auto attr = next_attr(rest);
    REQUIRE_FALSE(attr);
    CHECK(attr.error().domain == Domain::protocol);
}

TEST_CASE("a value of the wrong size is refused", "[codec][nla]")
{
    const Bytes bytes = unhex("0700 0100 010203 00");
    ByteView rest = bytes;
    const auto attr = next_attr(rest).value();
    CHECK_FALSE(attr.as_u8());
    CHECK_FALSE(attr.as_u16());
    CHECK_FALSE(attr.as_u32());
    CHECK_FALSE(attr.as_u64());
    CHECK(attr.as_binary().value() == Bytes{1, 2, 3});
}

TEST_CASE("a reader ends at the first attribute that is not as it should be", "[codec][nla]")
{
    const Bytes bytes = unhex("0800 0100 05000000  0600 0200 0500 0000  0800 0300 07000000");
    std::optional<std::uint32_t> first;
    std::optional<std::uint32_t> second;
    AttrReader reader(bytes);
    REQUIRE(reader.next());
    CHECK(reader.type() == 1);
    reader.take_u32(first, "first");
    CHECK(first == 5);
    REQUIRE(reader.next());
    reader.take_u32(second, "second");
    CHECK_FALSE(second);
    CHECK_FALSE(reader.next());
    REQUIRE(reader.error());
    CHECK(reader.error()->attribute == "second");
}
