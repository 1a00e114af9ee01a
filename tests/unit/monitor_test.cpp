// SPDX-License-Identifier: GPL-2.0-or-later
/** ipvsctl monitor: what it listens to, and each kind of event as a line and as JSON. */
#include "tool_support.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <regex>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

const ServiceKey web = AddressServiceKey{
    .protocol = Protocol::tcp, .endpoint = {.address = Address::v4(0xc0000201), .port = 80}};
const ServiceKey mark = FwmarkServiceKey{.fwmark = 7, .family = Family::inet6};
const Endpoint server = Endpoint::parse("10.0.0.1:8080").value();

template <typename What> Event event(const What &what)
{
    return {.number = 5, .generation = 7, .port_id = 4711, .what = what};
}

Outcome monitor(const std::vector<Event> &events, const std::string &options = {})
{
    FakeState state;
    for (const Event &one : events) {
        state.events.emplace_back(one);
    }
    FakeNames names;
    const auto outcome = run_tool(split_words("ipvsctl monitor " + options), state, names);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(names.questions == 0);
    return outcome;
}

std::string line(const auto &what)
{
    return monitor({event(what)}).out;
}

std::string json(const auto &what)
{
    return monitor({event(what)}, "--json").out;
}

ServiceEvent service_event(Change change)
{
    ServiceEvent service{.change = change, .key = web, .config = ServiceConfig{}};
    service.config->scheduler = "sh";
    service.config->flags = service_flag::persistent | service_flag::sh_port;
    service.config->persistence_timeout = 600;
    return service;
}

DestinationEvent server_event(Change change)
{
    DestinationEvent event{
        .change = change, .service = mark, .endpoint = server, .config = DestinationConfig{}};
    event.config->endpoint = server;
    event.config->method = ForwardingMethod::tunnel;
    event.config->tunnel = {.type = TunnelType::gue, .port = 6080, .checksum = {}};
    event.config->weight = 3;
    return event;
}

const Connection connection{.protocol = 6,
                            .client = Endpoint::parse("198.51.100.7:40001").value(),
                            .virtual_server = Endpoint::parse("192.0.2.1:80").value(),
                            .real_server = server,
                            .state = "ESTABLISHED",
                            .expires = 0,
                            .method = {},
                            .fwmark = {},
                            .persistence_engine = {},
                            .persistence_data = {}};

} // namespace

TEST_CASE("what is listened to", "[monitor]")
{
    const auto watched = [](const std::string &words) {
        FakeState state;
        FakeNames names;
        CHECK(run_tool(split_words("ipvsctl monitor" + words), state, names).status == 0);
        const tool::Watch &watch = state.last_watch;
        return std::vector{watch.config, watch.overload, watch.connections};
    };
    CHECK(watched("") == std::vector{true, true, false});
    CHECK(watched(" config") == std::vector{true, false, false});
    CHECK(watched(" conn overload") == std::vector{false, true, true});

    FakeState state;
    FakeNames names;
    auto outcome = run_tool({"ipvsctl", "monitor", "everything"}, state, names);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "no such group of events: everything\n");
    CHECK(run_tool({"ipvsctl", "monitor", "-n"}, state, names).status == 2);
    CHECK(run_tool({"ipvsadm", "monitor"}, state, names).status == 255);
    state.input = "monitor\n";
    CHECK(run_tool({"ipvsctl", "-R"}, state, names).status == 255);

    state.open_error =
        Error{Domain::kernel, EOPNOTSUPP, "listen to config: ip_vs announces no events", {}};
    outcome = run_tool({"ipvsctl", "monitor"}, state, names);
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "Operation not supported: listen to config: ip_vs announces no events\n");
}

TEST_CASE("an event is a sign and a command", "[monitor]")
{
    CHECK(line(service_event(Change::added)) == "+ -A -t 192.0.2.1:80 -s sh -p 600 -b sh-port\n");
    CHECK(line(service_event(Change::changed)) == "~ -E -t 192.0.2.1:80 -s sh -p 600 -b sh-port\n");
    CHECK(line(ServiceEvent{.change = Change::removed, .key = mark, .config = {}}) ==
          "- -D -f 7 -6\n");
    CHECK(line(server_event(Change::added)) ==
          "+ -a -f 7 -6 -r 10.0.0.1:8080 -i -w 3 --tun-type gue --tun-port 6080 --tun-nocsum\n");
    CHECK(line(server_event(Change::changed)).starts_with("~ -e -f 7 -6 -r 10.0.0.1:8080 -i"));
    CHECK(line(DestinationEvent{
              .change = Change::removed, .service = web, .endpoint = server, .config = {}}) ==
          "- -d -t 192.0.2.1:80 -r 10.0.0.1:8080\n");
    CHECK(line(OverloadEvent{.overloaded = true, .service = web, .endpoint = server}) ==
          "+ overload -t 192.0.2.1:80 -r 10.0.0.1:8080\n");
    CHECK(line(OverloadEvent{.overloaded = false, .service = mark, .endpoint = server}) ==
          "- overload -f 7 -6 -r 10.0.0.1:8080\n");
    CHECK(line(ConnectionEvent{.ended = false, .connection = connection}) ==
          "+ conn -t 192.0.2.1:80 -r 10.0.0.1:8080 --client 198.51.100.7:40001 "
          "--state ESTABLISHED\n");
    CHECK(line(ConnectionEvent{.ended = true, .connection = connection}).starts_with("- conn -t "));
    CHECK(line(MissedEvents{}) == "! missed events\n");
    CHECK(line(MissedEvents{.group = EventGroup::connections, .count = std::uint64_t{12}}) ==
          "! missed 12 events of conn\n");
    CHECK(line(MissedEvents{.group = EventGroup::config, .count = std::uint64_t{1}}) ==
          "! missed 1 event of config\n");
}

