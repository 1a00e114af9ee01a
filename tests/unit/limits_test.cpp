// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a balancer can do, from its answer or its modules to what is shown.
 */
#include "../../libipvsctl/codec/limits.hpp"
#include "client_script.hpp"
#include "tool_support.hpp"

#include <linux/nfvs.h>

using namespace ipvsctl;
using namespace ipvsctl::detail;
using namespace ipvsctl::test;
using client_test::reply;
using client_test::Script;

namespace {

LimitsAttrs answer()
{
    LimitsAttrs attrs;
    attrs.sched_name = {"wlc", "rr"};
    attrs.protocol = {"UDP", "TCP"};
    attrs.fwd_methods = 1U << NFVS_FWD_MASQ | 1U << NFVS_FWD_DROUTE;
    attrs.tun_types = 1U << NFVS_TUN_TYPE_GUE;
    attrs.features = NFVS_FEATURE_CONN_END | 1U << 31;
    return attrs;
}

InfoAttrs module_info()
{
    InfoAttrs attrs;
    attrs.version = 0x010201;
    attrs.conn_tab_size = 1024;
    attrs.module = "nfvs 0.1.0";
    attrs.conn_max = 99;
    return attrs;
}

std::string run(const std::vector<std::string> &words, FakeState &state)
{
    FakeNames names;
    const auto outcome = run_tool(words, state, names);
    CHECK(outcome.status == 0);
    return outcome.out;
}

} // namespace

TEST_CASE("nfvs says what it can do", "[limits]")
{
    const auto limits = decode_limits(answer()).value();
    CHECK(limits.schedulers == std::vector<std::string>{"rr", "wlc"});
    CHECK(limits.persistence_engines == std::vector<std::string>{});
    CHECK(limits.protocols == std::vector<std::string>{"TCP", "UDP"});
    CHECK(limits.methods == std::vector{ForwardingMethod::masquerade, ForwardingMethod::direct});
    CHECK(limits.tunnel_types == std::vector{TunnelType::gue});
    CHECK(limits.features == std::vector<std::string>{"conn-end"});
    auto attrs = answer();
    attrs.features.reset();
    CHECK(decode_limits(attrs).error().attribute == "limits.features");
    attrs.tun_types.reset();
    CHECK(decode_limits(attrs).error().attribute == "limits.tun-types");
    attrs.fwd_methods.reset();
    CHECK(decode_limits(attrs).error().attribute == "limits.fwd-methods");
}

TEST_CASE("names that are repeated come back as they were", "[limits]")
{
    const auto attrs = answer();
    CHECK(LimitsAttrs::decode(encoded(attrs)).value() == attrs);
}

TEST_CASE("the modules of ip_vs are its schedulers and engines", "[limits]")
{
    std::vector<std::string> schedulers;
    std::vector<std::string> engines;
    for (const char *line :
         {"kernel/net/netfilter/ipvs/ip_vs_rr.ko: kernel/net/netfilter/ipvs/ip_vs.ko",
          "kernel/net/netfilter/ipvs/ip_vs_wlc.ko.xz:", "kernel/net/netfilter/ipvs/ip_vs.ko:",
          "kernel/net/netfilter/ipvs/ip_vs_ftp.ko: a", "kernel/net/netfilter/ipvs/ip_vs_mh.ko",
          "kernel/net/netfilter/ipvs/ip_vs_pe_sip.ko.zst: b", "", "ip_vs_dh",
          "kernel/net/other.ko: kernel/net/netfilter/ipvs/ip_vs_sh.ko"}) {
        take_module(line, schedulers, engines);
    }
    CHECK(schedulers == std::vector<std::string>{"rr", "wlc", "mh", "dh"});
    CHECK(engines == std::vector<std::string>{"sip"});
}

TEST_CASE("a client asks nfvs, and does not ask ip_vs", "[limits]")
{
    {
        Script script;
        NfvsAttrs attrs;
        attrs.limits = answer();
        script.expect(NFVS_CMD_GET_INFO, {}, std::vector{reply(NFVS_CMD_SET_INFO, module_info())});
        script.expect(NFVS_CMD_GET_LIMITS, {}, std::vector{reply(NFVS_CMD_GET_LIMITS, attrs)});
        const auto limits = script.client().limits().value();
        CHECK(limits.family == "NFVS");
        CHECK(limits.info.connection_limit == 99U);
        CHECK(limits.schedulers == std::vector<std::string>{"rr", "wlc"});
    }
    Script script("IPVS");
    script.expect(NFVS_CMD_GET_INFO, {}, std::vector{reply(NFVS_CMD_SET_INFO, module_info())});
    const auto limits = script.client().limits().value();
    CHECK(limits.family == "IPVS");
    CHECK(limits.features == std::vector<std::string>{"sync-daemons"});
    CHECK(limits.tunnel_types.size() == 3);
}

TEST_CASE("limits as text and as JSON", "[limits]")
{
    FakeState state;
    state.limits = decode_limits(answer()).value();
    state.limits.family = "NFVS";
    state.limits.info = state.info;
    state.limits.info.module = "nfvs 0.1.0";
    state.limits.info.connection_limit = 99;
    const auto text = run({"ipvsctl", "limits"}, state);
    CHECK(text.find("\nmodule                 nfvs 0.1.0\n") != std::string::npos);
    CHECK(text.find("\nschedulers             rr wlc\n"
                    "persistence engines    -\n"
                    "protocols              tcp udp\n"
                    "methods                masq route\n"
                    "tunnel types           gue\n"
                    "features               conn-end\n"
                    "connection table       4096\n"
                    "connections            unknown\n"
                    "connection limit       99\n"
                    "max weight             2147483647\n") != std::string::npos);
    const auto json = run({"ipvsctl", "limits", "--json"}, state);
    CHECK(json.find(R"("schedulers":["rr","wlc"],"persistence_engines":[],)") != std::string::npos);
    CHECK(json.find(R"("max":{"weight":2147483647,"threshold":2147483647,)") != std::string::npos);
    state.limits.schedulers.reset();
    CHECK(run({"ipvsctl", "limits"}, state).find("\nschedulers             unknown\n") !=
          std::string::npos);
    CHECK(run({"ipvsctl", "limits", "--json"}, state).find(R"("schedulers":null,)") !=
          std::string::npos);
}
