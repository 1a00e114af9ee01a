// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the program says and returns when it is called by either of its names, and names in
 * listings. The errnos by command are in tests/golden/refusals.in.
 */
#include "tool_support.hpp"

#include "tool/option_table.hpp"
#include "tool/render/column.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cerrno>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

Outcome run(const std::string &line, FakeState &state)
{
    FakeNames names;
    return run_tool(split_words(line), state, names);
}

} // namespace

TEST_CASE("by its own name the program passes on what the kernel says", "[messages]")
{
    FakeState state;
    state.error = kernel_error(EINVAL, "persistence is not supported", "service.timeout");
    CHECK(run("/usr/sbin/ipvsctl -A -t 10.0.0.1:80 -p", state).err ==
          "Invalid argument: persistence is not supported (service.timeout)\n");
    state.error = kernel_error(ENOENT, "no such scheduler", "service.sched-name");
    CHECK(run("ipvsctl -A -t 10.0.0.1:80 -s no", state).err ==
          "Scheduler or persistence engine not found: no such scheduler (service.sched-name)\n");
    state.error = kernel_error(ERANGE, {}, "dest.weight");
    CHECK(run("ipvsctl -a -f 1 -r 10.0.0.1", state).err ==
          "Numerical result out of range (dest.weight)\n");
    state.error = kernel_error(EOPNOTSUPP, "tunnels are not supported", "dest.fwd_method");
    CHECK(run("ipvsctl -a -f 1 -r 10.0.0.1 -i", state).err ==
          "Operation not supported: tunnels are not supported (dest.fwd_method)\n");
    // Where the kernel has no sentence, the library puts the errno's text in its place.
    state.error = kernel_error(ESRCH, "No such process");
    const auto outcome = run("ipvsctl -D -t 10.0.0.1:80", state);
    CHECK(outcome.err == "No such service\n");
    CHECK(outcome.status == 255);
    CHECK(outcome.out.empty());
}

TEST_CASE("what the kernel would only repeat is said once", "[messages]")
{
    FakeState state;
    state.error = kernel_error(EEXIST, "service exists", "service");
    CHECK(run("ipvsctl -A -t 10.0.0.1:80", state).err == "Service already exists\n");
    state.error = kernel_error(ESRCH, "no such service", "service");
    CHECK(run("ipvsctl -D -t 10.0.0.1:80", state).err == "No such service\n");
    CHECK(run("ipvsctl -a -t 10.0.0.1:80 -r 10.0.0.2", state).err == "Service not defined\n");
    state.error = kernel_error(EEXIST, "real server exists", "dest");
    CHECK(run("ipvsctl -a -t 10.0.0.1:80 -r 10.0.0.2", state).err ==
          "Destination already exists\n");
    state.error = kernel_error(ENOENT, "no such real server", "dest");
    CHECK(run("ipvsctl -d -t 10.0.0.1:80 -r 10.0.0.2", state).err == "No such destination\n");
}

TEST_CASE("as ipvsadm it says what ipvsadm says", "[messages]")
{
    FakeState state;
    state.error = kernel_error(EINVAL, "persistence is not supported", "service.timeout");
    CHECK(run("/sbin/ipvsadm -A -t 10.0.0.1:80 -p", state).err ==
          "Invalid operation.  Possibly wrong module version, address not unicast, ...\n");
    state.error = Error{Domain::transport, ENOBUFS, "the socket failed", {}};
    CHECK(run("ipvsadm -C", state).err == "No buffer space available\n");
    CHECK(run("ipvsctl -C", state).err == "the socket failed: No buffer space available\n");
}

TEST_CASE("without a module or without rights it stops with 2", "[messages]")
{
    const std::string question =
        "\nAre you sure that IP Virtual Server is built in the kernel or as module?\n";
    FakeState state;
    state.info_error = kernel_error(EPERM);
    for (const char *program : {"ipvsctl", "ipvsadm"}) {
        const auto outcome = run(std::string(program) + " -L -n", state);
        CHECK(outcome.status == 2);
        CHECK(outcome.out.empty());
        CHECK(outcome.err ==
              "Can't initialize ipvs: Permission denied (you must be root)" + question);
    }
    state.open_error = Error{Domain::transport, ENOPROTOOPT, "neither nfvs nor ip_vs", {}};
    const auto outcome = run("ipvsctl -C", state);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "Can't initialize ipvs: Protocol not available" + question);
    CHECK(state.last_call.empty());
}

TEST_CASE("help and version need no kernel", "[messages]")
{
    FakeState state;
    state.open_error = Error{Domain::transport, ENOPROTOOPT, {}, {}};
    const auto version = run("ipvsctl -v", state);
    CHECK(version.status == 0);
    CHECK(version.out.starts_with("ipvsctl v"));
    CHECK(version.out.ends_with(" (compiled with popt and IPVS v1.2.1)\n"));
    const auto help = run("prog --help", state);
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK(help.out.find("Usage: prog COMMAND") != std::string::npos);
}

