// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Connections and sync daemons: from netlink, from /proc/net/ip_vs_conn, and filters on both.
 */
#include "../../libipvsctl/codec/connection.hpp"
#include "../../libipvsctl/codec/daemon.hpp"
#include "../../libipvsctl/codec/proc_connection.hpp"
#include "codec_support.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

Endpoint endpoint(const char *text)
{
    return Endpoint::parse(text).value();
}

Bytes bytes_of(const char *address)
{
    const auto raw = Address::parse(address).value().raw();
    return Bytes(raw.begin(), raw.end());
}

ConnAttrs full()
{
    ConnAttrs attrs;
    attrs.af = std::uint16_t{2};
    attrs.protocol = std::uint16_t{6};
    attrs.client_addr = bytes_of("192.0.2.1");
    attrs.client_port = std::uint16_t{50000};
    attrs.virtual_addr = bytes_of("203.0.113.1");
    attrs.virtual_port = std::uint16_t{80};
    attrs.dest_addr = bytes_of("10.0.0.11");
    attrs.dest_port = std::uint16_t{8080};
    attrs.state_name = "ESTABLISHED";
    return attrs;
}

Prefix prefix(const char *address, std::uint8_t length)
{
    return {Address::parse(address).value(), length};
}

} // namespace

TEST_CASE("a connection by netlink", "[codec][conn]")
{
    auto attrs = full();
    auto connection = decode_connection(attrs).value();
    CHECK(connection.client == endpoint("192.0.2.1:50000"));
    CHECK(connection.virtual_server == endpoint("203.0.113.1:80"));
    CHECK(connection.real_server == endpoint("10.0.0.11:8080"));
    CHECK(connection.state == "ESTABLISHED");
    CHECK_FALSE(connection.method);

    attrs.dest_af = std::uint16_t{10};
    attrs.dest_addr = bytes_of("2001:db8::11");
    attrs.expires = 899U;
    attrs.fwd_method = 2U;
    attrs.fwmark = 7U;
    attrs.pe_name = "sip";
    attrs.pe_data = Bytes{'a', 'b'};
    connection = decode_connection(attrs).value();
    CHECK(connection.real_server == endpoint("[2001:db8::11]:8080"));
    CHECK(connection.expires == 899);
    CHECK(connection.method == ForwardingMethod::tunnel);
    CHECK(connection.fwmark == 7U);
    CHECK(connection.persistence_engine == "sip");
    CHECK(connection.persistence_data == "ab");
}

TEST_CASE("a connection without what every reply carries is refused", "[codec][conn]")
{
    const auto refused = [](auto change) {
        auto attrs = full();
        change(attrs);
        const auto connection = decode_connection(attrs);
        REQUIRE_FALSE(connection);
        CHECK(connection.error().domain == Domain::protocol);
        return connection.error().attribute;
    };
    CHECK(refused([](ConnAttrs &a) { a.af.reset(); }) == "conn.af");
    CHECK(refused([](ConnAttrs &a) { a.protocol.reset(); }) == "conn.protocol");
    CHECK(refused([](ConnAttrs &a) { a.client_addr.reset(); }) == "conn.client-addr");
    CHECK(refused([](ConnAttrs &a) { a.client_port.reset(); }) == "conn.client-port");
    CHECK(refused([](ConnAttrs &a) { a.virtual_addr.reset(); }) == "conn.virtual-addr");
    CHECK(refused([](ConnAttrs &a) { a.virtual_port.reset(); }) == "conn.virtual-port");
    CHECK(refused([](ConnAttrs &a) { a.dest_addr.reset(); }) == "conn.dest-addr");
    CHECK(refused([](ConnAttrs &a) { a.dest_port.reset(); }) == "conn.dest-port");
    CHECK(refused([](ConnAttrs &a) { a.state_name.reset(); }) == "conn.state-name");
    CHECK(refused([](ConnAttrs &a) { a.af = std::uint16_t{3}; }) == "conn.af");
    CHECK(refused([](ConnAttrs &a) { a.dest_af = std::uint16_t{3}; }) == "conn.dest-af");
    CHECK(refused([](ConnAttrs &a) { a.client_addr = Bytes{1}; }) == "conn.client-addr");
    CHECK(refused([](ConnAttrs &a) { a.virtual_addr = Bytes{1}; }) == "conn.virtual-addr");
    CHECK(refused([](ConnAttrs &a) { a.dest_addr = Bytes{1}; }) == "conn.dest-addr");
}

