// SPDX-License-Identifier: GPL-2.0-or-later
/** Work in a network namespace. Another than its own takes no privilege to be refused. */
#include "../../libipvsctl/transport/netns.hpp"
#include "ipvsctl/client.hpp"
#include "ipvsctl/monitor.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <thread>

using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

Result<std::thread::id> whoami()
{
    return std::this_thread::get_id();
}

} // namespace

TEST_CASE("without a name, work is done right here", "[netns]")
{
    CHECK(in_namespace("", whoami).value() == std::this_thread::get_id());
}

TEST_CASE("a namespace that cannot be entered is an error", "[netns]")
{
    const auto by_name = in_namespace("no-such-namespace", whoami);
    REQUIRE_FALSE(by_name);
    CHECK(by_name.error().domain == Domain::transport);
    CHECK(by_name.error().code == ENOENT);
    CHECK(by_name.error().message.starts_with(
        "open network namespace /run/netns/no-such-namespace: "));
    const auto by_path = in_namespace("/dev/null", whoami);
    REQUIRE_FALSE(by_path);
    CHECK(by_path.error().code == EINVAL);
    CHECK(by_path.error().message.starts_with("enter network namespace /dev/null: "));
}

TEST_CASE("client and monitor say that there is no such namespace", "[netns]")
{
    ClientOptions of_client;
    of_client.network_namespace = "no-such-namespace";
    CHECK(Client::open(of_client).error().code == ENOENT);
    MonitorOptions of_monitor;
    of_monitor.network_namespace = "no-such-namespace";
    CHECK(Monitor::open(of_monitor).error().code == ENOENT);
}

TEST_CASE("with rights, work is done in a thread that lives no longer", "[netns]")
{
    const auto other = in_namespace("/proc/self/ns/net", whoami);
    if (!other)
        CHECK(other.error().code == EPERM);
    else
        CHECK(*other != std::this_thread::get_id());
}
