// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Every cell of both tables: what is allowed passes, what is not is named.
 */
#include "tool/rules.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::tool;

namespace {

const std::vector<TunnelType> tunnel_types{TunnelType::ipip, TunnelType::gue, TunnelType::gre};

template <typename Subject> GroupSet required_of(Subject subject)
{
    GroupSet set;
    for (std::size_t i = 0; i < group_count; i++) {
        set.set(i, presence(subject, static_cast<Group>(i)) == Presence::required);
    }
    return set;
}

std::string quoted(std::size_t group)
{
    return "'" + std::string(group_names[group]) + "'";
}

// One cell with everything required around it.
template <typename Subject, typename Check>
void check_cell(Subject subject, std::size_t group, const std::string &where, Check check)
{
    GroupSet given = required_of(subject);
    given.set(group);
    switch (presence(subject, static_cast<Group>(group))) {
    case Presence::forbidden:
        REQUIRE_FALSE(check(given));
        CHECK(check(given).error().message ==
              "Illegal " + quoted(group) + " option with the " + where);
        CHECK(check(given).error().domain == Domain::usage);
        break;
    case Presence::required:
        CHECK(check(given));
        given.reset(group);
        REQUIRE_FALSE(check(given));
        CHECK(check(given).error().message ==
              "You need to supply the " + quoted(group) + " option for the " + where);
        break;
    case Presence::allowed:
    case Presence::exclusive:
        CHECK(check(given));
        break;
    }
}

template <typename Subject, typename Check>
void check_exclusive(Subject subject, const std::string &where, Check check)
{
    for (std::size_t a = 0; a < group_count; a++) {
        for (std::size_t b = a + 1; b < group_count; b++) {
            if (presence(subject, static_cast<Group>(a)) != Presence::exclusive ||
                presence(subject, static_cast<Group>(b)) != Presence::exclusive) {
                continue;
            }
            GroupSet given = required_of(subject);
            given.set(a).set(b);
            REQUIRE_FALSE(check(given));
            CHECK(check(given).error().message == "The option " + quoted(b) +
                                                      " conflicts with the " + quoted(a) +
                                                      " option in the " + where);
        }
    }
}

} // namespace

TEST_CASE("every option with every command", "[rules]")
{
    for (std::size_t c = 0; c < command_count; c++) {
        const auto command = static_cast<CommandId>(c);
        const std::string where = "'" + std::string(command_names[c]) + "' command";
        const auto check = [&](const GroupSet &given) { return check_options(command, given); };
        CHECK(check(required_of(command)));
        for (std::size_t group = 0; group < group_count; group++) {
            check_cell(command, group, where, check);
        }
        check_exclusive(command, where, check);
    }
}

TEST_CASE("every option with every tunnel type", "[rules]")
{
    for (const TunnelType type : tunnel_types) {
        const std::string where = "'" + std::string(to_string(type)) + "' tunnel type";
        const auto check = [&](const GroupSet &given) { return check_tunnel_options(type, given); };
        CHECK(check(required_of(type)));
        for (const Group group : tunnel_groups) {
            check_cell(type, index(group), where, check);
        }
        check_exclusive(type, where, check);
    }
}

TEST_CASE("the tables are the documented ones", "[rules]")
{
    CHECK(presence(CommandId::add_service, Group::service) == Presence::required);
    CHECK(presence(CommandId::add_service, Group::real_server) == Presence::forbidden);
    CHECK(presence(CommandId::delete_server, Group::real_server) == Presence::required);
    CHECK(presence(CommandId::delete_server, Group::weight) == Presence::forbidden);
    CHECK(presence(CommandId::list, Group::service) == Presence::exclusive);
    CHECK(presence(CommandId::list, Group::timeout) == Presence::exclusive);
    CHECK(presence(CommandId::zero, Group::service) == Presence::allowed);
    for (std::size_t group = 0; group < group_count; group++) {
        const auto given = static_cast<Group>(group);
        for (const auto command :
             {CommandId::clear, CommandId::set_timeouts, CommandId::help, CommandId::metrics}) {
            CHECK(presence(command, given) == Presence::forbidden);
        }
        CHECK((presence(CommandId::version, given) == Presence::forbidden) ==
              (given != Group::json));
    }
    CHECK(presence(TunnelType::gue, Group::tun_port) == Presence::required);
    CHECK(presence(TunnelType::gre, Group::tun_remcsum) == Presence::forbidden);
    CHECK(presence(TunnelType::ipip, Group::tun_csum) == Presence::forbidden);
}