TEST_CASE("a filter asks for what is given, with the families that addresses need", "[codec][conn]")
{
    CHECK(encode_connection_filter({}).value() == ConnAttrs{});

    ConnectionFilter filter;
    filter.protocol = std::uint16_t{17};
    filter.client = {prefix("192.0.2.0", 24), std::uint16_t{5}};
    filter.real_server.address = prefix("2001:db8::", 32);
    filter.state = "UDP";
    ConnAttrs expected;
    expected.af = std::uint16_t{2};
    expected.protocol = std::uint16_t{17};
    expected.client_addr = bytes_of("192.0.2.0");
    expected.client_prefix = std::uint8_t{24};
    expected.client_port = std::uint16_t{5};
    expected.dest_af = std::uint16_t{10};
    expected.dest_addr = bytes_of("2001:db8::");
    expected.dest_prefix = std::uint8_t{32};
    expected.state_name = "UDP";
    CHECK(encode_connection_filter(filter).value() == expected);

    filter.virtual_server.address = prefix("2001:db8::1", 128);
    CHECK(encode_connection_filter(filter).error().domain == Domain::usage);
    filter.virtual_server.address = prefix("203.0.113.1", 33);
    CHECK(encode_connection_filter(filter).error().domain == Domain::usage);
    filter.virtual_server = {};
    filter.family = Family::inet6;
    CHECK(encode_connection_filter(filter).error().domain == Domain::usage);
}

TEST_CASE("the name of a state has a bound", "[codec][conn]")
{
    ConnectionFilter filter;
    filter.state = std::string(15, 'X');
    CHECK(encode_connection_filter(filter));
    filter.state = std::string(70000, 'X');
    CHECK(encode_connection_filter(filter).error().domain == Domain::usage);
}

TEST_CASE("prefixes", "[conn]")
{
    const auto net = prefix("192.0.2.128", 25);
    CHECK(net.contains(Address::parse("192.0.2.255").value()));
    CHECK_FALSE(net.contains(Address::parse("192.0.2.127").value()));
    CHECK_FALSE(net.contains(Address::parse("::1").value()));
    CHECK(prefix("0.0.0.0", 0).contains(Address::parse("255.1.2.3").value()));
    CHECK(prefix("192.0.2.1", 32).contains(Address::parse("192.0.2.1").value()));
    CHECK_FALSE(prefix("192.0.2.1", 33).contains(Address::parse("192.0.2.1").value()));
    CHECK(prefix("2001:db8::", 33).contains(Address::parse("2001:db8:7fff::1").value()));
    CHECK_FALSE(prefix("2001:db8::", 33).contains(Address::parse("2001:db8:8000::1").value()));
    CHECK(Prefix::host(Address::any(Family::inet6)).length == 128);
}

TEST_CASE("a filter matches what it describes and nothing else", "[conn]")
{
    const auto connection = decode_connection(full()).value();
    CHECK(ConnectionFilter{}.matches(connection));
    const auto one = [&](auto change) {
        ConnectionFilter filter;
        change(filter);
        return filter.matches(connection);
    };
    CHECK(one([](auto &f) { f.family = Family::inet; }));
    CHECK_FALSE(one([](auto &f) { f.family = Family::inet6; }));
    CHECK(one([](auto &f) { f.protocol = std::uint16_t{6}; }));
    CHECK_FALSE(one([](auto &f) { f.protocol = std::uint16_t{17}; }));
    CHECK(one([](auto &f) { f.client.address = prefix("192.0.0.0", 16); }));
    CHECK_FALSE(one([](auto &f) { f.client.port = std::uint16_t{1}; }));
    CHECK_FALSE(one([](auto &f) { f.virtual_server.address = prefix("192.0.0.0", 16); }));
    CHECK(one([](auto &f) { f.real_server.port = std::uint16_t{8080}; }));
    CHECK_FALSE(one([](auto &f) { f.state = "UDP"; }));
}

TEST_CASE("protocols by name and number", "[conn]")
{
    for (int number = 0; number < 256; number++) {
        const auto protocol = static_cast<std::uint16_t>(number);
        CHECK(protocol_number(protocol_name(protocol)) == protocol);
    }
    CHECK(protocol_name(47) == "IP_47");
    CHECK_FALSE(protocol_number("IP_"));
    CHECK_FALSE(protocol_number("IP_x"));
    CHECK_FALSE(protocol_number("tcp"));
    CHECK_FALSE(protocol_number(""));
}

