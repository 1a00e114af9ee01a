// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tunnel headers against bytes as the protocols' documents have them, the arithmetic of MTUs
 * against its definition, and errors against a table of what routers say.
 */
#include <catch2/catch.hpp>

#include <array>
#include <optional>
#include <vector>

#include "core_test.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t ipip = 4, udp = 17, ipv6 = 41, gre = 47;

/* UDP from port 0x1234 to 6080, then what is given. */
Bytes behind_udp(const Bytes &rest)
{
    Bytes bytes = {0x12, 0x34, 0x17, 0xc0, 0, 0, 0, 0};
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
}

std::optional<nfvs_tunnel_seen> read(std::uint8_t proto, const Bytes &bytes)
{
    nfvs_tunnel_seen seen;
    if (!nfvs_tunnel_read(proto, bytes.data(), static_cast<u32>(bytes.size()), &seen))
        return std::nullopt;
    return seen;
}

void check_seen(std::uint8_t proto, const Bytes &bytes, unsigned type, bool inner_v6, unsigned port,
                unsigned len)
{
    const auto seen = read(proto, bytes);
    REQUIRE(seen);
    CHECK(seen->type == type);
    CHECK(seen->inner_v6 == inner_v6);
    CHECK(seen->port == port);
    CHECK(seen->len == len);
}

} // namespace

TEST_CASE("tunnel: GUE headers by hand", "[core][tunnel]")
{
    std::array<std::uint8_t, 12> gue;

    gue.fill(0xff);
    nfvs_gue_write(gue.data(), ipv6);
    CHECK(Bytes(gue.begin(), gue.begin() + 5) == Bytes{0, 41, 0, 0, 0xff});

    gue.fill(0xff);
    nfvs_gue_write_remcsum(gue.data(), ipip, 20, 0x0124);
    CHECK(Bytes(gue.begin(), gue.end()) == Bytes{2, 4, 0, 1, 0x80, 0, 0, 0, 0, 20, 0x01, 0x24});
}

TEST_CASE("tunnel: what was written is read again", "[core][tunnel]")
{
    std::array<std::uint8_t, 12> gue;

    nfvs_gue_write(gue.data(), ipip);
    check_seen(udp, behind_udp(Bytes(gue.begin(), gue.begin() + 4)), NFVS_TUNNEL_GUE, false, 6080,
               12);
    nfvs_gue_write_remcsum(gue.data(), ipv6, 40, 56);
    check_seen(udp, behind_udp(Bytes(gue.begin(), gue.end())), NFVS_TUNNEL_GUE, true, 6080, 20);
    check_seen(ipip, {}, NFVS_TUNNEL_IPIP, false, 0, 0);
    check_seen(ipv6, {}, NFVS_TUNNEL_IPIP, true, 0, 0);
    check_seen(gre, {0, 0, 0x08, 0x00}, NFVS_TUNNEL_GRE, false, 0, 4);
    check_seen(gre, {0x80, 0, 0x86, 0xdd, 1, 2, 0, 0}, NFVS_TUNNEL_GRE, true, 0, 8);
}

TEST_CASE("tunnel: what is not ours is not read", "[core][tunnel]")
{
    CHECK_FALSE(read(6, Bytes(20)));
    CHECK_FALSE(read(gre, {0, 0, 0x08}));
    /* Routing, key, sequence; version 1; Ethernet inside. */
    for (const Bytes &bytes : {Bytes{0x40, 0, 8, 0}, Bytes{0x20, 0, 8, 0}, Bytes{0x10, 0, 8, 0},
                               Bytes{0, 1, 8, 0}, Bytes{0, 0, 0x65, 0x58}})
        CHECK_FALSE(read(gre, bytes));
    CHECK_FALSE(read(udp, behind_udp({0, ipip, 0})));
    /* A control message; version 1; TCP inside. */
    for (const Bytes &bytes : {Bytes{0x20, ipip, 0, 0}, Bytes{0x40, ipip, 0, 0}, Bytes{0, 6, 0, 0}})
        CHECK_FALSE(read(udp, behind_udp(bytes)));
}

TEST_CASE("tunnel: MTU", "[core][tunnel]")
{
    for (u32 overhead = 20; overhead <= 60; overhead += 4) {
        for (u32 route = 0; route <= 1600; route++) {
            for (const bool outer_v6 : {false, true}) {
                const u32 least = outer_v6 ? 1280 : 68;
                const u32 left = route > overhead ? route - overhead : 0;
                const u32 fits = left < least ? 0 : left;

                REQUIRE(nfvs_tunnel_mtu(route, overhead, outer_v6, false) == fits);
                REQUIRE(nfvs_tunnel_mtu(route, overhead, outer_v6, true) ==
                        (fits && fits < 1280 ? 1280 : fits));
            }
        }
    }
}

TEST_CASE("tunnel: errors are passed on", "[core][tunnel]")
{
    struct Row {
        bool outer_v6, inner_v6;
        nfvs_icmp_note outer;
        std::optional<nfvs_icmp_note> inner;
    };
    const std::vector<Row> table = {
        /* Within a family as they are ... */
        {false, false, {3, 4}, {{3, 4}}},
        {false, false, {3, 3}, {{3, 3}}},
        {false, false, {4, 0}, {{4, 0}}},
        {false, false, {11, 1}, {{11, 1}}},
        {true, true, {1, 4}, {{1, 4}}},
        {true, true, {2, 0}, {{2, 0}}},
        {true, true, {3, 0}, {{3, 0}}},
        /* ... but for a header that the sender does not know, and for what nobody knows. */
        {true, true, {4, 1}, {{1, 3}}},
        {true, true, {100, 0}, {}},
        /* From one to the other. */
        {false, true, {3, 4}, {{2, 0}}},
        {false, true, {3, 1}, {{1, 3}}},
        {false, true, {3, 2}, {{1, 3}}},
        {false, true, {11, 0}, {{3, 0}}},
        {false, true, {11, 1}, {{1, 3}}},
        {false, true, {4, 0}, {}},
        {true, false, {2, 0}, {{3, 4}}},
        {true, false, {1, 0}, {{3, 1}}},
        {true, false, {3, 0}, {{11, 0}}},
        {true, false, {4, 1}, {{3, 1}}},
        {true, false, {100, 0}, {}},
    };

    for (const Row &row : table) {
        nfvs_icmp_note inner = {};
        CAPTURE(row.outer_v6, row.inner_v6, int{row.outer.type}, int{row.outer.code});
        REQUIRE(nfvs_icmp_relay(row.outer_v6, row.inner_v6, row.outer, &inner) ==
                row.inner.has_value());
        if (row.inner) {
            CHECK(inner.type == row.inner->type);
            CHECK(inner.code == row.inner->code);
        }
    }
    CHECK(nfvs_icmp_is_too_big(false, {3, 4}));
    CHECK_FALSE(nfvs_icmp_is_too_big(false, {3, 1}));
    CHECK_FALSE(nfvs_icmp_is_too_big(false, {2, 0}));
    CHECK(nfvs_icmp_is_too_big(true, {2, 0}));
    CHECK_FALSE(nfvs_icmp_is_too_big(true, {3, 4}));
}
