// SPDX-License-Identifier: GPL-2.0-or-later
/** Work in a network namespace. Another than its own takes no privilege to be refused. */
#include "../../libipvsctl/transport/netns.hpp"
#include "ipvsctl/client.hpp"
#include "ipvsctl/monitor.hpp"

#include <catch2/catch.hpp>

#include <cerrno>
#include <thread>

#include <sched.h>
#include <sys/stat.h>

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

TEST_CASE("a namespace that is held is entered whoever has a name for it", "[netns]")
{
    const auto here = [] { return Result<bool>(Namespace::current().is_here()); };
    const auto number = []() -> Result<ino_t> {
        struct stat status {};
        return ::stat("/proc/thread-self/ns/net", &status) == 0 ? status.st_ino : 0;
    };
    const auto own = number().value();
    Namespace held = Namespace::current();
    CHECK(held.is_here());
    CHECK(in_namespace(held, whoami).value() == std::this_thread::get_id());
    CHECK(in_namespace(Namespace(), whoami).value() == std::this_thread::get_id());

    ino_t other = 0;
    std::thread([&] {
        if (::unshare(CLONE_NEWNET) < 0)
            return;
        held = Namespace::current();
        other = number().value();
    }).join();
    if (other == 0) {
        WARN("no right to make a network namespace");
        return;
    }
    CHECK(other != own);
    CHECK_FALSE(held.is_here());
    CHECK(in_namespace(held, number).value() == other);
    CHECK(in_namespace(held, here).value());
    CHECK(number().value() == own);
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