TEST_CASE("an event is a JSON object", "[monitor]")
{
    CHECK(json(service_event(Change::added)) ==
          R"({"kind":"event","format":1,)"
          R"("event":"service","change":"added","service":{"family":"ipv4","fwmark":null,)"
          R"("protocol":"tcp","address":"192.0.2.1","port":80,"scheduler":"sh",)"
          R"("scheduler_flags":["sh-port"],"persistence":{"timeout":600,)"
          R"("netmask":"255.255.255.255","engine":null},"one_packet":false,)"
          R"("on_removal":"default","fastpath":"default"},"number":5,"generation":7,)"
          "\"port_id\":4711}\n");
    CHECK(json(server_event(Change::changed)) ==
          R"({"kind":"event","format":1,)"
          R"("event":"real-server","change":"changed","service":{"family":"ipv6","fwmark":7,)"
          R"("protocol":null,"address":null,"port":null},"real_server":{"family":"ipv4",)"
          R"("address":"10.0.0.1","port":8080,"method":"tunnel","weight":3,"upper_threshold":0,)"
          R"("lower_threshold":0,"tunnel":{"type":"gue","port":6080,"checksum":"none"}},)"
          "\"number\":5,\"generation\":7,\"port_id\":4711}\n");
    CHECK(json(OverloadEvent{.overloaded = true, .service = mark, .endpoint = server}) ==
          R"({"kind":"event","format":1,)"
          R"("event":"overload","overloaded":true,"service":{"family":"ipv6","fwmark":7,)"
          R"("protocol":null,"address":null,"port":null},"real_server":{"family":"ipv4",)"
          R"("address":"10.0.0.1","port":8080},"number":5,"generation":7,"port_id":4711})"
          "\n");
    CHECK(json(ConnectionEvent{.ended = true, .connection = connection}) ==
          R"({"kind":"event","format":1,)"
          R"("event":"connection","ended":true,"protocol":"tcp",)"
          R"("client":{"address":"198.51.100.7","port":40001},)"
          R"("virtual_server":{"address":"192.0.2.1","port":80},)"
          R"("real_server":{"address":"10.0.0.1","port":8080},"state":"ESTABLISHED",)"
          "\"number\":5,\"generation\":7,\"port_id\":4711}\n");
    // The case ctl_monitor holds this file, and all other kinds, against the schema.
    std::ifstream file("tests/golden/missed.out");
    const std::string missed{std::istreambuf_iterator<char>(file), {}};
    CHECK(json(MissedEvents{}) +
              json(MissedEvents{.group = EventGroup::overload, .count = std::uint64_t{3}}) ==
          missed);
}

TEST_CASE("each line has its time, if wanted", "[monitor]")
{
    const std::string time = R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)";
    CHECK(std::regex_match(monitor({event(MissedEvents{})}, "--timestamp").out,
                           std::regex(time + " ! missed events\n")));
    CHECK(std::regex_match(monitor({event(MissedEvents{})}, "--timestamp --json").out,
                           std::regex("\\{.*\"time\":\"" + time + "\",\"event\":.*\\}\n")));
}

TEST_CASE("a broken event is said, and the next is shown", "[monitor]")
{
    FakeState state;
    FakeNames names;
    state.events.emplace_back(Error{Domain::protocol, EPROTO, "the kernel left it out", "dest"});
    state.events.emplace_back(event(MissedEvents{}));
    state.events.emplace_back(Error{Domain::transport, EIO, "no socket", {}});
    const auto outcome = run_tool({"ipvsctl", "monitor"}, state, names);
    CHECK(outcome.status == 1);
    CHECK(outcome.out == "! missed events\n");
    CHECK(outcome.err.find("the kernel left it out") != std::string::npos);
    CHECK(outcome.err.find("no socket") != std::string::npos);

    state.open_error = kernel_error(EPERM);
    const auto refused = run_tool({"ipvsctl", "monitor"}, state, names);
    CHECK(refused.status == 2);
    CHECK(refused.err.starts_with("Can't initialize ipvs: "));
}
