// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Configuration files: blocks and lines, what they mean, and where they are wrong.
 */
#include "tool_support.hpp"

#include "tool/config/plan.hpp"
#include "tool/config/quick.hpp"
#include "tool/config/reader.hpp"
#include "tool/line.hpp"
#include "tool/option_table.hpp"
#include "tool/parse.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace ipvsctl::tool;

namespace {

Result<Config> read(std::string_view text)
{
    FakeNames names;
    names.ports["http"] = 80;
    return read_config("f", text, names);
}

std::string problem(std::string_view text)
{
    const auto config = read(text);
    return config ? "none" : config.error().message;
}

// Both files mean the same, wherever it stands in them.
void check_same(std::string_view a, std::string_view b)
{
    const auto first = read(a);
    const auto second = read(b);
    CAPTURE(a, b);
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(first->size() == second->size());
    for (std::size_t i = 0; i < first->size(); i++) {
        const ServiceEntry &one = (*first)[i];
        const ServiceEntry &other = (*second)[i];
        CHECK(one.key == other.key);
        CHECK(one.config == other.config);
        REQUIRE(one.servers.size() == other.servers.size());
        for (std::size_t j = 0; j < one.servers.size(); j++) {
            CHECK(one.servers[j].config == other.servers[j].config);
        }
    }
}

} // namespace

TEST_CASE("a block says what lines say", "[config]")
{
    check_same("service tcp 192.0.2.1:80 {\n"
               "    scheduler wrr\n"
               "    persistent 600; netmask 255.255.255.0\n"
               "    server 10.0.0.1:8080 nat weight 2\n"
               "    server 10.0.0.2:8080 nat u-threshold 100 l-threshold 50\n"
               "}\n",
               "-A -t 192.0.2.1:80 -s wrr -p 600 -M 255.255.255.0\n"
               "-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 2\n"
               "-a -t 192.0.2.1:80 -r 10.0.0.2:8080 -m -x 100 -y 50\n");
    check_same("service udp [2001:db8::1]:53 { ops; on-removal drop; fastpath off; }",
               "ipvsctl -A -u [2001:db8::1]:53 -o --on-removal drop --fastpath off");
    check_same("service sctp 192.0.2.1:80 { server 10.0.0.9 direct }",
               "--add-service --sctp-service 192.0.2.1:80\n"
               "--add-server --sctp-service 192.0.2.1:80 --real-server 10.0.0.9 --gatewaying");
    check_same("service fwmark 7 ipv6 { scheduler sh; sched-flags sh-port\n}",
               "ipvsadm -A -f 7 -6 -s sh -b sh-port");
}

TEST_CASE("settings of a service stand on lines of their own", "[config]")
{
    CHECK(problem("service fwmark 7 { scheduler sh sched-flags sh-port\n}") ==
          "f:1: unexpected `sched-flags' in place of the end of the line");
    CHECK(problem("service fwmark 7 { scheduler sh; sched-flags sh-port }") == "none");
}

TEST_CASE("blanks, ends of lines and comments do not matter", "[config]")
{
    check_same("# a comment\n\n"
               "service tcp 192.0.2.1:80 # and one\n"
               "{\r\n"
               "\tscheduler rr;; # and one\n"
               "  ; server   10.0.0.1:80\tnat;server 10.0.0.2:80 nat}\n"
               "service udp 192.0.2.1:80{}",
               "-A -t 192.0.2.1:80 -s rr\r\n"
               "  -a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n"
               "-a -t 192.0.2.1:80 -r 10.0.0.2:80 -m\n"
               "-A -u 192.0.2.1:80");
    CHECK(read("").value().empty());
    CHECK(read("\n # \n\n").value().empty());
}

