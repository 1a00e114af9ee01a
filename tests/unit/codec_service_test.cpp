// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/codec/service.hpp"

#include "codec_support.hpp"

#include <catch2/catch.hpp>

#include <linux/nfvs.h>

using namespace codec_test;
using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

ServiceKey key_of(Protocol protocol, const char *endpoint)
{
    return AddressServiceKey{.protocol = protocol, .endpoint = Endpoint::parse(endpoint).value()};
}

ServiceConfig config_of(const char *scheduler)
{
    ServiceConfig config;
    config.scheduler = scheduler;
    return config;
}

/** What every reply carries. */
SvcAttrs reply()
{
    SvcAttrs attrs;
    attrs.af = 2;
    attrs.protocol = 6;
    attrs.addr = unhex("c0000201 000000000000000000000000");
    attrs.port = 80;
    attrs.sched_name = "wrr";
    attrs.flags = Flags{.flags = 3, .mask = 0xffffffff};
    attrs.timeout = 360;
    attrs.netmask = swap_be32(0xffffff00);
    return attrs;
}

} // namespace

TEST_CASE("an IPv4 service is sent as IPVS knows it", "[codec][service]")
{
    auto config = config_of("wlc");
    config.flags = service_flag::persistent;
    config.persistence_timeout = 300;
    config.netmask = Netmask::v4(0xffffff00);
    config.persistence_engine = "sip";
    const auto attrs = encode_service(key_of(Protocol::tcp, "192.0.2.1:80"), config);
    CHECK(hex(encoded(attrs.value())) == golden("0600 0100 0200 0000"
                                                "0600 0200 0600 0000"
                                                "1400 0300 c0000201 00000000 00000000 00000000"
                                                "0600 0400 0050 0000"
                                                "0800 0600 776c6300"
                                                "0c00 0700 01000000 fdffffff"
                                                "0800 0800 2c010000"
                                                "0800 0900 ffffff00"
                                                "0800 0b00 73697000"));
}

TEST_CASE("an IPv6 service is sent as IPVS knows it", "[codec][service]")
{
    auto config = config_of("rr");
    config.netmask = Netmask::v6(64);
    const auto attrs = encode_service(key_of(Protocol::udp, "[2001:db8::1]:53"), config);
    CHECK(hex(encoded(attrs.value())) == golden("0600 0100 0a00 0000"
                                                "0600 0200 1100 0000"
                                                "1400 0300 20010db8 00000000 00000000 00000001"
                                                "0600 0400 0035 0000"
                                                "0700 0600 727200 00"
                                                "0c00 0700 00000000 fdffffff"
                                                "0800 0800 00000000"
                                                "0800 0900 40000000"));
}

TEST_CASE("what is not said about removed real servers is not sent", "[codec][service]")
{
    const auto key = key_of(Protocol::tcp, "192.0.2.1:80");
    auto config = config_of("rr");
    CHECK_FALSE(encode_service(key, config).value().on_removal);
    config.on_removal = Removal::by_default;
    CHECK(encode_service(key, config).value().on_removal == 0);
    config.on_removal = Removal::reset;
    const auto attrs = encode_service(key, config).value();
    CHECK(attrs.on_removal == 3);
    CHECK(decode_service(attrs).value().config.on_removal == Removal::reset);
}

TEST_CASE("what is not said about the fast path is not sent", "[codec][service]")
{
    const auto key = key_of(Protocol::tcp, "192.0.2.1:80");
    auto config = config_of("rr");
    const auto silent = encode_service(key, config).value();
    CHECK_FALSE(silent.fastpath);
    CHECK(decode_service(silent).value().config.fastpath == FastPath::by_default);
    config.fastpath = FastPath::by_default;
    CHECK(encode_service(key, config).value().fastpath == 3);
    config.fastpath = FastPath::off;
    const auto attrs = encode_service(key, config).value();
    CHECK(attrs.fastpath == 0);
    CHECK(decode_service(attrs).value().config.fastpath == FastPath::off);
}

TEST_CASE("a fwmark service has neither protocol nor address", "[codec][service]")
{
    CHECK(
        hex(encoded(encode_service_key(FwmarkServiceKey{.fwmark = 7, .family = Family::inet6}))) ==
        golden("0600 0100 0a00 0000"
               "0800 0500 07000000"));
}

