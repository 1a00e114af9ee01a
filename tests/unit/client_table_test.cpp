// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Whole tables, connections, daemons and batches, against kernels that play a script.
 */
#include "client_script.hpp"

#include "../../libipvsctl/codec/connection.hpp"
#include "../../libipvsctl/codec/daemon.hpp"
#include "../../libipvsctl/codec/destination.hpp"
#include "../../libipvsctl/codec/service.hpp"

#include <cerrno>

#include <linux/nfvs.h>

using namespace client_test;
using namespace ipvsctl::detail;

namespace {

NfvsAttrs of_service(const ServiceKey &key)
{
    NfvsAttrs attrs;
    attrs.service = encode_service(key, wlc()).value();
    attrs.service->stats64.emplace();
    attrs.service->stats64->conns = 5;
    return attrs;
}

DestinationConfig server(std::uint32_t number, std::uint16_t port = 8080)
{
    DestinationConfig config;
    config.endpoint = {.address = Address::v4(0x0a000000 + number), .port = port};
    return config;
}

NfvsAttrs of_server(const DestinationConfig &config)
{
    NfvsAttrs attrs;
    attrs.dest = encode_destination(config);
    return attrs;
}

NfvsAttrs naming(const ServiceKey &key)
{
    NfvsAttrs attrs;
    attrs.service = encode_service_key(key);
    return attrs;
}

NfvsAttrs brief()
{
    NfvsAttrs attrs;
    attrs.brief = std::uint8_t{1};
    return attrs;
}

} // namespace

TEST_CASE("a table comes in one dump", "[client][table]")
{
    Script script;
    script.expect_dump(NFVS_CMD_GET_TABLE, {},
                       std::vector<Message>{reply(NFVS_CMD_GET_TABLE, of_service(web)),
                                            reply(NFVS_CMD_GET_TABLE, of_server(server(1))),
                                            reply(NFVS_CMD_GET_TABLE, of_server(server(2))),
                                            reply(NFVS_CMD_GET_TABLE, of_service(mark))});
    const auto table = script.client().table();
    REQUIRE(table);
    REQUIRE(table->size() == 2);
    CHECK((*table)[0].service.key == web);
    REQUIRE((*table)[0].destinations.size() == 2);
    CHECK((*table)[0].destinations[1].config == server(2));
    CHECK((*table)[1].service.key == mark);
    CHECK((*table)[1].destinations.empty());
}

TEST_CASE("an interrupted table is taken again", "[client][table]")
{
    Script script;
    script.interrupt(1);
    for (int i = 0; i < 2; i++)
        script.expect_dump(NFVS_CMD_GET_TABLE, brief(),
                           std::vector<Message>{reply(NFVS_CMD_GET_TABLE, of_service(web))});
    TableQuery query;
    query.statistics = false;
    CHECK(script.client().table(query).value().size() == 1);
}