TEST_CASE("what is not mentioned is as the options leave it", "[config]")
{
    const auto config = read("service tcp 192.0.2.1:80 { server 10.0.0.1 }").value();
    REQUIRE(config.size() == 1);
    CHECK(config[0].config.scheduler == "wlc");
    CHECK_FALSE(config[0].config.persistent());
    REQUIRE(config[0].servers.size() == 1);
    CHECK(config[0].servers[0].config.method == ForwardingMethod::direct);
    CHECK(config[0].servers[0].config.weight == 1);
    CHECK(config[0].servers[0].config.endpoint.port == 80);
}

TEST_CASE("settings may come behind the real servers", "[config]")
{
    check_same("service tcp 192.0.2.1:0 { server 10.0.0.1 nat; persistent; scheduler rr }",
               "-A -t 192.0.2.1:0 -s rr -p\n-a -t 192.0.2.1:0 -r 10.0.0.1 -m");
    CHECK(problem("service tcp 192.0.2.1:0 { server 10.0.0.1 nat\n scheduler rr }") ==
          "f:1: Zero port specified for non-persistent service");
}

TEST_CASE("tunnels and names", "[config]")
{
    check_same("service tcp 192.0.2.1:http {\n"
               "  server [2001:db8::2]:80 tunnel tun-type gue tun-port 5555 tun-csum\n"
               "  server 10.0.0.1:http ipip tun-type gre tun-csum\n"
               "  server 10.0.0.2:81 masquerading\n  server 10.0.0.3 gatewaying }",
               "-A -t 192.0.2.1:80\n"
               "-a -t 192.0.2.1:80 -r [2001:db8::2]:80 -i --tun-type gue --tun-port 5555 "
               "--tun-csum\n"
               "-a -t 192.0.2.1:80 -r 10.0.0.1 -i --tun-type gre --tun-csum\n"
               "-a -t 192.0.2.1:80 -r 10.0.0.2:81 -m\n-a -t 192.0.2.1:80 -r 10.0.0.3\n");
}

TEST_CASE("a mistake is told with its line", "[config]")
{
    CHECK(problem("\nbogus\n") == "f:2: unexpected `bogus' in place of `service' or a rule");
    CHECK(problem("service\n") == "f:1: the line ends too early");
    CHECK(problem("service") == "f:1: the file ends in the middle of a service");
    CHECK(problem("service ip 1.2.3.4 {}") ==
          "f:1: unexpected `ip' in place of tcp, udp, sctp or fwmark");
    CHECK(problem("service tcp {}") ==
          "f:1: unexpected `{' in place of what the service is known by");
    CHECK(problem("service tcp 192.0.2.1:80\n\nscheduler") ==
          "f:1: unexpected `scheduler' in place of `{'");
    CHECK(problem("service tcp 192.0.2.1:80 {\n scheduler rr\n") ==
          "f:3: the file ends in the middle of a service");
    CHECK(problem("service tcp 192.0.2.1:x {}") ==
          "f:1: illegal virtual server address[:port] specified");
    CHECK(problem("service fwmark 0 {}") == "f:1: invalid fwmark value `0' specified");
    CHECK(problem("service tcp 192.0.2.1:80 {\n schedular rr\n}") ==
          "f:2: unknown word `schedular'; did you mean scheduler?");
    CHECK(problem("service tcp 192.0.2.1:80 {\n weight 2\n}") == "f:2: unknown word `weight'");
    CHECK(problem("service tcp 192.0.2.1:80 {\n scheduler\n}") == "f:2: `scheduler' needs a value");
    CHECK(problem("service tcp 192.0.2.1:80 {\n\n persistent 0\n scheduler rr\n}") ==
          "f:3: invalid timeout value `0' specified");
    CHECK(problem("service tcp 192.0.2.1:80 {\n scheduler rr\n scheduler rr }") ==
          "f:3: multiple 'scheduler' options specified");
    CHECK(problem("service tcp 192.0.2.1:80 {\n server\n}") == "f:2: the line ends too early");
    CHECK(problem("service tcp 192.0.2.1:80 {\n server 10.0.0.1 nat direct\n}") ==
          "f:2: multiple 'forwarding-method' options specified");
    CHECK(problem("service tcp 192.0.2.1:80 {\n server 10.0.0.1 nat weihgt 2\n}") ==
          "f:2: unknown word `weihgt'; did you mean weight?");
    CHECK(problem("service tcp 192.0.2.1:80 {\n server 10.0.0.1 nat weight -2\n}") ==
          "f:2: illegal weight specified");
    CHECK(problem("service tcp 192.0.2.1:80 {\n {\n}") ==
          "f:2: unexpected `{' in place of a setting");
    CHECK(problem("service tcp 192.0.2.1:80 { }\n}") ==
          "f:2: unexpected `}' in place of `service' or a rule");
    CHECK(problem("service tcp 192.0.2.1:80 { server [2001:db8::1]:80 nat }") ==
          "f:1: Different address family is allowed only for tunneling servers");
}

