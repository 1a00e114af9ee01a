// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/codec/destination.hpp"

#include "codec_support.hpp"

#include <catch2/catch.hpp>

using namespace codec_test;
using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

DestinationConfig config_of(const char *endpoint)
{
    DestinationConfig config;
    config.endpoint = Endpoint::parse(endpoint).value();
    return config;
}

/** What every reply carries. */
DestAttrs reply()
{
    DestAttrs attrs;
    attrs.addr = unhex("c6336401 000000000000000000000000");
    attrs.port = 8080;
    attrs.fwd_method = 0;
    attrs.weight = 5;
    attrs.u_thresh = 0;
    attrs.l_thresh = 0;
    return attrs;
}

} // namespace

TEST_CASE("a real server is sent as IPVS knows it", "[codec][destination]")
{
    auto config = config_of("198.51.100.1:8080");
    config.method = ForwardingMethod::masquerade;
    config.weight = 5;
    config.upper_threshold = 20;
    config.lower_threshold = 10;
    CHECK(hex(encoded(encode_destination(config))) ==
          golden("1400 0100 c6336401 00000000 00000000 00000000"
                 "0600 0200 1f90 0000"
                 "0800 0300 00000000"
                 "0800 0400 05000000"
                 "0800 0500 14000000"
                 "0800 0600 0a000000"
                 "0600 0b00 0200 0000"));
}

TEST_CASE("tunnel options go with the tunnel method alone", "[codec][destination]")
{
    auto config = config_of("[2001:db8::1]:0");
    config.tunnel = {.type = TunnelType::gue, .port = 6080, .checksum = TunnelChecksum::present};
    CHECK_FALSE(encode_destination(config).tun_type);
    config.method = ForwardingMethod::tunnel;
    CHECK(hex(encoded(encode_destination(config))) ==
          golden("1400 0100 20010db8 00000000 00000000 00000001"
                 "0600 0200 0000 0000"
                 "0800 0300 02000000"
                 "0800 0400 01000000"
                 "0800 0500 00000000"
                 "0800 0600 00000000"
                 "0600 0b00 0a00 0000"
                 "0500 0d00 01 000000"
                 "0600 0e00 17c0 0000"
                 "0600 0f00 0100 0000"));
}

TEST_CASE("an address is enough to identify a real server", "[codec][destination]")
{
    CHECK(hex(encoded(encode_destination_key(Endpoint::parse("198.51.100.1:80").value()))) ==
          golden("1400 0100 c6336401 00000000 00000000 00000000"
                 "0600 0200 0050 0000"
                 "0600 0b00 0200 0000"));
}

TEST_CASE("a reply becomes a real server", "[codec][destination]")
{
    auto attrs = reply();
    attrs.fwd_method = 0x102;
    attrs.tun_type = 2;
    attrs.tun_flags = 1;
    attrs.active_conns = 11;
    attrs.inact_conns = 22;
    attrs.persist_conns = 33;
    attrs.stats64.emplace();
    attrs.stats64->outbytes = ~std::uint64_t{0};
    const auto destination = decode_destination(attrs, Family::inet).value();
    CHECK(destination.config.endpoint == Endpoint::parse("198.51.100.1:8080").value());
    CHECK(destination.config.method == ForwardingMethod::tunnel);
    CHECK(destination.config.weight == 5);
    CHECK(destination.config.tunnel.type == TunnelType::gre);
    CHECK(destination.config.tunnel.checksum == TunnelChecksum::present);
    CHECK(destination.active_connections == 11);
    CHECK(destination.inactive_connections == 22);
    CHECK(destination.persistent_connections == 33);
    CHECK(destination.stats.outgoing_bytes == ~std::uint64_t{0});
}

TEST_CASE("the service's family counts unless the real server has its own", "[codec][destination]")
{
    auto attrs = reply();
    const auto family = [&] {
        return decode_destination(attrs, Family::inet6).value().config.endpoint.address.family();
    };
    CHECK(family() == Family::inet6);
    attrs.addr_family = 0;
    CHECK(family() == Family::inet6);
    attrs.addr_family = 2;
    CHECK(family() == Family::inet);
    attrs.addr_family = 7;
    CHECK(decode_destination(attrs, Family::inet6).error().attribute == "dest.addr-family");
}

TEST_CASE("a real server that lacks an attribute is refused by its name", "[codec][destination]")
{
    auto attrs = reply();
    std::string name;
    SECTION("addr")
    {
        attrs.addr.reset(), name = "dest.addr";
    }
    SECTION("port")
    {
        attrs.port.reset(), name = "dest.port";
    }
    SECTION("method")
    {
        attrs.fwd_method.reset(), name = "dest.fwd-method";
    }
    SECTION("weight")
    {
        attrs.weight.reset(), name = "dest.weight";
    }
    SECTION("upper")
    {
        attrs.u_thresh.reset(), name = "dest.u-thresh";
    }
    SECTION("lower")
    {
        attrs.l_thresh.reset(), name = "dest.l-thresh";
    }
    SECTION("short address")
    {
        attrs.addr = Bytes{1}, name = "dest.addr";
    }
    const auto destination = decode_destination(attrs, Family::inet);
    REQUIRE_FALSE(destination);
    CHECK(destination.error().domain == Domain::protocol);
    CHECK(destination.error().attribute == name);
}

TEST_CASE("the nest of a transaction is the same but for what the kernel assumes", "[codec]")
{
    for (const auto method :
         {ForwardingMethod::masquerade, ForwardingMethod::direct, ForwardingMethod::tunnel}) {
        for (const char *endpoint : {"10.0.0.1:8080", "[2001:db8::1]:53"}) {
            const DestinationConfig config{.endpoint = Endpoint::parse(endpoint).value(),
                                           .method = method,
                                           .weight = 7,
                                           .upper_threshold = 9,
                                           .lower_threshold = 3,
                                           .tunnel = {.type = TunnelType::gue,
                                                      .port = 5555,
                                                      .checksum = TunnelChecksum::present}};
            for (const auto service : {Family::inet, Family::inet6}) {
                auto expected = encode_destination(config);
                const auto bytes = config.endpoint.address.bytes();
                expected.addr = Bytes(bytes.begin(), bytes.end());
                if (config.endpoint.address.family() == service)
                    expected.addr_family.reset();
                CHECK(hex(encoded(DestinationNest{config, service})) == hex(encoded(expected)));
            }
        }
    }
}

TEST_CASE("a transaction leaves out what is as usual", "[codec]")
{
    const auto nest = [](const DestinationConfig &config) {
        return hex(encoded(DestinationNest{config, Family::inet}));
    };
    const std::string head = "0800 0100 c6336401 0600 0200 0050 0000 0800 0300 03000000";
    auto config = config_of("198.51.100.1:80");
    CHECK(nest(config) == golden(head));
    config.weight = 0;
    CHECK(nest(config) == golden(head + "0800 0400 00000000"));
    config.weight = 1;
    config.upper_threshold = 2;
    CHECK(nest(config) == golden(head + "0800 0500 02000000"));
    config.lower_threshold = 1;
    CHECK(nest(config) == golden(head + "0800 0500 02000000 0800 0600 01000000"));
}
