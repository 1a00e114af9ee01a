// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a service says of its connections, which ipvsadm does not know: listed, saved, restored.
 */
#include "tool_support.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

// A kernel with one service, which has these settings.
FakeState one_service(std::optional<Removal> on_removal, std::optional<FastPath> fastpath)
{
    FakeService entry;
    entry.service.key =
        AddressServiceKey{Protocol::tcp, Endpoint{Address::parse("10.0.0.1").value(), 80}};
    entry.service.config.scheduler = "rr";
    entry.service.config.netmask = Netmask::host(Family::inet);
    entry.service.config.on_removal = on_removal;
    entry.service.config.fastpath = fastpath;
    FakeState state;
    state.services.push_back(entry);
    return state;
}

std::string said(FakeState &state, const std::string &line)
{
    FakeNames names;
    const auto outcome = run_tool(split_words(line), state, names);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
}

} // namespace

TEST_CASE("what a service leaves to the namespace is not shown", "[render][policy]")
{
    for (const auto fastpath : {std::optional<FastPath>{}, std::optional(FastPath::by_default)}) {
        auto state = one_service({}, fastpath);
        CHECK(said(state, "ipvsctl -S -n") == "-A -t 10.0.0.1:80 -s rr\n");
        CHECK(said(state, "ipvsctl -Ln").find("\nTCP  10.0.0.1:80 rr\n") != std::string::npos);
    }
}

TEST_CASE("each setting of the fast path is listed, saved and restored", "[render][policy]")
{
    const std::pair<FastPath, std::string> settings[] = {
        {FastPath::off, "off"}, {FastPath::automatic, "auto"}, {FastPath::always, "always"}};
    for (const auto &[fastpath, word] : settings) {
        auto state = one_service({}, fastpath);
        CHECK(said(state, "ipvsctl -Ln").find("10.0.0.1:80 rr fastpath " + word + "\n") !=
              std::string::npos);
        state.input = said(state, "ipvsctl -S -n");
        CHECK(state.input == "-A -t 10.0.0.1:80 -s rr --fastpath " + word + "\n");
        said(state, "ipvsctl -R");
        CHECK(state.last_service.fastpath == fastpath);
        CHECK(said(state, "ipvsadm -S -n") == "-A -t 10.0.0.1:80 -s rr\n");
    }
}

TEST_CASE("settings are named one after the other", "[render][policy]")
{
    auto state = one_service(Removal::reset, FastPath::off);
    CHECK(said(state, "ipvsctl -S -n") ==
          "-A -t 10.0.0.1:80 -s rr --on-removal reset --fastpath off\n");
    CHECK(said(state, "ipvsctl -Ln").find(" rr on-removal reset fastpath off\n") !=
          std::string::npos);
    CHECK(said(state, "ipvsadm -Ln").find(" rr\n") != std::string::npos);
}
