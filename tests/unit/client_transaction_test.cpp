// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Transactions: what they look like on the way to the kernel, and what comes back.
 */
#include "client_script.hpp"
#include "fake_nfvs.hpp"

#include "../../libipvsctl/codec/destination.hpp"
#include "../../libipvsctl/codec/service.hpp"

#include <cerrno>

#include <linux/nfvs.h>

using namespace client_test;
using namespace ipvsctl::detail;

namespace {

DestinationConfig server(std::uint32_t number)
{
    DestinationConfig config;
    config.endpoint = {.address = Address::v4(0x0a000000 + number), .port = 80};
    return config;
}

/** A real server of another family than its service. */
DestinationConfig limited()
{
    auto config = server(3);
    config.weight = 0;
    config.upper_threshold = 9;
    config.lower_threshold = 3;
    return config;
}

NfvsAttrs committed(std::uint64_t generation, std::uint32_t count)
{
    NfvsAttrs attrs;
    attrs.generation = generation;
    attrs.count = count;
    return attrs;
}

ItemAttrs item(std::uint8_t command)
{
    ItemAttrs attrs;
    attrs.command = command;
    return attrs;
}

} // namespace

TEST_CASE("a service is named once for the items that follow", "[client][transaction]")
{
    Script script;
    NfvsAttrs request;
    request.item.push_back(item(NFVS_CMD_FLUSH));
    auto add = item(NFVS_CMD_NEW_SERVICE);
    add.service = encode_service(web, wlc()).value();
    request.item.push_back(add);
    auto first = item(NFVS_CMD_NEW_DEST);
    first.dest = encode_destination(server(1));
    first.dest->addr = codec_test::unhex("0a000001");
    first.dest->weight.reset(); // 1, and no thresholds
    first.dest->u_thresh.reset();
    first.dest->l_thresh.reset();
    first.dest->addr_family.reset(); // as the service's
    request.item.push_back(first);
    auto gone = item(NFVS_CMD_DEL_DEST);
    gone.dest = encode_destination_key(server(2).endpoint);
    request.item.push_back(gone);
    auto other = item(NFVS_CMD_SET_DEST);
    other.service = encode_service_key(mark);
    other.dest = encode_destination(limited());
    other.dest->addr = codec_test::unhex("0a000003");
    request.item.push_back(other);
    auto away = item(NFVS_CMD_DEL_SERVICE);
    away.service = encode_service_key(mark);
    request.item.push_back(away);
    script.expect(NFVS_CMD_COMMIT, request,
                  std::vector<Message>{reply(NFVS_CMD_COMMIT, committed(9, 4))});

    Transaction transaction;
    transaction.flush();
    transaction.add_service(web, wlc());
    transaction.add_destination(web, server(1));
    transaction.delete_destination(web, server(2).endpoint);
    transaction.edit_destination(mark, limited());
    transaction.delete_service(mark);
    CHECK(transaction.size() == 6);
    CHECK(script.client().commit(transaction).value() == CommitResult{.generation = 9, .count = 4});
}

TEST_CASE("a generation can be expected, at any time", "[client][transaction]")
{
    Script script;
    Transaction transaction;
    for (const std::uint64_t generation : {5, 6}) {
        AttrWriter out;
        out.put_u64(NFVS_A_GENERATION, generation);
        NfvsAttrs items;
        items.item.push_back(item(NFVS_CMD_FLUSH));
        auto bytes = std::move(out).take();
        const auto rest = encoded(items);
        bytes.insert(bytes.end(), rest.begin(), rest.end());
        NfvsAttrs expected = NfvsAttrs::decode(bytes).value();
        CHECK(expected.generation == generation);

        if (transaction.size() == 0)
            transaction.flush();
        transaction.expect_generation(generation);
        ipvsctl::test::NfvsState state;
        state.generation = 6;
        const auto done = ipvsctl::test::make_nfvs_client(state).commit(transaction);
        CHECK(done.has_value() == (generation == 6));
        if (!done)
            CHECK(done.error().code == ESTALE);
    }
    transaction.clear();
    CHECK(transaction.size() == 0);
    script.expect(NFVS_CMD_COMMIT, {},
                  std::vector<Message>{reply(NFVS_CMD_COMMIT, committed(1, 0))});
    CHECK(script.client().commit(transaction).value().count == 0);
}

TEST_CASE("what cannot be expressed fails the whole by its place", "[client][transaction]")
{
    Script script;
    Transaction transaction;
    transaction.add_service(web, wlc());
    auto wrong = wlc();
    wrong.scheduler = "a-name-that-is-too-long";
    transaction.add_service(mark, wrong);
    transaction.edit_service(mark, wrong);
    const auto done = script.client().commit(transaction);
    REQUIRE_FALSE(done);
    CHECK(done.error().domain == Domain::usage);
    CHECK(done.error().item == std::size_t{1});
    CHECK(done.error().describe().starts_with("item 1: the name of a scheduler"));
}

TEST_CASE("answers to transactions that make no sense", "[client][transaction]")
{
    Script script;
    Transaction transaction;
    transaction.flush();
    NfvsAttrs request;
    request.item.push_back(item(NFVS_CMD_FLUSH));
    script.expect(NFVS_CMD_COMMIT, request, acknowledged());
    CHECK(script.client().commit(transaction).error().domain == Domain::protocol);
    for (const bool has_generation : {false, true}) {
        NfvsAttrs half;
        if (has_generation)
            half.generation = std::uint64_t{1};
        else
            half.count = std::uint32_t{1};
        script.expect(NFVS_CMD_COMMIT, request, std::vector<Message>{reply(NFVS_CMD_COMMIT, half)});
        CHECK(script.client().commit(transaction).error().domain == Domain::protocol);
    }
}

TEST_CASE("ip_vs has no transactions", "[client][transaction]")
{
    Script script("IPVS");
    Transaction transaction;
    transaction.flush();
    const auto done = script.client().commit(transaction);
    REQUIRE_FALSE(done);
    CHECK(done.error().domain == Domain::kernel);
    CHECK(done.error().code == EOPNOTSUPP);
}

TEST_CASE("a refusal names the item", "[client][transaction]")
{
    ipvsctl::test::NfvsState state;
    auto client = ipvsctl::test::make_nfvs_client(state);
    Transaction transaction;
    transaction.add_service(web, wlc());
    transaction.add_destination(web, server(1));
    transaction.add_destination(web, server(1));
    const auto done = client.commit(transaction);
    REQUIRE_FALSE(done);
    CHECK(done.error().item == std::size_t{2});
    CHECK(done.error().attribute == "dest");
    CHECK(state.table.empty());
    CHECK(client.info().value().generation == std::uint64_t{1});
}

TEST_CASE("a table that never holds still is listed all the same", "[client][table]")
{
    ipvsctl::test::NfvsState state;
    auto client = ipvsctl::test::make_nfvs_client(state);
    Transaction transaction;
    transaction.add_service(web, wlc());
    REQUIRE(client.commit(transaction));
    state.interrupted = 100;
    CHECK(client.table().error().code == EAGAIN);
    bool whole = true;
    CHECK(client.table({}, whole).value().size() == 1);
    CHECK_FALSE(whole);
    state.interrupted = 1;
    CHECK(client.table({}, whole).value().size() == 1);
    CHECK(whole);
}
