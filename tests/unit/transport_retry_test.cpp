// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/transport/dump_retry.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using namespace ipvsctl;
using namespace ipvsctl::detail;

TEST_CASE("an interrupted dump is taken again until it is whole", "[transport]")
{
    int calls = 0;
    const auto done = dump_until_whole(
        [&]() -> Result<DumpEnd> { return ++calls < 3 ? DumpEnd::interrupted : DumpEnd::whole; });
    CHECK(calls == 3);
    CHECK(done.value() == DumpEnd::whole);
}

TEST_CASE("a dump that is never whole is not taken forever", "[transport]")
{
    int calls = 0;
    const auto done = dump_until_whole([&]() -> Result<DumpEnd> {
        calls++;
        return DumpEnd::interrupted;
    });
    CHECK(calls == dump_attempts);
    CHECK(done.value() == DumpEnd::interrupted);
    CHECK(never_whole().domain == Domain::transport);
    CHECK(never_whole().code == EAGAIN);
}

TEST_CASE("an error ends a dump at once", "[transport]")
{
    int calls = 0;
    const auto done = dump_until_whole([&]() -> Result<DumpEnd> {
        calls++;
        return Error{.domain = Domain::kernel, .code = EPERM, .message = "no", .attribute = {}};
    });
    CHECK(calls == 1);
    CHECK(done.error().code == EPERM);
}
