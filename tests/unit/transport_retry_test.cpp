// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/transport/dump_retry.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

const Message entry{.command = 1, .attributes = {}};
const Message stale{.command = 2, .attributes = {}};

} // namespace

TEST_CASE("an interrupted dump is taken again, and only the whole one counts", "[transport]")
{
    int calls = 0;
    const auto messages = dump_until_whole([&]() -> Result<DumpAnswer> {
        calls++;
        if (calls < 3)
            return DumpAnswer{.messages = {stale, stale}, .interrupted = true};
        return DumpAnswer{.messages = {entry}, .interrupted = false};
    });
    CHECK(calls == 3);
    CHECK(messages.value() == std::vector<Message>{entry});
}

TEST_CASE("a dump that is never whole ends with EAGAIN", "[transport]")
{
    int calls = 0;
    const auto messages = dump_until_whole([&]() -> Result<DumpAnswer> {
        calls++;
        return DumpAnswer{.messages = {stale}, .interrupted = true};
    });
    CHECK(calls == dump_attempts);
    REQUIRE_FALSE(messages);
    CHECK(messages.error().domain == Domain::transport);
    CHECK(messages.error().code == EAGAIN);
}

TEST_CASE("an error ends a dump at once", "[transport]")
{
    int calls = 0;
    const auto messages = dump_until_whole([&]() -> Result<DumpAnswer> {
        calls++;
        return Error{.domain = Domain::kernel, .code = EPERM, .message = "no", .attribute = {}};
    });
    CHECK(calls == 1);
    CHECK(messages.error().code == EPERM);
}
