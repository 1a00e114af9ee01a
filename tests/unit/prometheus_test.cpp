// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What Prometheus gets; that it understands it is tested in the virtual machine.
 */
#include "tool_support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

std::string metrics(FakeState &state)
{
    FakeNames names;
    const auto outcome = run_tool({"ipvsctl", "prometheus"}, state, names);
    CHECK(outcome.status == 0);
    return outcome.out;
}

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

FakeState filled()
{
    FakeState state;
    Service service;
    service.key = AddressServiceKey{Protocol::tcp, Endpoint::parse("192.0.2.1:80").value()};
    service.config.scheduler = "we\"ird\\na\nme";
    service.stats.incoming_bytes = 18446744073709551615U;
    Destination server;
    server.config.endpoint = Endpoint::parse("10.0.0.1:8080").value();
    server.config.weight = 5;
    server.active_connections = 3;
    server.stats.connections = 9;
    Service marked;
    marked.key = FwmarkServiceKey{4294967295, Family::inet6};
    state.services = {{service, {server}}, {marked, {}}};
    return state;
}

} // namespace

TEST_CASE("services and real servers have node_exporter's labels", "[prometheus]")
{
    FakeState state = filled();
    const auto text = metrics(state);
    const std::string web = "{local_address=\"192.0.2.1\",local_mark=\"\",local_port=\"80\","
                            "proto=\"TCP\",family=\"ipv4\"";
    const std::string server = web + ",remote_address=\"10.0.0.1\",remote_port=\"8080\"}";
    CHECK(contains(text,
                   "\nipvsctl_service_incoming_bytes_total" + web + "} 18446744073709551615\n"));
    CHECK(contains(text,
                   "\nipvsctl_service_info" + web + ",scheduler=\"we\\\"ird\\\\na\\nme\"} 1\n"));
    CHECK(contains(text, "\nipvsctl_service_connections_total{local_address=\"\","
                         "local_mark=\"FFFFFFFF\",local_port=\"0\",proto=\"FWM\","
                         "family=\"ipv6\"} 0\n"));
    CHECK(contains(text, "\nipvsctl_backend_connections_total" + server + " 9\n"));
    CHECK(contains(text, "\nipvsctl_backend_connections_active" + server + " 3\n"));
    CHECK(contains(text, "\nipvsctl_backend_weight" + server + " 5\n"));
    CHECK(contains(text, "# HELP ipvsctl_backend_weight Share of new connections.\n"
                         "# TYPE ipvsctl_backend_weight gauge\n"));
    CHECK(contains(text, "# TYPE ipvsctl_backend_connections_total counter\n"));
    CHECK(text.ends_with("\n"));
}

TEST_CASE("each family of metrics is there once, before its samples", "[prometheus]")
{
    FakeState state = filled();
    state.info.module = "nfvs 0.1.0";
    state.info.connections = 7;
    state.info.connection_limit = 1000;
    state.counters = {{"drop_no_dest", 4}, {"rst", 2}};
    const auto text = metrics(state);
    std::vector<std::string> seen;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("# HELP ")) {
            const auto name = line.substr(7, line.find(' ', 7) - 7);
            CAPTURE(name);
            CHECK(std::ranges::find(seen, name) == seen.end());
            seen.push_back(name);
        } else if (!line.starts_with('#')) {
            REQUIRE_FALSE(seen.empty());
            CHECK(line.substr(0, line.find_first_of("{ ")) == seen.back());
        }
    }
    CHECK(seen.size() > 20);
}

TEST_CASE("counters of nfvs, the reasons to drop packets by themselves", "[prometheus]")
{
    FakeState state;
    state.counters = {{"drop_no_dest", 4}, {"rst", 2}};
    CHECK_FALSE(contains(metrics(state), "ipvsctl_drops_total"));
    state.info.module = "nfvs 0.1.0";
    state.info.connection_limit = 1000;
    const auto text = metrics(state);
    CHECK(contains(text, "\nipvsctl_drops_total{reason=\"no_dest\"} 4\n"));
    CHECK(contains(text, "\nipvsctl_events_total{event=\"rst\"} 2\n"));
    CHECK(contains(text, "\nipvsctl_connection_limit 1000\n"));
    CHECK_FALSE(contains(text, "ipvsctl_connections "));
    CHECK(contains(text, "\nipvsctl_balancer_info{interface=\"1.2.1\",module=\"nfvs 0.1.0\"} 1\n"));
}

TEST_CASE("much is written in pieces, and what fails is said", "[prometheus]")
{
    FakeState state = filled();
    for (int i = 0; i < 300; i++) {
        state.services[0].destinations.push_back(state.services[0].destinations[0]);
    }
    const auto text = metrics(state);
    CHECK(std::ranges::count(text, '\n') > 3300);
    state.error = kernel_error(12);
    FakeNames names;
    const auto outcome = run_tool({"ipvsctl", "prometheus"}, state, names);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
}
