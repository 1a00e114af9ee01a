// SPDX-License-Identifier: GPL-2.0-or-later
#include "client_script.hpp"

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
    config.endpoint = {.address = Address::v4(0xc6336400 + number), .port = 8080};
    return config;
}

NfvsAttrs naming(const ServiceKey &key)
{
    NfvsAttrs attrs;
    attrs.service = encode_service_key(key);
    return attrs;
}

NfvsAttrs configuring(const ServiceKey &key, const ServiceConfig &config)
{
    NfvsAttrs attrs;
    attrs.service = encode_service(key, config).value();
    return attrs;
}

NfvsAttrs with(NfvsAttrs attrs, const DestAttrs &dest)
{
    attrs.dest = dest;
    return attrs;
}

/** As the kernel lists it: with its own flag and a mask of all ones. */
Message listed(const ServiceKey &key, std::uint64_t bytes)
{
    auto attrs = configuring(key, wlc());
    attrs.service->flags = Flags{.flags = service_flag::hashed, .mask = 0xffffffff};
    attrs.service->stats64.emplace();
    attrs.service->stats64->inbytes = bytes;
    return reply(NFVS_CMD_NEW_SERVICE, attrs);
}

Message listed(const DestinationConfig &config, std::uint64_t connections)
{
    NfvsAttrs attrs;
    attrs.dest = encode_destination(config);
    attrs.dest->active_conns = 3;
    attrs.dest->stats64.emplace();
    attrs.dest->stats64->conns = connections;
    return reply(NFVS_CMD_NEW_DEST, attrs);
}

} // namespace

TEST_CASE("services are listed in the kernel's order with 64-bit counters", "[client]")
{
    Script script;
    script.expect_dump(NFVS_CMD_GET_SERVICE, {},
                       std::vector<Message>{listed(mark, 1ULL << 40), listed(web, 5)});
    const auto services = script.client().services();
    REQUIRE(services);
    REQUIRE(services->size() == 2);
    CHECK((*services)[0].key == mark);
    CHECK((*services)[0].stats.incoming_bytes == 1ULL << 40);
    CHECK((*services)[0].config.netmask == Netmask::v6(128));
    CHECK((*services)[1].key == web);
    CHECK((*services)[1].config.scheduler == "wlc");
}

TEST_CASE("an empty table is an empty list", "[client]")
{
    Script script;
    script.expect_dump(NFVS_CMD_GET_SERVICE, {}, acknowledged());
    CHECK(script.client().services().value().empty());
}

TEST_CASE("one service is asked for by its key", "[client]")
{
    Script script;
    script.expect(NFVS_CMD_GET_SERVICE, naming(web), std::vector<Message>{listed(web, 1)});
    CHECK(script.client().service(web).value().key == web);
    script.expect(NFVS_CMD_GET_SERVICE, naming(mark), refused(ESRCH));
    const auto missing = script.client().service(mark);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ESRCH);
    CHECK(missing.error().attribute == "service");
}

TEST_CASE("a query that stays unanswered is an error", "[client]")
{
    Script script;
    script.expect(NFVS_CMD_GET_SERVICE, naming(web), acknowledged());
    CHECK(script.client().service(web).error().domain == Domain::protocol);
}

TEST_CASE("an entry that makes no sense fails the whole list", "[client]")
{
    Script script;
    script.expect_dump(
        NFVS_CMD_GET_SERVICE, {},
        std::vector<Message>{listed(web, 1), reply(NFVS_CMD_NEW_SERVICE, naming(web))});
    const auto services = script.client().services();
    REQUIRE_FALSE(services);
    CHECK(services.error().domain == Domain::protocol);
    CHECK(services.error().attribute == "service.sched-name");
}

TEST_CASE("the real servers of a service are listed", "[client]")
{
    Script script;
    script.expect_dump(NFVS_CMD_GET_DEST, naming(web),
                       std::vector<Message>{listed(server(1), 1ULL << 33), listed(server(2), 0)});
    const auto servers = script.client().destinations(web);
    REQUIRE(servers);
    REQUIRE(servers->size() == 2);
    CHECK((*servers)[0].config == server(1));
    CHECK((*servers)[0].active_connections == 3);
    CHECK((*servers)[0].stats.connections == 1ULL << 33);
    CHECK((*servers)[1].config == server(2));
}

TEST_CASE("services are added, edited and deleted", "[client]")
{
    Script script;
    script.expect(NFVS_CMD_NEW_SERVICE, configuring(web, wlc()), acknowledged());
    CHECK(script.client().add_service(web, wlc()));
    script.expect(NFVS_CMD_NEW_SERVICE, configuring(web, wlc()), refused(EEXIST));
    CHECK(script.client().add_service(web, wlc()).error().code == EEXIST);
    script.expect(NFVS_CMD_SET_SERVICE, configuring(mark, wlc()), acknowledged());
    CHECK(script.client().edit_service(mark, wlc()));
    script.expect(NFVS_CMD_DEL_SERVICE, naming(web), acknowledged());
    CHECK(script.client().delete_service(web));
}

TEST_CASE("what cannot be expressed is not sent", "[client]")
{
    Script script;
    auto config = wlc();
    config.scheduler = "a_scheduler_with_a_long_name";
    CHECK(script.client().add_service(web, config).error().domain == Domain::usage);
    CHECK(script.client().edit_service(web, config).error().domain == Domain::usage);
}

