// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the commands ask the kernel for. The wrong command lines are in tests/golden/usage.in.
 */
#include "tool/number.hpp"
#include "tool/option_table.hpp"
#include "tool/options.hpp"
#include "tool/parse.hpp"

#include "tool_support.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace ipvsctl::tool;

namespace {

Result<Command> parse_line(const std::string &line)
{
    FakeNames names;
    names.hosts = {{"web", Address::v4(0x0a000009)}};
    names.ports = {{"http", 80}};
    auto words = split_words(line);
    words.insert(words.begin(), "ipvsctl");
    return read_options(words, Voice::ipvsctl).and_then([&](const RawOptions &raw) {
        return parse(raw, names);
    });
}

template <typename T> T parsed(const std::string &line)
{
    CAPTURE(line);
    const auto command = parse_line(line);
    REQUIRE(command);
    const T *wanted = std::get_if<T>(&*command);
    REQUIRE(wanted);
    return *wanted;
}

ServiceKey key(Protocol protocol, const char *endpoint)
{
    return AddressServiceKey{protocol, Endpoint::parse(endpoint).value()};
}

std::string endpoint_of(const std::string &line)
{
    return parsed<AddServer>(line).config.endpoint.to_string();
}

} // namespace

TEST_CASE("services by protocol, address, name and mark", "[parse]")
{
    CHECK(parsed<AddService>("-A -t 10.0.0.1:80").key == key(Protocol::tcp, "10.0.0.1:80"));
    CHECK(parsed<AddService>("-A -u web:http").key == key(Protocol::udp, "10.0.0.9:80"));
    CHECK(parsed<AddService>("-A --sctp-service [2001:db8::1]:5").key ==
          key(Protocol::sctp, "[2001:db8::1]:5"));
    CHECK(parsed<AddService>("-A -t 2001:db8::1 -p").key == key(Protocol::tcp, "2001:db8::1"));
    CHECK(parsed<DeleteService>("-D -f 4294967295").key ==
          ServiceKey(FwmarkServiceKey{4294967295, Family::inet}));
    CHECK(parsed<DeleteService>("-D -f 7 -6").key ==
          ServiceKey(FwmarkServiceKey{7, Family::inet6}));
}

TEST_CASE("an edited or added service has every setting", "[parse]")
{
    const auto plain = parsed<AddService>("-A -t 10.0.0.1:80").config;
    CHECK(plain.scheduler == "wlc");
    CHECK(plain.flags == 0);
    CHECK(plain.flags_mask == 0xffffffff);
    CHECK(plain.netmask == Netmask::host(Family::inet));
    CHECK(plain.persistence_engine.empty());
    CHECK_FALSE(plain.on_removal);
    CHECK_FALSE(plain.fastpath);

    const auto full = parsed<EditService>("-E -u 10.0.0.1:80 -s sh -p 60 -M 255.255.0.0 --pe sip "
                                          "-b sh-port,sh-fallback -o")
                          .config;
    CHECK(full.scheduler == "sh");
    CHECK(full.flags == (service_flag::persistent | service_flag::one_packet |
                         service_flag::sh_port | service_flag::sh_fallback));
    CHECK(full.persistence_timeout == 60);
    CHECK(full.netmask == Netmask::v4(0xffff0000));
    CHECK(parsed<AddService>("-A -t 10.0.0.1:80 -p -M 0xffffff00").config.netmask ==
          Netmask::v4(0xffffff00));
    CHECK(full.persistence_engine == "sip");

    CHECK(parsed<AddService>("-A -t 10.0.0.1:80 --on-removal reset").config.on_removal ==
          Removal::reset);
    CHECK(parse_line("-A -t 10.0.0.1:80 --on-removal no").error().message ==
          "invalid on-removal policy `no' specified");
    CHECK(parsed<EditService>("-E -t 10.0.0.1:80 --fastpath auto").config.fastpath ==
          FastPath::automatic);
    CHECK(parsed<AddService>("-A -f 7 --fastpath default").config.fastpath == FastPath::by_default);
    CHECK(parse_line("-A -t 10.0.0.1:80 --fastpath 1").error().message ==
          "invalid fastpath setting `1' specified");

    CHECK(parsed<AddService>("-A -t 10.0.0.1:80 -p").config.persistence_timeout == 360);
    CHECK(parsed<AddService>("-A -t [::1]:80").config.netmask == Netmask::v6(128));
    CHECK(parsed<AddService>("-A -f 1 -6").config.netmask == Netmask::v6(128));
}