TEST_CASE("a mistake in a line of commands, too", "[config]")
{
    CHECK(problem("-A -t 192.0.2.1:80\n-A -t 192.0.2.2:80 -w x\n") ==
          "f:2: illegal weight specified");
    CHECK(problem("-A -t 192.0.2.1:80 --shedular rr") ==
          "f:1: --shedular: unknown option; did you mean --scheduler?");
    CHECK(problem("-E -t 192.0.2.1:80 -s rr") ==
          "f:1: of commands, only -A, -a and -C say what the table should be");
    CHECK(problem("-a -t 192.0.2.1:80 -r 10.0.0.1") ==
          "f:1: no line before adds the service TCP 192.0.2.1:80");
    CHECK(problem("-R") == "f:1: Try `ipvsctl -h' or 'ipvsctl --help' for more information.");
    check_same("-A -t 192.0.2.1:80\n-C\n-A -t 192.0.2.2:80\n", "-A -t 192.0.2.2:80\n");
}

TEST_CASE("what is there twice is told with both lines", "[config]")
{
    CHECK(problem("-A -t 192.0.2.1:80\n-A -u 192.0.2.1:80\n\n-A -t 192.0.2.1:80 -s rr") ==
          "f:4: the service TCP 192.0.2.1:80 is in line 1 already");
    CHECK(problem("service tcp 192.0.2.1:80 {\n}\n-A -t 192.0.2.1:80") ==
          "f:3: the service TCP 192.0.2.1:80 is in line 1 already");
    CHECK(problem("service tcp 192.0.2.1:80 {\n"
                  " server 10.0.0.3 nat\n server 10.0.0.1 nat\n server 10.0.0.3:80 direct\n}") ==
          "f:4: the real server 10.0.0.3:80 of TCP 192.0.2.1:80 is in line 2 already");
    CHECK(problem("service tcp 192.0.2.1:80 {\n server 10.0.0.3:81 nat\n server 10.0.0.3 nat\n}") ==
          "none");
}

TEST_CASE("each entry knows its line", "[config]")
{
    const auto config =
        read("-A -t 192.0.2.1:80\n\nservice tcp 192.0.2.2:80 {\n\nserver 10.0.0.1\n}\n"
             "-a -t 192.0.2.1:80 -r 10.0.0.2\n")
            .value();
    REQUIRE(config.size() == 2);
    CHECK(config[0].line == 1);
    CHECK(config[0].servers.at(0).line == 7);
    CHECK(config[1].line == 3);
    CHECK(config[1].servers.at(0).line == 5);
}