TEST_CASE("ip_vs is not asked for settings that it would ignore", "[client]")
{
    auto dropping = wlc();
    dropping.on_removal = Removal::drop;
    auto fast = wlc();
    fast.fastpath = FastPath::always;
    for (const auto &config : {dropping, fast}) {
        Script script("IPVS");
        auto &client = script.client();
        CHECK(client.add_service(web, config).error().code == EOPNOTSUPP);
        CHECK(client.edit_service(web, config).error().code == EOPNOTSUPP);

        Batch batch;
        batch.add_service(web, wlc());
        batch.edit_service(web, config);
        batch.delete_service(mark);
        script.expect(NFVS_CMD_NEW_SERVICE, configuring(web, wlc()), acknowledged());
        script.expect(NFVS_CMD_DEL_SERVICE, naming(mark), refused(ESRCH));
        const auto failures = client.apply(batch).value();
        REQUIRE(failures.size() == 2);
        CHECK(failures[0].index == 1);
        CHECK(failures[0].error.code == EOPNOTSUPP);
        CHECK(failures[1].index == 2);
        CHECK(failures[1].error.code == ESRCH);
    }
    auto usual = wlc();
    usual.on_removal = Removal::by_default;
    usual.fastpath = FastPath::by_default;
    Script script("IPVS");
    script.expect(NFVS_CMD_NEW_SERVICE, configuring(web, usual), acknowledged());
    CHECK(script.client().add_service(web, usual));
}

TEST_CASE("real servers are added, edited and deleted", "[client]")
{
    Script script;
    const auto full = with(naming(web), encode_destination(server(1)));
    script.expect(NFVS_CMD_NEW_DEST, full, acknowledged());
    CHECK(script.client().add_destination(web, server(1)));
    script.expect(NFVS_CMD_SET_DEST, full, refused(ENOENT));
    CHECK(script.client().edit_destination(web, server(1)).error().code == ENOENT);
    script.expect(NFVS_CMD_DEL_DEST, with(naming(web), encode_destination_key(server(1).endpoint)),
                  acknowledged());
    CHECK(script.client().delete_destination(web, server(1).endpoint));
}

TEST_CASE("statistics are zeroed for all or for one service", "[client]")
{
    Script script;
    script.expect(NFVS_CMD_ZERO, {}, acknowledged());
    CHECK(script.client().zero());
    script.expect(NFVS_CMD_ZERO, naming(web), refused(ESRCH));
    CHECK(script.client().zero(web).error().code == ESRCH);
}

TEST_CASE("the table is flushed", "[client]")
{
    Script script;
    script.expect(NFVS_CMD_FLUSH, {}, acknowledged());
    CHECK(script.client().flush());
}

TEST_CASE("timeouts are read and set", "[client]")
{
    const Timeouts timeouts{.tcp = 900, .tcp_fin = 120, .udp = 300};
    NfvsAttrs attrs;
    attrs.timeout_tcp = 900;
    attrs.timeout_tcp_fin = 120;
    attrs.timeout_udp = 300;
    Script script;
    script.expect(NFVS_CMD_GET_CONFIG, {}, std::vector<Message>{reply(NFVS_CMD_SET_CONFIG, attrs)});
    CHECK(script.client().timeouts().value() == timeouts);
    script.expect(NFVS_CMD_SET_CONFIG, attrs, acknowledged());
    CHECK(script.client().set_timeouts(timeouts));
}

TEST_CASE("the module says what it is", "[client]")
{
    InfoAttrs attrs;
    attrs.version = 0x010201;
    attrs.conn_tab_size = 4096;
    attrs.module = "nfvs 0.1.0";
    Script script;
    script.expect(NFVS_CMD_GET_INFO, {}, std::vector<Message>{reply(NFVS_CMD_SET_INFO, attrs)});
    CHECK(script.client().info().value().module == "nfvs 0.1.0");
    CHECK(script.client().family() == "NFVS");
}

TEST_CASE("counters come all in one message", "[client]")
{
    NfvsAttrs attrs;
    for (const char *name : {"first", "second"}) {
        CounterAttrs counter;
        counter.name = name;
        counter.value = 1ULL << 50;
        attrs.counter.push_back(counter);
    }
    Script script;
    script.expect(NFVS_CMD_GET_COUNTERS, {},
                  std::vector<Message>{reply(NFVS_CMD_GET_COUNTERS, attrs)});
    CHECK(script.client().counters().value() ==
          std::vector<Counter>{{.name = "first", .value = 1ULL << 50},
                               {.name = "second", .value = 1ULL << 50}});
    script.expect(NFVS_CMD_GET_COUNTERS, {}, refused(EOPNOTSUPP));
    CHECK(script.client().counters().error().code == EOPNOTSUPP);
}

TEST_CASE("a client can be moved", "[client]")
{
    Script script;
    Client moved = std::move(script.client());
    CHECK(moved.family() == "NFVS");
    script.expect(NFVS_CMD_FLUSH, {}, acknowledged());
    CHECK(moved.flush());
    script.client() = std::move(moved);
    CHECK(script.client().family() == "NFVS");
}
