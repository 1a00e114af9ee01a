// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/codec/counter.hpp"
#include "../../libipvsctl/codec/info.hpp"
#include "../../libipvsctl/codec/timeouts.hpp"

#include "codec_support.hpp"

#include <catch2/catch.hpp>

using namespace codec_test;
using namespace ipvsctl;
using namespace ipvsctl::detail;

TEST_CASE("timeouts are sent in seconds, 0 with the rest", "[codec][timeouts]")
{
    CHECK(hex(encoded(encode_timeouts({.tcp = 900, .tcp_fin = 0, .udp = 300}))) ==
          golden("0800 0400 84030000"
                 "0800 0500 00000000"
                 "0800 0600 2c010000"));
}

TEST_CASE("a timeout that the kernel leaves out is 0", "[codec][timeouts]")
{
    NfvsAttrs attrs;
    attrs.timeout_tcp = 900;
    attrs.timeout_tcp_fin = 120;
    CHECK(decode_timeouts(attrs) == Timeouts{.tcp = 900, .tcp_fin = 120, .udp = 0});
}

TEST_CASE("what ip_vs says about itself is enough", "[codec][info]")
{
    InfoAttrs attrs;
    attrs.version = 0x010201;
    CHECK(decode_info(attrs).error().attribute == "conn-tab-size");
    attrs.conn_tab_size = 4096;
    const auto info = decode_info(attrs).value();
    CHECK(info.version_string() == "1.2.1");
    CHECK(info.connection_table_size == 4096);
    CHECK_FALSE(info.module);
    attrs.version.reset();
    CHECK(decode_info(attrs).error().attribute == "version");
}

TEST_CASE("what nfvs says about itself is kept", "[codec][info]")
{
    InfoAttrs attrs;
    attrs.version = 0x010201;
    attrs.conn_tab_size = 4096;
    attrs.module = "nfvs 0.1.0";
    attrs.conns = 1ULL << 33;
    attrs.conn_max = 1ULL << 34;
    const auto info = decode_info(attrs).value();
    CHECK(info.module == "nfvs 0.1.0");
    CHECK(info.connections == 1ULL << 33);
    CHECK(info.connection_limit == 1ULL << 34);
}

TEST_CASE("a counter has a name and a value", "[codec][counter]")
{
    CounterAttrs attrs;
    attrs.value = 1ULL << 63;
    CHECK(decode_counter(attrs).error().attribute == "counter.name");
    attrs.name = "conn_no_memory";
    CHECK(decode_counter(attrs).value() == Counter{.name = "conn_no_memory", .value = 1ULL << 63});
    attrs.value.reset();
    CHECK(decode_counter(attrs).error().attribute == "counter.value");
}
