// SPDX-License-Identifier: GPL-2.0-or-later
/** Events: from netlink's attributes, and what is missing between them. */
#include "../../libipvsctl/codec/connection.hpp"
#include "../../libipvsctl/codec/destination.hpp"
#include "../../libipvsctl/codec/service.hpp"
#include "../../libipvsctl/transport/event_stream.hpp"
#include "../../libipvsctl/transport/request_list.hpp"

#include <catch2/catch.hpp>

#include <linux/netlink.h>
#include <linux/nfvs.h>

using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

constexpr std::uint16_t family = 0x1f;

const ServiceKey web = AddressServiceKey{
    .protocol = Protocol::tcp, .endpoint = {.address = Address::v4(0xc0000201), .port = 80}};
const ServiceKey mark = FwmarkServiceKey{.fwmark = 7, .family = Family::inet6};
const Endpoint server = Endpoint::parse("198.51.100.1:8080").value();

NfvsAttrs about(const ServiceKey &key)
{
    NfvsAttrs attrs;
    attrs.service = encode_service_key(key);
    attrs.event = std::uint64_t{1};
    attrs.generation = std::uint64_t{42};
    attrs.port_id = std::uint32_t{4711};
    return attrs;
}

NfvsAttrs about(const ServiceKey &key, const ServiceConfig &config)
{
    auto attrs = about(key);
    attrs.service = encode_service(key, config).value();
    return attrs;
}

NfvsAttrs about(const ServiceKey &key, const DestAttrs &dest)
{
    auto attrs = about(key);
    attrs.dest = dest;
    return attrs;
}

NfvsAttrs numbered(NfvsAttrs attrs, std::uint64_t number)
{
    attrs.event = number;
    return attrs;
}

template <typename What> What decoded_as(std::uint8_t command, const NfvsAttrs &attrs)
{
    const auto event = decode_event(command, attrs);
    REQUIRE(event);
    CHECK(event->number == 1);
    CHECK(event->generation == 42);
    CHECK(event->port_id == 4711);
    REQUIRE(std::holds_alternative<What>(event->what));
    return std::get<What>(event->what);
}

Bytes datagram(std::uint8_t command, const NfvsAttrs &attrs, std::uint16_t type = family)
{
    RequestList list;
    list.add({.command = command, .attributes = encoded(attrs)});
    list.seal(0, {.family = type, .flags = 0, .sequence = 0});
    const auto bytes = list.bytes(0, 1);
    return Bytes(bytes.begin(), bytes.end());
}

std::uint64_t next_number(EventStream &stream)
{
    const auto event = stream.take();
    REQUIRE(event);
    REQUIRE(*event);
    REQUIRE_FALSE(std::holds_alternative<MissedEvents>((*event)->what));
    return (*event)->number;
}

MissedEvents next_missed(EventStream &stream)
{
    const auto event = stream.take();
    REQUIRE(event);
    REQUIRE(*event);
    REQUIRE(std::holds_alternative<MissedEvents>((*event)->what));
    return std::get<MissedEvents>((*event)->what);
}

bool nothing_left(EventStream &stream)
{
    const auto event = stream.take();
    return event && !*event;
}

} // namespace

TEST_CASE("a service comes with its configuration, and goes without", "[event]")
{
    ServiceConfig config;
    config.scheduler = "wlc";
    const auto added = decoded_as<ServiceEvent>(NFVS_CMD_NEW_SERVICE, about(web, config));
    CHECK(added.change == Change::added);
    CHECK(added.key == web);
    REQUIRE(added.config);
    CHECK(added.config->scheduler == "wlc");
    CHECK(decoded_as<ServiceEvent>(NFVS_CMD_SET_SERVICE, about(web, config)).change ==
          Change::changed);
    const auto removed = decoded_as<ServiceEvent>(NFVS_CMD_DEL_SERVICE, about(mark));
    CHECK(removed.change == Change::removed);
    CHECK(removed.key == mark);
    CHECK_FALSE(removed.config);
    // What is configured may be there all the same.
    CHECK_FALSE(decoded_as<ServiceEvent>(NFVS_CMD_DEL_SERVICE, about(web, config)).config);
}

TEST_CASE("a real server comes with its configuration, and goes without", "[event]")
{
    DestinationConfig config;
    config.endpoint = server;
    config.weight = 7;
    const auto attrs = about(web, encode_destination(config));
    const auto added = decoded_as<DestinationEvent>(NFVS_CMD_NEW_DEST, attrs);
    CHECK(added.change == Change::added);
    CHECK(added.service == web);
    CHECK(added.endpoint == server);
    CHECK(added.config == config);
    CHECK(decoded_as<DestinationEvent>(NFVS_CMD_SET_DEST, attrs).change == Change::changed);
    const auto removed =
        decoded_as<DestinationEvent>(NFVS_CMD_DEL_DEST, about(web, encode_destination_key(server)));
    CHECK(removed.change == Change::removed);
    CHECK(removed.endpoint == server);
    CHECK_FALSE(removed.config);
}