TEST_CASE("a host netmask fits both families, others only their own", "[codec][service]")
{
    const auto v6 = key_of(Protocol::tcp, "[2001:db8::1]:80");
    auto config = config_of("rr");
    CHECK(encode_service(v6, config).value().netmask == 128);
    config.netmask = Netmask::v4(0xffff0000);
    const auto refused = encode_service(v6, config);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().domain == Domain::usage);
}

TEST_CASE("names that do not fit are refused before the kernel sees them", "[codec][service]")
{
    const auto key = key_of(Protocol::tcp, "192.0.2.1:80");
    CHECK(encode_service(key, config_of("fifteen_letters")));
    CHECK_FALSE(encode_service(key, config_of("sixteen_letters_")));
    auto config = config_of("rr");
    config.scheduler.push_back('\0');
    CHECK_FALSE(encode_service(key, config));
    config = config_of("rr");
    config.persistence_engine = std::string(70000, 'x');
    CHECK_FALSE(encode_service(key, config));
}

TEST_CASE("a reply becomes a service", "[codec][service]")
{
    auto attrs = reply();
    attrs.stats64.emplace();
    attrs.stats64->inbytes = 1ULL << 40;
    attrs.stats.emplace();
    attrs.stats->inbytes = 5;
    const auto service = decode_service(attrs).value();
    CHECK(service.key == key_of(Protocol::tcp, "192.0.2.1:80"));
    CHECK(service.config.scheduler == "wrr");
    CHECK(service.config.flags == (service_flag::persistent | service_flag::hashed));
    CHECK(service.config.persistence_timeout == 360);
    CHECK(service.config.netmask == Netmask::v4(0xffffff00));
    CHECK(service.config.persistence_engine.empty());
    CHECK(service.stats.incoming_bytes == 1ULL << 40);
}

TEST_CASE("without 64-bit statistics the others count", "[codec][service]")
{
    auto attrs = reply();
    attrs.stats.emplace();
    attrs.stats->conns = 0xffffffff;
    CHECK(decode_service(attrs).value().stats.connections == 0xffffffff);
}

TEST_CASE("an edited reply goes back without the kernel's own flag", "[codec][service]")
{
    const auto service = decode_service(reply()).value();
    const auto flags = encode_service(service.key, service.config).value().flags;
    REQUIRE(flags);
    CHECK(*flags == Flags{.flags = 1, .mask = 0xfffffffd});
}

TEST_CASE("a fwmark reply becomes a fwmark service", "[codec][service]")
{
    auto attrs = reply();
    attrs.af = 10;
    attrs.fwmark = 9;
    attrs.protocol.reset();
    attrs.addr.reset();
    attrs.port.reset();
    attrs.netmask = 128;
    const auto service = decode_service(attrs).value();
    CHECK(service.key == ServiceKey(FwmarkServiceKey{.fwmark = 9, .family = Family::inet6}));
    CHECK(service.config.netmask == Netmask::v6(128));
}

TEST_CASE("a reply that lacks an attribute is refused by its name", "[codec][service]")
{
    auto attrs = reply();
    std::string name;
    SECTION("af")
    {
        attrs.af.reset(), name = "service.af";
    }
    SECTION("protocol")
    {
        attrs.protocol.reset(), name = "service.protocol";
    }
    SECTION("addr")
    {
        attrs.addr.reset(), name = "service.addr";
    }
    SECTION("port")
    {
        attrs.port.reset(), name = "service.port";
    }
    SECTION("sched-name")
    {
        attrs.sched_name.reset(), name = "service.sched-name";
    }
    SECTION("flags")
    {
        attrs.flags.reset(), name = "service.flags";
    }
    SECTION("timeout")
    {
        attrs.timeout.reset(), name = "service.timeout";
    }
    SECTION("netmask")
    {
        attrs.netmask.reset(), name = "service.netmask";
    }
    SECTION("unknown family")
    {
        attrs.af = 3, name = "service.af";
    }
    SECTION("short address")
    {
        attrs.addr = Bytes{1, 2}, name = "service.addr";
    }
    const auto service = decode_service(attrs);
    REQUIRE_FALSE(service);
    CHECK(service.error().domain == Domain::protocol);
    CHECK(service.error().attribute == name);
}