TEST_CASE("the netmask's family does not depend on the order of options", "[parse]")
{
    CHECK(parsed<AddService>("-A -t [::1]:80 -p -M 64").config.netmask == Netmask::v6(64));
    CHECK(parsed<AddService>("-A -p -M 64 -t [::1]:80").config.netmask == Netmask::v6(64));
    CHECK(parsed<AddService>("-A -M 64 -f 5 -6").config.netmask == Netmask::v6(64));
    CHECK(parse_line("-A -t [::1]:80 -M 129").error().message == "illegal ipv6 netmask specified");
    CHECK(parse_line("-A -t [::1]:80 -M 0").error().message == "illegal ipv6 netmask specified");
    CHECK(parse_line("-A -t 10.0.0.1:80 -M 24").error().message ==
          "illegal virtual server persistent mask specified");
}

TEST_CASE("real servers take what they lack from the service", "[parse]")
{
    CHECK(endpoint_of("-a -t 10.0.0.1:80 -r 10.0.0.2 -m") == "10.0.0.2:80");
    CHECK(endpoint_of("-a -r 10.0.0.2 -t 10.0.0.1:80 -m") == "10.0.0.2:80");
    CHECK(endpoint_of("-a -t 10.0.0.1:80 -r 10.0.0.2:8080 -m") == "10.0.0.2:8080");
    CHECK(endpoint_of("-a -t 10.0.0.1:80 -r 10.0.0.2:0 -m") == "10.0.0.2:0");
    CHECK(endpoint_of("-a -r 10.0.0.2:http -t 10.0.0.1:8080 -m") == "10.0.0.2:80");
    CHECK(endpoint_of("-a -f 3 -r 10.0.0.2:8080") == "10.0.0.2:8080");
    // Direct routing and tunnels cannot change the port.
    CHECK(endpoint_of("-a -t 10.0.0.1:80 -r 10.0.0.2:8080") == "10.0.0.2:80");
    CHECK(endpoint_of("-a -t 10.0.0.1:80 -r [2001:db8::2]:8080 -i") == "[2001:db8::2]:80");
    CHECK(parsed<DeleteServer>("-d -t 10.0.0.1:80 -r 10.0.0.2").endpoint.port == 80);
    CHECK(parsed<DeleteServer>("-d -t 10.0.0.1:80 -r 10.0.0.2:81").endpoint.port == 81);
}

TEST_CASE("an edited or added real server has every setting", "[parse]")
{
    const auto plain = parsed<AddServer>("-a -t 10.0.0.1:80 -r 10.0.0.2").config;
    CHECK(plain.method == ForwardingMethod::direct);
    CHECK(plain.weight == 1);
    CHECK(plain.upper_threshold == 0);
    CHECK(plain.tunnel == Tunnel{});

    const auto full = parsed<EditServer>("-e -t 10.0.0.1:80 -r 10.0.0.2 -i --tun-type gue "
                                         "--tun-port 6080 --tun-remcsum -w 2147483647 -x 9 -y 8")
                          .config;
    CHECK(full.method == ForwardingMethod::tunnel);
    CHECK(full.weight == 2147483647);
    CHECK(full.upper_threshold == 9);
    CHECK(full.lower_threshold == 8);
    CHECK(full.tunnel == Tunnel{TunnelType::gue, 6080, TunnelChecksum::remote_offload});
    const auto gre = parsed<AddServer>("-a -f 1 -r 10.0.0.2 -i --tun-type gre --tun-csum").config;
    CHECK(gre.tunnel == Tunnel{TunnelType::gre, 0, TunnelChecksum::present});
    CHECK(parsed<AddServer>("-a -f 1 -r 10.0.0.2 -m").config.method ==
          ForwardingMethod::masquerade);
    CHECK(parsed<AddServer>("-a -f 1 -r 10.0.0.2 -g").config.method == ForwardingMethod::direct);
}

TEST_CASE("listings", "[parse]")
{
    FakeNames names;
    CHECK(parsed<ListTable>("-L").format == ListFormat{});
    CHECK_FALSE(parsed<ListTable>("-L").service);
    CHECK(parsed<ListTable>("-L -t 10.0.0.1:80").service == key(Protocol::tcp, "10.0.0.1:80"));
    CHECK(parsed<ListTable>("-Ln -X --nosort --stats").format ==
          ListFormat{View::stats, true, true, false, true, false});
    CHECK(parsed<ListTable>("-L --rate").format.view == View::rate);
    CHECK(parsed<ListTable>("-L --thresholds").format.view == View::thresholds);
    CHECK(parsed<ListTable>("-L --persistent-conn").format.view == View::persistent_conn);
    CHECK(parsed<ListTable>("-L --tun-info").format.view == View::tunnels);
    parsed<ListTimeouts>("-L --timeout");
    parsed<ListTimeouts>("-L --timeout -n --exact --nosort --tun-info");
}

