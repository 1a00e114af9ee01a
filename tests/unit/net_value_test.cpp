// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Address, Endpoint, Netmask, Error and Result.
 */
#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/netmask.hpp"
#include "ipvsctl/protocol.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <memory>

using namespace ipvsctl;

TEST_CASE("addresses are read and written", "[net]")
{
    for (const char *text : {"0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::1",
                             "2001:db8:1:2:3:4:5:6", "fe80::1:0:0:1", "::ffff:192.0.2.1"}) {
        CAPTURE(text);
        const auto address = Address::parse(text);
        REQUIRE(address);
        CHECK(address->to_string() == text);
    }
    CHECK(Address::parse("2001:DB8:0:0:0:0:0:1")->to_string() == "2001:db8::1");
}

TEST_CASE("what is no address is refused", "[net]")
{
    for (const std::string text :
         {"", "10.0.0", "10.0.0.256", "10.0.0.1 ", "10.0.0.1.2", "01.2.3.4x", "localhost",
          ":::", "[::1]", "1:2:3:4:5:6:7:8:9", "::1%eth0",
          "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc"}) {
        CAPTURE(text);
        const auto address = Address::parse(text);
        REQUIRE_FALSE(address);
        CHECK(address.error().domain == Domain::parse);
        CHECK(address.error().message.find(text) != std::string::npos);
    }
    CHECK_FALSE(Address::parse(std::string_view("10.0.0.1\0", 9)));
}

TEST_CASE("addresses come from netlink's bytes", "[net]")
{
    const std::array<std::uint8_t, 16> bytes{10, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    const auto v4 = Address::from_bytes(Family::inet, bytes);
    CHECK(*v4 == Address::v4(0x0a000001));
    CHECK(Address::from_bytes(Family::inet6, bytes)->raw() == bytes);
    CHECK_FALSE(Address::from_bytes(Family::inet6, std::span(bytes).first(15)));
    CHECK_FALSE(Address::from_bytes(Family::inet, std::span(bytes).first(3)));
    CHECK(v4->bytes().size() == 4);
    CHECK(v4->v4_value() == 0x0a000001);
}

TEST_CASE("addresses are ordered by family and unsigned value", "[net]")
{
    CHECK(Address::v4(0x0a000001) < Address::v4(0xc8000001));
    CHECK(Address::v4(0x7fffffff) < Address::v4(0x80000000));
    CHECK(Address::v4(0xffffffff) < Address::any(Family::inet6));
    CHECK(*Address::parse("2001::") < *Address::parse("ff00::"));
    CHECK(Address::v4(0xe0000051).is_multicast());
    CHECK_FALSE(Address::v4(0xf0000000).is_multicast());
    CHECK(Address::parse("ff02::1")->is_multicast());
}

TEST_CASE("endpoints are read and written", "[net]")
{
    CHECK(Endpoint::parse("10.0.0.1:80")->to_string() == "10.0.0.1:80");
    CHECK(Endpoint::parse("10.0.0.1")->port == 0);
    CHECK(Endpoint::parse("[2001:db8::1]:65535")->to_string() == "[2001:db8::1]:65535");
    CHECK(Endpoint::parse("[2001:db8::1]")->to_string() == "[2001:db8::1]:0");
    CHECK(Endpoint::parse("2001:db8::1")->port == 0);
    for (const char *text :
         {"", ":", "10.0.0.1:", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1: 1", "10.0.0.1:http",
          "[10.0.0.1]:80", "[::1", "[::1]80", "[::1]:", "[]", "[", "]:80", "::1:80:x"}) {
        CAPTURE(text);
        CHECK_FALSE(Endpoint::parse(text));
    }
}

TEST_CASE("netmasks are read and written", "[net]")
{
    const auto mask = Netmask::parse(Family::inet, "255.255.255.0");
    CHECK(mask->value() == 0xffffff00);
    CHECK(mask->prefix_length() == 24);
    CHECK(mask->to_string() == "255.255.255.0");
    CHECK_FALSE(mask->is_host());
    CHECK(Netmask() == Netmask::host(Family::inet));
    CHECK(Netmask::parse(Family::inet6, "128")->is_host());
    CHECK(Netmask::parse(Family::inet6, "64")->to_string() == "64");
    for (const char *text : {"", "0", "129", "64x", "-1", "255.255.255.0"}) {
        CHECK_FALSE(Netmask::parse(Family::inet6, text));
    }
    for (const char *text : {"", "24", "/24", "255.255.255", "ffff::"}) {
        CHECK_FALSE(Netmask::parse(Family::inet, text));
    }
}

TEST_CASE("protocols have names", "[net]")
{
    CHECK(to_string(Protocol::tcp) == "TCP");
    CHECK(to_string(Protocol::udp) == "UDP");
    CHECK(to_string(Protocol::sctp) == "SCTP");
    CHECK(to_string(static_cast<Protocol>(50)) == "IP");
}

TEST_CASE("errors say what happened", "[net]")
{
    Error error{Domain::kernel, ENOENT, "no such scheduler", "service.sched_name"};
    CHECK(error.describe() ==
          "no such scheduler (attribute service.sched_name): No such file or directory");
    error.add_context("add service");
    CHECK(error.message == "add service: no such scheduler");
    Error silent{Domain::kernel, ENOENT, {}, {}};
    CHECK(silent.describe() == "No such file or directory");
    silent.add_context("flush");
    CHECK(silent.message == "flush");
    CHECK(parse_error("x").domain == Domain::parse);
    CHECK(usage_error("x").domain == Domain::usage);
    for (const auto &[domain, name] :
         {std::pair{Domain::usage, "usage"}, std::pair{Domain::parse, "parse"},
          std::pair{Domain::transport, "transport"}, std::pair{Domain::kernel, "kernel"},
          std::pair{Domain::protocol, "protocol"}}) {
        CHECK(to_string(domain) == name);
    }
}

TEST_CASE("results chain", "[net]")
{
    const auto half = [](int number) -> Result<int> {
        if (number % 2 != 0) {
            return usage_error("odd");
        }
        return number / 2;
    };
    CHECK(*Result<int>(8).and_then(half).and_then(half) == 2);
    CHECK(Result<int>(6).and_then(half).and_then(half).error().message == "odd");
    CHECK(*half(4).transform([](int number) { return std::to_string(number); }) == "2");
    CHECK_FALSE(half(3).transform([](int number) { return number + 1; }));
    CHECK(*half(3).or_else([](const Error &) { return Result<int>(7); }) == 7);
    CHECK(*half(4).or_else([](const Error &) { return Result<int>(7); }) == 2);
    CHECK(half(3).value_or(9) == 9);
    CHECK(half(3).with_context("halving").error().message == "halving: odd");

    bool ran = false;
    CHECK(half(4).transform([&](int) { ran = true; }).has_value());
    CHECK(ran);
    CHECK(*Result<void>().and_then([] { return Result<int>(3); }) == 3);
    CHECK(*Result<void>().transform([] { return 4; }) == 4);
    CHECK_FALSE(Result<void>(usage_error("no")).transform([] { return 4; }));
    CHECK(Result<void>(usage_error("no")).or_else([](const Error &) { return Result<void>(); }));

    auto owner = Result<std::unique_ptr<int>>(std::make_unique<int>(5));
    CHECK(*std::move(owner).transform([](std::unique_ptr<int> p) { return *p; }) == 5);
}