TEST_CASE("the quick rules mean what the options mean", "[config]")
{
    const auto lines = {
        "-A -t 192.0.2.1:80",
        "-A -u 192.0.2.1:65535 -s rr",
        "-A -t [2001:db8::1]:80 -s wlc -p",
        "-A -s sh -t 0.0.0.0:1 -p 2678400",
        "-A -p 1 -t 255.255.255.255:80",
        "-a -t 192.0.2.1:80 -r 10.0.0.1:80",
        "-a -t 192.0.2.1:80 -r 10.0.0.1:81",
        "-a -t 192.0.2.1:80 -r 10.0.0.1:81 -i -w 0",
        "-a -r 10.0.0.1:81 -m -w 2147483647 -x 3 -y 2 -u 192.0.2.1:80",
        "-a -t [2001:db8::1]:80 -r [2001:db8::2]:8080 -g",
    };
    for (const std::string line : lines) {
        CAPTURE(line);
        QuickRule rule;
        rule.begin(line[1] == 'A' ? CommandId::add_service : CommandId::add_server);
        const auto words = split_words(line);
        bool quick = true;
        for (std::size_t i = 1; i < words.size() && quick; i++) {
            const OptionSpec *spec = option_of_letter(words[i].at(1));
            REQUIRE(spec);
            const bool has_value = i + 1 < words.size() && words[i + 1][0] != '-';
            quick = rule.take(spec->id, has_value ? words[i + 1] : std::string_view());
            i += has_value ? 1 : 0;
        }
        REQUIRE(quick);
        REQUIRE(rule.finish());

        FakeNames names;
        const auto raw = LineReader("ipvsctl", Voice::ipvsctl).read(line);
        REQUIRE(raw);
        const auto command = parse(raw->value(), names).value();
        if (const auto *add = std::get_if<AddService>(&command)) {
            CHECK(add->key == rule.service());
            CHECK(add->config == rule.config());
        } else {
            CHECK(std::get<AddServer>(command).service == rule.service());
            CHECK(std::get<AddServer>(command).config == rule.server());
        }
    }
}

TEST_CASE("real servers that differ in their address alone", "[config]")
{
    // The same in words that no quick rule knows.
    const auto long_one = [](std::string line) {
        line.replace(0, 2, line[1] == 'A' ? "--add-service" : "--add-server");
        return line;
    };
    const auto files = {
        // Behind the address, in front of it, nothing.
        "-A -t 192.0.2.1:80\n"
        "-a -t 192.0.2.1:80 -r 10.0.0.1:81 -m -w 2\n-a -t 192.0.2.1:80 -r 10.0.0.2:82 -m -w 2\n",
        "-A -t 192.0.2.1:80\n"
        "-a -m -t 192.0.2.1:80 -r 10.0.0.1:81\n-a -m -t 192.0.2.1:80 -r 10.0.0.2:82\n",
        "-A -t 192.0.2.1:80\n"
        "-a -t 192.0.2.1:80 -r 10.0.0.1:81\n-a -t 192.0.2.1:80 -r 10.0.0.2:82\n",
        // One that goes on where the last one ended.
        "-A -t 192.0.2.1:80\n"
        "-a -m -t 192.0.2.1:80 -r 10.0.0.1:8\n-a -m -t 192.0.2.1:80 -r 10.0.0.1:80 -w 3\n"
        "-a -m -t 192.0.2.1:80 -r 10.0.0.1:81 -w 33\n",
        // Another service, and another method.
        "-A -t 192.0.2.1:80\n-A -t 192.0.2.1:81\n"
        "-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n-a -t 192.0.2.1:81 -r 10.0.0.1:80 -m\n"
        "-a -t 192.0.2.1:81 -r 10.0.0.2:80 -i\n-a -t 192.0.2.1:81 -r 10.0.0.3:80 -i\n",
        "-A -u [2001:db8::1]:80\n"
        "-a -u [2001:db8::1]:80 -r [2001:db8::2]:80 -m\n"
        "-a -u [2001:db8::1]:80 -r [2001:db8::3]:81 -m\n",
        // What is no address and port is for the options.
        "-A -t 192.0.2.1:80\n"
        "-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n-a -t 192.0.2.1:80 -r 10.0.0.2 -m\n",
    };
    for (const std::string file : files) {
        std::string other;
        for (std::size_t at = 0; at < file.size();) {
            const auto end = file.find('\n', at) + 1;
            other += long_one(file.substr(at, end - at));
            at = end;
        }
        check_same(file, other);
    }
    // A block in between is of another service.
    check_same("-A -t 192.0.2.1:80\n-a -t 192.0.2.1:80 -r 10.0.0.1:81 -m -w 2\n"
               "service udp 192.0.2.1:53 { server 10.0.0.9:53 direct weight 7 }\n"
               "-a -t 192.0.2.1:80 -r 10.0.0.2:82 -m -w 2\n",
               "service tcp 192.0.2.1:80 { server 10.0.0.1:81 nat weight 2\n"
               "server 10.0.0.2:82 nat weight 2 }\n"
               "service udp 192.0.2.1:53 { server 10.0.0.9:53 direct weight 7 }\n");
    CHECK(problem("-A -t 192.0.2.1:80\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n"
                  "-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n") ==
          "f:3: the real server 10.0.0.1:80 of TCP 192.0.2.1:80 is in line 2 already");
}

