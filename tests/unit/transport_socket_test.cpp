// SPDX-License-Identifier: GPL-2.0-or-later
//
// The socket transport against the one netlink family that every kernel has and that asks for
// no privilege: the generic-netlink controller.
#include "../../libipvsctl/transport/connect.hpp"
#include "../../libipvsctl/transport/nl_transport.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cerrno>

#include <linux/genetlink.h>

using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

NlTransport controller()
{
    auto socket = open_socket();
    REQUIRE(socket);
    return NlTransport(std::move(*socket), GENL_ID_CTRL);
}

Message get_family(const char *name)
{
    AttrWriter out;
    out.put_string(CTRL_ATTR_FAMILY_NAME, name);
    return {.command = CTRL_CMD_GETFAMILY, .attributes = std::move(out).take()};
}

std::string family_name(const MessageView &message)
{
    std::string name;
    const auto status = each_attr(message.attributes, [&](const Attr &attr) -> Result<void> {
        if (attr.type == CTRL_ATTR_FAMILY_NAME)
            name = attr.as_string().value();
        return {};
    });
    REQUIRE(status);
    return name;
}

} // namespace

TEST_CASE("a family is found by its name, the first of those asked for", "[transport][socket]")
{
    auto socket = open_socket();
    REQUIRE(socket);
    const std::array<std::string_view, 2> names = {"no such family", "nlctrl"};
    const auto found = find_family(socket->get(), names);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->name == "nlctrl");
    CHECK((*found)->number == GENL_ID_CTRL);
    const auto none = find_family(socket->get(), std::span(names).first(1));
    REQUIRE(none);
    CHECK_FALSE(*none);
}

TEST_CASE("a query is answered by one message", "[transport][socket]")
{
    auto transport = controller();
    for (int round = 0; round < 3; round++) {
        const auto replies = transport.transact(get_family("nlctrl"));
        REQUIRE(replies);
        REQUIRE(replies->size() == 1);
        CHECK(replies->front().command == CTRL_CMD_NEWFAMILY);
        CHECK(family_name(replies->front()) == "nlctrl");
    }
}

TEST_CASE("a refusal keeps its errno and leaves the socket usable", "[transport][socket]")
{
    auto transport = controller();
    const auto refused = transport.transact(get_family("no such family"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().domain == Domain::kernel);
    CHECK(refused.error().code == ENOENT);
    const auto unknown = transport.transact({.command = 200, .attributes = {}});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == EOPNOTSUPP);
    CHECK(transport.transact(get_family("nlctrl")));
}

TEST_CASE("a family that is gone is no real server that is not there", "[transport][socket]")
{
    auto socket = open_socket();
    REQUIRE(socket);
    NlTransport transport(std::move(*socket), 0x7fff);
    const auto gone = [](const Error &error) {
        return error.domain == Domain::transport && error.code == ENODEV &&
               error.message == "the module was unloaded";
    };
    CHECK(gone(transport.transact({.command = 1, .attributes = {}}).error()));
    CHECK(gone(transport
                   .dump({.command = 1, .attributes = {}},
                         [](const MessageView &) -> Result<void> { return {}; })
                   .error()));
    RequestList requests;
    for (int i = 0; i < 300; i++)
        requests.add({.command = 1, .attributes = {}});
    CHECK(gone(transport.batch(requests).error()));
}

TEST_CASE("the kernel's sentence comes with a refusal", "[transport][socket]")
{
    auto transport = controller();
    // The policy asks for a string with a NUL within 16 bytes.
    AttrWriter out;
    out.put_bytes(CTRL_ATTR_FAMILY_NAME, Bytes(40, 'x'));
    const auto refused =
        transport.transact({.command = CTRL_CMD_GETFAMILY, .attributes = std::move(out).take()});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().domain == Domain::kernel);
    CHECK_FALSE(refused.error().message.empty());
    // The first attribute, by whichever name our own family has for that number.
    CHECK_FALSE(refused.error().attribute.empty());
}

TEST_CASE("a dump is complete", "[transport][socket]")
{
    auto transport = controller();
    bool seen = false;
    const auto end = transport.dump({.command = CTRL_CMD_GETFAMILY, .attributes = {}},
                                    [&](const MessageView &family) -> Result<void> {
                                        seen = seen || family_name(family) == "nlctrl";
                                        return {};
                                    });
    REQUIRE(end);
    CHECK(*end == DumpEnd::whole);
    CHECK(seen);
}

TEST_CASE("a batch is carried out in windows, and what is refused is named", "[transport][socket]")
{
    auto transport = controller();
    RequestList requests;
    for (int i = 0; i < 300; i++)
        requests.add(get_family(i % 100 == 7 ? "no such family" : "nlctrl"));
    const auto refusals = transport.batch(requests);
    REQUIRE(refusals);
    REQUIRE(refusals->size() == 3);
    for (std::size_t i = 0; i < 3; i++) {
        CHECK((*refusals)[i].index == i * 100 + 7);
        CHECK((*refusals)[i].error.code == ENOENT);
    }
    CHECK(transport.transact(get_family("nlctrl")));
}

TEST_CASE("connecting without loading anything ends with a family or a reason",
          "[transport][socket]")
{
    const auto connection = connect(false, {});
    if (connection) {
        CHECK((connection->family == "NFVS" || connection->family == "IPVS"));
    } else {
        CHECK(connection.error().domain == Domain::transport);
        CHECK(connection.error().code == ENOPROTOOPT);
    }
}
