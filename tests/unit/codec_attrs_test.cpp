// SPDX-License-Identifier: GPL-2.0-or-later
//
// The generated structs: each member goes out and comes back, and nothing that the kernel could
// send makes them read beyond a message.
#include "../../libipvsctl/gen/nfvs_attrs.hpp"

#include "codec_support.hpp"

#include <catch2/catch.hpp>

#include <linux/nfvs.h>

using namespace codec_test;
using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

Stats64Attrs wide_stats()
{
    Stats64Attrs stats;
    std::uint64_t next = 0x100000001;
    for (auto member :
         {&Stats64Attrs::conns, &Stats64Attrs::inpkts, &Stats64Attrs::outpkts,
          &Stats64Attrs::inbytes, &Stats64Attrs::outbytes, &Stats64Attrs::cps, &Stats64Attrs::inpps,
          &Stats64Attrs::outpps, &Stats64Attrs::inbps, &Stats64Attrs::outbps})
        stats.*member = next++;
    return stats;
}

StatsAttrs narrow_stats()
{
    StatsAttrs stats;
    stats.conns = 1;
    stats.inpkts = 2;
    stats.outpkts = 3;
    stats.inbytes = 1ULL << 40;
    stats.outbytes = 1ULL << 41;
    stats.cps = 6;
    stats.inpps = 7;
    stats.outpps = 8;
    stats.inbps = 9;
    stats.outbps = 10;
    return stats;
}

NfvsAttrs everything()
{
    SvcAttrs service;
    service.af = 2;
    service.protocol = 6;
    service.addr = Bytes{192, 0, 2, 1};
    service.port = 80;
    service.fwmark = 7;
    service.sched_name = "wlc";
    service.flags = Flags{.flags = 1, .mask = 0xffffffff};
    service.timeout = 360;
    service.netmask = 0xffffffff;
    service.stats = narrow_stats();
    service.pe_name = "sip";
    service.stats64 = wide_stats();

    DestAttrs dest;
    dest.addr = Bytes{198, 51, 100, 1};
    dest.port = 8080;
    dest.fwd_method = 2;
    dest.weight = 100;
    dest.u_thresh = 20;
    dest.l_thresh = 10;
    dest.active_conns = 1;
    dest.inact_conns = 2;
    dest.persist_conns = 3;
    dest.stats = narrow_stats();
    dest.addr_family = 2;
    dest.stats64 = wide_stats();
    dest.tun_type = 1;
    dest.tun_port = 6080;
    dest.tun_flags = 1;

    DaemonAttrs daemon;
    daemon.state = 1;
    daemon.mcast_ifn = "eth0";
    daemon.sync_id = 9;
    daemon.sync_maxlen = 1472;
    daemon.mcast_group = 0xe0000051;
    daemon.mcast_group6 = Bytes(16, 0xff);
    daemon.mcast_port = 8848;
    daemon.mcast_ttl = 1;

    NfvsAttrs attrs;
    attrs.service = service;
    attrs.dest = dest;
    attrs.daemon = daemon;
    attrs.timeout_tcp = 900;
    attrs.timeout_tcp_fin = 120;
    attrs.timeout_udp = 300;
    for (const char *name : {"one", "two"}) {
        CounterAttrs counter;
        counter.name = name;
        counter.value = 1ULL << 63;
        attrs.counter.push_back(counter);
    }
    return attrs;
}

InfoAttrs all_info()
{
    InfoAttrs info;
    info.version = 0x010201;
    info.conn_tab_size = 4096;
    info.module = "nfvs 0.1.0";
    info.conns = 1ULL << 33;
    info.conn_max = 1ULL << 34;
    return info;
}

} // namespace

TEST_CASE("every attribute survives encoding and decoding", "[codec][attrs]")
{
    const auto attrs = everything();
    CHECK(NfvsAttrs::decode(encoded(attrs)).value() == attrs);
    const auto info = all_info();
    CHECK(InfoAttrs::decode(encoded(info)).value() == info);
}

TEST_CASE("an empty message has no attribute", "[codec][attrs]")
{
    CHECK(encoded(NfvsAttrs{}).empty());
    CHECK(NfvsAttrs::decode({}).value() == NfvsAttrs{});
}

TEST_CASE("nests carry the flag that the commands of nfvs insist on", "[codec][attrs]")
{
    NfvsAttrs attrs;
    attrs.service.emplace();
    attrs.service->af = 10;
    CHECK(hex(encoded(attrs)) == golden("0c00 0180 0600 0100 0a00 0000"));
}

TEST_CASE("attributes that the library does not know are skipped", "[codec][attrs]")
{
    const auto bytes =
        unhex("0800 f003 01020304  0c00 0100 0600 0100 0200 0000  0500 2000 01 000000");
    NfvsAttrs expected;
    expected.service.emplace();
    expected.service->af = 2;
    CHECK(NfvsAttrs::decode(bytes).value() == expected);
}

TEST_CASE("a bad value is named with its path", "[codec][attrs]")
{
    // Four bytes where these statistics have eight.
    const auto decoded = NfvsAttrs::decode(unhex("1000 0200  0c00 0c00  0800 0700 01000000"));
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().domain == Domain::protocol);
    CHECK(decoded.error().attribute == "dest.stats64.inpps");
}

TEST_CASE("a message that is cut off anywhere is refused or read in part", "[codec][attrs]")
{
    const auto bytes = encoded(everything());
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < bytes.size(); size++) {
        const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        if (NfvsAttrs::decode(cut))
            accepted++;
    }
    // Only between two attributes of the top level, or where padding alone is missing.
    CHECK(accepted < 20);
}

TEST_CASE("an attribute is found by its place in the request", "[codec][attrs]")
{
    const auto attrs = everything();
    const auto bytes = encoded(attrs);
    const auto &names = attributes_of(NFVS_CMD_NEW_SERVICE);
    CHECK(attr_path(names, bytes, 0) == "service");
    CHECK(attr_path(names, bytes, 4) == "service.af");
    CHECK(attr_path(names, bytes, 12) == "service.protocol");
    CHECK(attr_path(names, bytes, 9) == "service.af");
    CHECK(attr_path(names, bytes, bytes.size()).empty());
    CHECK(attr_path(names, bytes, std::nullopt).empty());
    CHECK(attr_path(names, bytes, std::nullopt, NFVS_A_DEST) == "dest");
    CHECK(attr_path(names, bytes, 0, NFVS_SVC_A_NETMASK) == "service.netmask");
    CHECK(attr_path(names, bytes, 0, 999) == "service.attribute 999");
    CHECK(attr_path(attributes_of(NFVS_CMD_GET_INFO), {}, std::nullopt, NFVS_INFO_A_MODULE) ==
          "module");
}