TEST_CASE("the quick rules leave what is not plain to the options", "[config]")
{
    struct Case {
        OptionId id;
        const char *value;
    };
    const std::initializer_list<Case> service{
        {OptionId::tcp_service, "192.0.2.1"},
        {OptionId::tcp_service, "192.0.2.1:0"},
        {OptionId::tcp_service, "192.0.2.01:80"},
        {OptionId::tcp_service, "192.0.2.256:80"},
        {OptionId::tcp_service, "192.0.2:80"},
        {OptionId::tcp_service, "192.0.2.1:http"},
        {OptionId::tcp_service, "1[2001::1]:80"},
        {OptionId::tcp_service, "[10.0.0.1]:80"},
        {OptionId::tcp_service, "2001:db8::1"},
        {OptionId::tcp_service, "[2001:db8::1"},
        {OptionId::tcp_service, "192.0.2.1:80 "},
        {OptionId::tcp_service, "192.0.2.1:65536"},
        {OptionId::fwmark_service, "7"},
        {OptionId::sctp_service, "192.0.2.1:80"},
        {OptionId::scheduler, ""},
        {OptionId::scheduler, "abcdefghijklmnop"},
        {OptionId::scheduler, "RR"},
        {OptionId::persistent, "0"},
        {OptionId::persistent, "2678401"},
        {OptionId::persistent, "x"},
        {OptionId::ops, ""},
        {OptionId::weight, "1"},
    };
    for (const Case &one : service) {
        CAPTURE(one.value);
        QuickRule rule;
        rule.begin(CommandId::add_service);
        CHECK_FALSE(rule.take(one.id, one.value));
    }
    const std::initializer_list<Case> server{
        {OptionId::real_server, "10.0.0.1"},
        {OptionId::weight, "2147483648"},
        {OptionId::weight, "-1"},
        {OptionId::weight, "+1"},
        {OptionId::weight, ""},
        {OptionId::weight, "99999999999999999999"},
        {OptionId::upper_threshold, "1x"},
        {OptionId::tun_type, "ipip"},
        {OptionId::scheduler, "rr"},
    };
    for (const Case &one : server) {
        CAPTURE(one.value);
        QuickRule rule;
        rule.begin(CommandId::add_server);
        CHECK_FALSE(rule.take(one.id, one.value));
    }
    QuickRule rule;
    rule.begin(CommandId::add_server);
    CHECK_FALSE(rule.finish());
    CHECK(rule.take(OptionId::tcp_service, "192.0.2.1:80"));
    CHECK_FALSE(rule.take(OptionId::udp_service, "192.0.2.1:80"));
    CHECK_FALSE(rule.finish());
    CHECK(rule.take(OptionId::real_server, "[2001:db8::1]:80"));
    CHECK_FALSE(rule.finish()); // of another family
}