TEST_CASE("the other commands", "[parse]")
{
    parsed<Clear>("-C");
    CHECK_FALSE(parsed<Zero>("-Z").service);
    CHECK(parsed<Zero>("-Z -f 3").service == ServiceKey(FwmarkServiceKey{3, Family::inet}));
    CHECK(parsed<SetTimeouts>("--set 1 2 3").timeouts == Timeouts{1, 2, 3});
    CHECK(parsed<SetTimeouts>("--set 0 2678400 0").timeouts == Timeouts{0, 2678400, 0});
    parsed<ListCounters>("stats");
    CHECK(parse_line("stats -n").error().message ==
          "Illegal 'numeric' option with the 'stats' command");
    CHECK(parse_line("stats extra").error().message == "unexpected argument extra");
    CHECK(parsed<ShowHelp>("--help").program == "ipvsctl");
    CHECK_FALSE(parsed<ShowHelp>("help").topic);
    CHECK(parsed<ShowHelp>("help conn list").topic == CommandId::list_connections);
    CHECK(parsed<Restore>("-R").program == "ipvsctl");
    CHECK(parsed<Save>("-S -n").format.numeric);
    CHECK_FALSE(parsed<Save>("--save").format.numeric);
    parsed<ListDaemons>("-L --daemon");
    CHECK(parsed<ListConnections>("-L -c -n").numeric);
    CHECK(parsed<ListConnections>("-L -c --persistent-conn").persistence);
    parsed<ShowCompletion>("completion");
}

TEST_CASE("sync daemons", "[parse]")
{
    const auto least = parsed<StartDaemon>("--start-daemon master").daemon;
    CHECK(least.role == DaemonRole::master);
    CHECK(least.interface == "eth0");
    CHECK(least.sync_id == 0);
    CHECK_FALSE(least.group);
    const auto full = parsed<StartDaemon>("--start-daemon backup --mcast-interface eth1 --syncid "
                                          "255 --sync-maxlen 65507 --mcast-group ff02::81 "
                                          "--mcast-port 65535 --mcast-ttl 255")
                          .daemon;
    CHECK(full == SyncDaemon{DaemonRole::backup, "eth1", 255, 65507,
                             Address::parse("ff02::81").value(), 65535, 255});
    CHECK(parsed<StopDaemon>("--stop-daemon backup").role == DaemonRole::backup);
    CHECK(parsed<StopDaemon>("--stop-daemon master --syncid 3").role == DaemonRole::master);
    parsed<ShowVersion>("-v");
}

TEST_CASE("no option may be given twice, whichever form it has", "[parse]")
{
    for (const OptionSpec &spec : option_specs) {
        if (spec.group == Group::unchecked) {
            continue;
        }
        RawOptions raw;
        raw.command = CommandId::list;
        const std::string value = spec.id == OptionId::tun_type      ? "gue"
                                  : spec.id == OptionId::mcast_group ? "224.0.0.1"
                                  : spec.id == OptionId::on_removal  ? "drop"
                                  : spec.id == OptionId::fastpath    ? "auto"
                                  : spec.group == Group::service     ? "10.0.0.1:80"
                                  : spec.id == OptionId::real_server ? "10.0.0.1:80"
                                                                     : "5";
        const RawOption option{spec.id,
                               spec.id == OptionId::fwmark_service ? std::string("5") : value};
        raw.options = {option, option};
        FakeNames names;
        const auto command = parse(raw, names);
        REQUIRE_FALSE(command);
        CHECK(command.error().message ==
              "multiple '" + std::string(group_names[index(spec.group)]) + "' options specified");
    }
}

TEST_CASE("numbers", "[parse]")
{
    CHECK(parse_number("5", 0, 10) == 5);
    CHECK(parse_number(" +5", 0, 10) == 5);
    CHECK(parse_number("-5", -10, 10) == -5);
    CHECK(parse_number("010", 0, 10) == 10);
    for (const char *text : {"", " ", "+", "-", "+-5", "--5", "5 ", "5x", "0x5", "11", "-1", "1e1",
                             "99999999999999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number(text, 0, 10));
    }
}