TEST_CASE("lines of /proc/net/ip_vs_conn", "[codec][conn]")
{
    const auto v4 = parse_proc_connection(
        "TCP C6336401 C350 CB007101 0050 0A00000B 1F90 ESTABLISHED     899  ");
    REQUIRE(v4);
    CHECK(v4->protocol == 6);
    CHECK(v4->client == endpoint("198.51.100.1:50000"));
    CHECK(v4->virtual_server == endpoint("203.0.113.1:80"));
    CHECK(v4->real_server == endpoint("10.0.0.11:8080"));
    CHECK(v4->state == "ESTABLISHED");
    CHECK(v4->expires == 899);
    CHECK(v4->persistence_engine.empty());

    const auto mixed = parse_proc_connection(
        "UDP 2001:0db8:0000:0000:0000:0000:0000:0001 C350 2001:0db8:0000:0000:0000:0000:0000:0002 "
        "0035 0A00000B 0035 UDP             300 sip 4711@example.net");
    REQUIRE(mixed);
    CHECK(mixed->client == endpoint("[2001:db8::1]:50000"));
    CHECK(mixed->real_server == endpoint("10.0.0.11:53"));
    CHECK(mixed->persistence_engine == "sip");
    CHECK(mixed->persistence_data == "4711@example.net");
}

TEST_CASE("lines that make no sense", "[codec][conn]")
{
    for (const char *line : {
             "",
             " ",
             "TCP",
             "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData",
             "XYZ C6336401 C350 CB007101 0050 0A00000B 1F90 ESTABLISHED 899",
             "TCP C6336401X C350 CB007101 0050 0A00000B 1F90 ESTABLISHED 899",
             "TCP C6336401 1C350 CB007101 0050 0A00000B 1F90 ESTABLISHED 899",
             "TCP C6336401 C350 ::g 0050 0A00000B 1F90 ESTABLISHED 899",
             "TCP C6336401 C350 CB007101 0050 0A00000B 1F90 ESTABLISHED",
             "TCP C6336401 C350 CB007101 0050 0A00000B 1F90 ESTABLISHED x",
             "TCP C6336401 C350 CB007101 0050 0A00000B 1F90 ESTABLISHED -1",
         }) {
        CAPTURE(line);
        const auto connection = parse_proc_connection(line);
        REQUIRE_FALSE(connection);
        CHECK(connection.error().domain == Domain::protocol);
    }
}

TEST_CASE("a daemon as it is started comes back as it was", "[codec][daemon]")
{
    for (const char *group : {"224.0.0.81", "ff02::81"}) {
        const SyncDaemon daemon{.role = DaemonRole::backup,
                                .interface = "eth1",
                                .sync_id = 255,
                                .max_length = 1400,
                                .group = Address::parse(group).value(),
                                .port = 9,
                                .ttl = 4};
        CHECK(decode_daemon(encode_daemon(daemon).value()).value() == daemon);
    }
    SyncDaemon least;
    least.interface = "eth0";
    const auto attrs = encode_daemon(least).value();
    CHECK_FALSE(attrs.sync_maxlen);
    CHECK_FALSE(attrs.mcast_group);
    CHECK_FALSE(attrs.mcast_port);
    CHECK_FALSE(attrs.mcast_ttl);
    CHECK(attrs.sync_id == 0U);
    CHECK(decode_daemon(attrs).value() == least);
    least.interface = "sixteen-letters-";
    CHECK(encode_daemon(least).error().domain == Domain::usage);
    CHECK(encode_daemon_key(DaemonRole::master).state == 1U);
}

TEST_CASE("a daemon without what every reply carries is refused", "[codec][daemon]")
{
    SyncDaemon daemon;
    daemon.interface = "eth0";
    const auto whole = encode_daemon(daemon).value();
    auto attrs = whole;
    attrs.state.reset();
    CHECK(decode_daemon(attrs).error().attribute == "daemon.state");
    attrs = whole;
    attrs.mcast_ifn.reset();
    CHECK(decode_daemon(attrs).error().attribute == "daemon.mcast-ifn");
    attrs = whole;
    attrs.sync_id.reset();
    CHECK(decode_daemon(attrs).error().attribute == "daemon.sync-id");
    attrs = whole;
    attrs.mcast_group6 = Bytes{1};
    CHECK(decode_daemon(attrs).error().attribute == "daemon.mcast-group6");
    CHECK(to_string(DaemonRole::master) == "master");
    CHECK(to_string(DaemonRole::backup) == "backup");
    CHECK(to_string(static_cast<DaemonRole>(9)) == "unknown");
}