TEST_CASE("overload begins and ends", "[event]")
{
    auto dest = encode_destination_key(server);
    auto event = decoded_as<OverloadEvent>(NFVS_CMD_OVERLOAD, about(mark, dest));
    CHECK_FALSE(event.overloaded);
    CHECK(event.service == mark);
    CHECK(event.endpoint == server);
    dest.overloaded = std::uint8_t{1};
    CHECK(decoded_as<OverloadEvent>(NFVS_CMD_OVERLOAD, about(mark, dest)).overloaded);
}

TEST_CASE("a connection is made and ends", "[event]")
{
    NfvsAttrs attrs;
    attrs.event = std::uint64_t{3};
    attrs.conn.emplace();
    attrs.conn->af = std::uint16_t{2};
    attrs.conn->protocol = std::uint16_t{6};
    attrs.conn->client_addr = attrs.conn->virtual_addr = attrs.conn->dest_addr = Bytes(16);
    attrs.conn->client_port = attrs.conn->virtual_port = attrs.conn->dest_port = std::uint16_t{80};
    attrs.conn->state_name = "CLOSE";
    const auto made = decode_event(NFVS_CMD_NEW_CONN, attrs).value();
    CHECK(made.number == 3);
    CHECK(made.generation == 0);
    CHECK_FALSE(std::get<ConnectionEvent>(made.what).ended);
    const auto ended = decode_event(NFVS_CMD_DEL_CONN, attrs).value();
    CHECK(std::get<ConnectionEvent>(ended.what).ended);
    CHECK(std::get<ConnectionEvent>(ended.what).connection.state == "CLOSE");
}

TEST_CASE("an event that lacks what it is about is refused", "[event]")
{
    const auto refused = [](std::uint8_t command, const NfvsAttrs &attrs) {
        const auto event = decode_event(command, attrs);
        REQUIRE_FALSE(event);
        CHECK(event.error().domain == Domain::protocol);
        return event.error().attribute;
    };
    CHECK(refused(NFVS_CMD_NEW_SERVICE, {}) == "service");
    CHECK(refused(NFVS_CMD_NEW_SERVICE, about(web)) == "service.sched-name");
    CHECK(refused(NFVS_CMD_DEL_DEST, {}) == "service");
    CHECK(refused(NFVS_CMD_DEL_DEST, about(web)) == "dest");
    CHECK(refused(NFVS_CMD_NEW_DEST, about(web, encode_destination_key(server))) ==
          "dest.fwd-method");
    CHECK(refused(NFVS_CMD_OVERLOAD, about(web, DestAttrs{})) == "dest.addr");
    CHECK(refused(NFVS_CMD_NEW_CONN, {}) == "conn");
}

TEST_CASE("events come out in their order; what is none of ours is skipped", "[event]")
{
    EventStream stream(family);
    CHECK(nothing_left(stream));
    auto two = datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 8));
    const auto second = datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 9));
    two.insert(two.end(), second.begin(), second.end());
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 5), family + 1));
    stream.feed(datagram(NFVS_CMD_GET_INFO, numbered(about(web), 6)));
    stream.feed(two);
    CHECK(next_number(stream) == 8);
    CHECK(next_number(stream) == 9);
    CHECK(nothing_left(stream));
}

TEST_CASE("a gap in the numbers of a group tells how many are missing", "[event]")
{
    EventStream stream(family);
    const auto overload = about(web, encode_destination_key(server));
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 100)));
    stream.feed(datagram(NFVS_CMD_OVERLOAD, numbered(overload, 7)));
    stream.feed(datagram(NFVS_CMD_DEL_DEST, numbered(overload, 101)));
    stream.feed(datagram(NFVS_CMD_OVERLOAD, numbered(overload, 12)));
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 102)));
    for (const std::uint64_t number : {100, 7, 101})
        CHECK(next_number(stream) == number);
    CHECK(next_missed(stream) ==
          MissedEvents{.group = EventGroup::overload, .count = std::uint64_t{4}});
    CHECK(next_number(stream) == 12);
    CHECK(next_number(stream) == 102);
    CHECK(nothing_left(stream));
}

TEST_CASE("an overrun is told behind what the kernel had kept", "[event]")
{
    EventStream stream(family);
    stream.overrun();
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 1)));
    CHECK(next_number(stream) == 1);
    CHECK(nothing_left(stream));
    stream.drained();
    CHECK(next_missed(stream) == MissedEvents{});
    stream.drained();
    CHECK(nothing_left(stream));
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 3)));
    CHECK(next_missed(stream).count == 1);
    CHECK(next_number(stream) == 3);
}

TEST_CASE("a broken event is an error of its own, and counts", "[event]")
{
    EventStream stream(family);
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 1)));
    stream.feed(datagram(NFVS_CMD_NEW_SERVICE, numbered(about(web), 2)));
    auto cut = datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 3));
    cut.pop_back();
    stream.feed(cut);
    stream.feed(datagram(NFVS_CMD_DEL_SERVICE, numbered(about(web), 3)));
    CHECK(next_number(stream) == 1);
    for (int i = 0; i < 2; i++) {
        const auto broken = stream.take();
        REQUIRE_FALSE(broken);
        CHECK(broken.error().domain == Domain::protocol);
    }
    CHECK(next_number(stream) == 3);
    CHECK(nothing_left(stream));
}