TEST_CASE("the help names every command and option, and none that is not there", "[messages]")
{
    FakeState state;
    const std::string help = run("ipvsctl -h", state).out;
    for (const auto &spec : tool::option_specs) {
        CAPTURE(spec.long_name);
        CHECK(help.find(std::string("--") + spec.long_name) != std::string::npos);
    }
    for (const auto &spec : tool::command_specs) {
        CAPTURE(spec.long_name);
        CHECK(help.find(std::string("--") + spec.long_name) != std::string::npos);
    }
    for (std::size_t at = help.find("  --"); at != std::string::npos;
         at = help.find("  --", at + 1)) {
        const auto end = help.find_first_of(" ,|\n", at + 4);
        const auto name = help.substr(at + 4, end - at - 4);
        CAPTURE(name);
        const auto has_name = [&](const auto &spec) {
            return std::string_view(spec.long_name) == name;
        };
        CHECK((std::any_of(tool::option_specs.begin(), tool::option_specs.end(), has_name) ||
               std::any_of(tool::command_specs.begin(), tool::command_specs.end(), has_name)));
    }
}

TEST_CASE("a failed listing ends with 1", "[messages]")
{
    FakeState state;
    state.error = kernel_error(ENOMEM);
    for (const char *line : {"ipvsctl", "ipvsctl -L", "ipvsctl -L --timeout", "ipvsctl stats"}) {
        const auto outcome = run(line, state);
        CHECK(outcome.status == 1);
        CHECK(outcome.err == "Memory allocation problem\n");
    }
    state.error.reset();
    const auto outcome = run("ipvsctl -L -t 10.0.0.1:80", state);
    CHECK(outcome.status == 1);
    CHECK(outcome.err == "No such service\n");
}

TEST_CASE("listings show names, looked up unless -n is given", "[render]")
{
    FakeState state;
    Service service;
    service.key = AddressServiceKey{Protocol::tcp, Endpoint::parse("10.0.0.1:80").value()};
    service.config.scheduler = "rr";
    Service ipv6 = service;
    ipv6.key = AddressServiceKey{Protocol::tcp, Endpoint::parse("[::1]:81").value()};
    Destination server;
    server.config.endpoint = Endpoint::parse("10.0.0.2:80").value();
    state.services = {{service, {server}}, {ipv6, {}}};
    FakeNames names;
    names.ports = {{"http", 80}};
    names.addresses = {{Address::v4(0x0a000001), "virtual.server.with.a.long.name.example"},
                       {Address::v4(0x0a000002), "web"},
                       {Address::parse("::1").value(), "localhost6"}};
    CHECK(run_tool({"ipvsctl"}, state, names).out ==
          "IP Virtual Server version 1.2.1 (size=4096)\n"
          "Prot LocalAddress:Port Scheduler Flags\n"
          "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n"
          "TCP  virtual.server.with.a.long.n rr\n"
          "  -> web:http                     Route   1      0          0         \n"
          "TCP  [localhost6]:81 rr\n");
    names.questions = 0;
    CHECK(run_tool({"ipvsctl", "-Ln"}, state, names).out.find("TCP  [::1]:81 rr\n") !=
          std::string::npos);
    CHECK(names.questions == 0);
}

TEST_CASE("counters of nfvs, one a line", "[render]")
{
    FakeState state;
    state.counters = {{"sched_no_dest", 18446744073709551615U}, {"rst", 0}};
    CHECK(run("ipvsctl stats", state).out == "sched_no_dest 18446744073709551615\n"
                                             "rst           0\n");
}

TEST_CASE("large counters are shortened at their limits", "[render]")
{
    const auto text = [](std::uint64_t number, bool exact) {
        std::string out;
        tool::append_counter(out, number, exact);
        return out;
    };
    CHECK(text(0, false) == "        0");
    CHECK(text(99999999, false) == " 99999999");
    CHECK(text(100000000, false) == "  100000K");
    CHECK(text(999999999, false) == "  999999K");
    CHECK(text(1000000000, false) == "    1000M");
    CHECK(text(99999999999, false) == "   99999M");
    CHECK(text(100000000000, false) == "     100G");
    CHECK(text(99999999999999, false) == "   99999G");
    CHECK(text(100000000000000, false) == "     100T");
    CHECK(text(UINT64_MAX, false) == "18446744T");
    CHECK(text(99999999, true) == " 99999999");
    CHECK(text(100000000, true) == " 100000000");
    CHECK(text(UINT64_MAX, true) == " 18446744073709551615");
}