TEST_CASE("a part of the table is asked for", "[client][table]")
{
    Script script;
    auto request = naming(web);
    request.dest.emplace();
    request.dest->addr = Bytes{10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    request.dest->addr_family = std::uint16_t{2};
    request.dest->port = std::uint16_t{80};
    script.expect_dump(NFVS_CMD_GET_TABLE, request, acknowledged());
    TableQuery query;
    query.service = web;
    query.server_address = Address::v4(0x0a000001);
    query.server_port = std::uint16_t{80};
    CHECK(script.client().table(query).value().empty());
}

TEST_CASE("a table that makes no sense is refused", "[client][table]")
{
    Script script;
    script.expect_dump(NFVS_CMD_GET_TABLE, {},
                       std::vector<Message>{reply(NFVS_CMD_GET_TABLE, of_server(server(1)))});
    CHECK(script.client().table().error().domain == Domain::protocol);
    script.expect_dump(NFVS_CMD_GET_TABLE, {},
                       std::vector<Message>{reply(NFVS_CMD_GET_TABLE, NfvsAttrs())});
    CHECK(script.client().table().error().attribute == "service");
}

TEST_CASE("from ip_vs the table comes by parts", "[client][table]")
{
    Script script("IPVS");
    script.expect_dump(NFVS_CMD_GET_SERVICE, {},
                       std::vector<Message>{reply(NFVS_CMD_NEW_SERVICE, of_service(web)),
                                            reply(NFVS_CMD_NEW_SERVICE, of_service(mark))});
    script.expect_dump(NFVS_CMD_GET_DEST, naming(web),
                       std::vector<Message>{reply(NFVS_CMD_NEW_DEST, of_server(server(1))),
                                            reply(NFVS_CMD_NEW_DEST, of_server(server(1, 81))),
                                            reply(NFVS_CMD_NEW_DEST, of_server(server(2)))});
    script.expect_dump(NFVS_CMD_GET_DEST, naming(mark), acknowledged());
    TableQuery query;
    query.server_address = server(1).endpoint.address;
    query.server_port = std::uint16_t{81};
    query.statistics = false;
    const auto table = script.client().table(query);
    REQUIRE(table);
    REQUIRE(table->size() == 1);
    CHECK((*table)[0].service.stats == Stats{});
    REQUIRE((*table)[0].destinations.size() == 1);
    CHECK((*table)[0].destinations[0].config == server(1, 81));
}

TEST_CASE("a service that ip_vs does not have is an empty table, other errors are errors",
          "[client][table]")
{
    Script script("IPVS");
    TableQuery query;
    query.service = web;
    script.expect(NFVS_CMD_GET_SERVICE, naming(web), refused(ESRCH));
    CHECK(script.client().table(query).value().empty());
    script.expect(NFVS_CMD_GET_SERVICE, naming(web), refused(EPERM));
    CHECK(script.client().table(query).error().code == EPERM);
    script.expect(NFVS_CMD_GET_SERVICE, naming(web),
                  std::vector<Message>{reply(NFVS_CMD_NEW_SERVICE, of_service(web))});
    script.expect_dump(NFVS_CMD_GET_DEST, naming(web), refused(ENOMEM));
    CHECK(script.client().table(query).error().code == ENOMEM);
}

TEST_CASE("connections are visited as they come", "[client][conn]")
{
    NfvsAttrs one;
    one.conn.emplace();
    one.conn->af = std::uint16_t{2};
    one.conn->protocol = std::uint16_t{6};
    for (auto *address : {&one.conn->client_addr, &one.conn->virtual_addr, &one.conn->dest_addr})
        *address = Bytes(16, 1);
    for (auto *port : {&one.conn->client_port, &one.conn->virtual_port, &one.conn->dest_port})
        *port = std::uint16_t{80};
    one.conn->state_name = "CLOSE";

    NfvsAttrs request;
    request.conn.emplace();
    Script script;
    int visited = 0;
    const auto visit = [&](const Connection &connection) {
        visited++;
        CHECK(connection.state == "CLOSE");
    };
    script.expect_dump(
        NFVS_CMD_GET_CONN, request,
        std::vector<Message>{reply(NFVS_CMD_GET_CONN, one), reply(NFVS_CMD_GET_CONN, one)});
    CHECK(script.client().connections({}, visit));
    CHECK(visited == 2);
    script.expect_dump(NFVS_CMD_GET_CONN, request,
                       std::vector<Message>{reply(NFVS_CMD_GET_CONN, NfvsAttrs())});
    CHECK(script.client().connections({}, visit).error().attribute == "conn");
    ConnectionFilter nonsense;
    nonsense.client.address = Prefix{Address(), 33};
    CHECK(script.client().connections(nonsense, visit).error().domain == Domain::usage);
    CHECK(script.client().end_connections(nonsense).error().domain == Domain::usage);
}

TEST_CASE("ended connections are counted by the kernel, and ip_vs cannot end any", "[client][conn]")
{
    NfvsAttrs request;
    request.conn.emplace();
    request.conn->state_name = "UDP";
    NfvsAttrs count;
    count.count = 3U;
    ConnectionFilter filter;
    filter.state = "UDP";
    Script script;
    script.expect(NFVS_CMD_DEL_CONN, request,
                  std::vector<Message>{reply(NFVS_CMD_DEL_CONN, count)});
    CHECK(script.client().end_connections(filter).value() == 3);
    script.expect(NFVS_CMD_DEL_CONN, request,
                  std::vector<Message>{reply(NFVS_CMD_DEL_CONN, NfvsAttrs())});
    CHECK(script.client().end_connections(filter).error().attribute == "count");
    Script ip_vs("IPVS");
    CHECK(ip_vs.client().end_connections(filter).error().code == EOPNOTSUPP);
}

TEST_CASE("daemons are listed, started and stopped", "[client][daemon]")
{
    SyncDaemon daemon;
    daemon.interface = "eth1";
    daemon.sync_id = 9;
    NfvsAttrs started;
    started.daemon = encode_daemon(daemon).value();
    NfvsAttrs stopped;
    stopped.daemon = encode_daemon_key(DaemonRole::backup);
    Script script;
    script.expect(NFVS_CMD_NEW_DAEMON, started, refused(EEXIST));
    CHECK(script.client().start_daemon(daemon).error().code == EEXIST);
    script.expect(NFVS_CMD_DEL_DAEMON, stopped, acknowledged());
    CHECK(script.client().stop_daemon(DaemonRole::backup));
    script.expect_dump(NFVS_CMD_GET_DAEMON, {},
                       std::vector<Message>{reply(NFVS_CMD_NEW_DAEMON, started)});
    CHECK(script.client().daemons().value() == std::vector<SyncDaemon>{daemon});
    script.expect_dump(NFVS_CMD_GET_DAEMON, {},
                       std::vector<Message>{reply(NFVS_CMD_NEW_DAEMON, NfvsAttrs())});
    CHECK(script.client().daemons().error().attribute == "daemon");
    daemon.interface = "a name of more than fifteen";
    CHECK(script.client().start_daemon(daemon).error().domain == Domain::usage);
}

TEST_CASE("a batch carries out every kind of change in its order", "[client][batch]")
{
    ServiceConfig config;
    config.scheduler = "rr";
    NfvsAttrs configured;
    configured.service = encode_service(web, config).value();
    auto with_server = naming(web);
    with_server.dest = encode_destination(server(1));
    auto without_server = naming(web);
    without_server.dest = encode_destination_key(server(1).endpoint);
    NfvsAttrs timeouts;
    timeouts.timeout_tcp = 1U;
    timeouts.timeout_tcp_fin = 2U;
    timeouts.timeout_udp = 3U;
    SyncDaemon daemon;
    daemon.interface = "eth0";
    NfvsAttrs started;
    started.daemon = encode_daemon(daemon).value();
    NfvsAttrs stopped;
    stopped.daemon = encode_daemon_key(DaemonRole::master);

    Batch batch;
    Script script;
    batch.add_service(web, config);
    script.expect(NFVS_CMD_NEW_SERVICE, configured, acknowledged());
    batch.edit_service(web, config);
    script.expect(NFVS_CMD_SET_SERVICE, configured, refused(ENOENT));
    ServiceConfig nonsense;
    nonsense.scheduler = "a name of more than fifteen";
    batch.add_service(web, nonsense); // is not sent
    batch.add_destination(web, server(1));
    script.expect(NFVS_CMD_NEW_DEST, with_server, acknowledged());
    batch.edit_destination(web, server(1));
    script.expect(NFVS_CMD_SET_DEST, with_server, refused(ERANGE));
    batch.delete_destination(web, server(1).endpoint);
    script.expect(NFVS_CMD_DEL_DEST, without_server, acknowledged());
    batch.zero(web);
    script.expect(NFVS_CMD_ZERO, naming(web), acknowledged());
    batch.zero();
    script.expect(NFVS_CMD_ZERO, {}, acknowledged());
    batch.delete_service(web);
    script.expect(NFVS_CMD_DEL_SERVICE, naming(web), acknowledged());
    batch.set_timeouts({.tcp = 1, .tcp_fin = 2, .udp = 3});
    script.expect(NFVS_CMD_SET_CONFIG, timeouts, acknowledged());
    batch.start_daemon(daemon);
    script.expect(NFVS_CMD_NEW_DAEMON, started, acknowledged());
    batch.stop_daemon(DaemonRole::master);
    script.expect(NFVS_CMD_DEL_DAEMON, stopped, acknowledged());
    batch.flush();
    script.expect(NFVS_CMD_FLUSH, {}, acknowledged());

    CHECK(batch.size() == 13);
    const auto failures = script.client().apply(batch);
    REQUIRE(failures);
    REQUIRE(failures->size() == 3);
    CHECK((*failures)[0].index == 1);
    CHECK((*failures)[0].error.code == ENOENT);
    CHECK((*failures)[1].index == 2);
    CHECK((*failures)[1].error.domain == Domain::usage);
    CHECK((*failures)[2].index == 4);
    CHECK((*failures)[2].error.code == ERANGE);

    batch.clear();
    CHECK(batch.size() == 0);
    CHECK(script.client().apply(batch).value().empty());
}
