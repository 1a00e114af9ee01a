// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The words of the command line: every command and option with its names. What may go with what
 * is in rules.hpp, what a value means in parse.hpp.
 */
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ipvsctl::tool {

enum class CommandId : std::uint8_t {
    add_service,
    edit_service,
    delete_service,
    clear,
    list,
    add_server,
    delete_server,
    edit_server,
    set_timeouts,
    zero,
    help,
    version,
    counters,
};
inline constexpr std::size_t command_count = 13;

// Options that exclude each other, or mean the same thing, share a group. The order is the one
// in which rules are checked, and so decides which of several mistakes is reported.
enum class Group : std::uint8_t {
    numeric,
    service,
    scheduler,
    persistent,
    netmask,
    real_server,
    forwarding,
    weight,
    upper_threshold,
    lower_threshold,
    timeout,
    stats,
    rate,
    thresholds,
    persistent_conn,
    nosort,
    exact,
    ops,
    persistence_engine,
    sched_flags,
    tun_info,
    tun_type,
    tun_port,
    tun_nocsum,
    tun_csum,
    tun_remcsum,
    unchecked, // may come with anything, any number of times
};
inline constexpr std::size_t group_count = 26;
using GroupSet = std::bitset<group_count>;

constexpr std::size_t index(CommandId command) noexcept
{
    return static_cast<std::size_t>(command);
}
constexpr std::size_t index(Group group) noexcept
{
    return static_cast<std::size_t>(group);
}

// The name of each group in messages.
inline constexpr std::array<std::string_view, group_count> group_names{
    "numeric",
    "service-address",
    "scheduler",
    "persistent",
    "netmask",
    "real-server",
    "forwarding-method",
    "weight",
    "u-threshold",
    "l-threshold",
    "timeout",
    "stats",
    "rate",
    "thresholds",
    "persistent-conn",
    "nosort",
    "exact",
    "ops",
    "pe",
    "sched-flags",
    "tun-info",
    "tun-type",
    "tun-port",
    "tun-nocsum",
    "tun-csum",
    "tun-remcsum",
};

// The name of each command in messages.
inline constexpr std::array<std::string_view, command_count> command_names{
    "add-service", "edit-service",  "delete-service", "flush", "list",
    "add-server",  "delete-server", "edit-server",    "set",   "zero",
    "help",        "version",       "stats",
};

enum class OptionId : std::uint8_t {
    tcp_service,
    udp_service,
    sctp_service,
    fwmark_service,
    ipv6,
    scheduler,
    persistent,
    netmask,
    persistence_engine,
    sched_flags,
    ops,
    real_server,
    gatewaying,
    ipip,
    masquerading,
    tun_type,
    tun_port,
    tun_nocsum,
    tun_csum,
    tun_remcsum,
    weight,
    upper_threshold,
    lower_threshold,
    numeric,
    timeout,
    stats,
    rate,
    thresholds,
    persistent_conn,
    tun_info,
    exact,
    sort,
    nosort,
};

enum class Argument : std::uint8_t { none, required, optional };

struct OptionSpec {
    OptionId id;
    const char *long_name;
    char short_name; // '\0' for none
    Argument argument;
    Group group;
};

struct CommandSpec {
    CommandId id;
    const char *long_name;
    char short_name;
};

// A command that is a word of its own instead of an option.
struct VerbSpec {
    CommandId id;
    std::string_view word;
};

inline constexpr std::array command_specs{
    CommandSpec{CommandId::add_service, "add-service", 'A'},
    CommandSpec{CommandId::edit_service, "edit-service", 'E'},
    CommandSpec{CommandId::delete_service, "delete-service", 'D'},
    CommandSpec{CommandId::clear, "clear", 'C'},
    CommandSpec{CommandId::list, "list", 'L'},
    CommandSpec{CommandId::list, "list", 'l'},
    CommandSpec{CommandId::zero, "zero", 'Z'},
    CommandSpec{CommandId::add_server, "add-server", 'a'},
    CommandSpec{CommandId::edit_server, "edit-server", 'e'},
    CommandSpec{CommandId::delete_server, "delete-server", 'd'},
    CommandSpec{CommandId::set_timeouts, "set", '\0'},
    CommandSpec{CommandId::help, "help", 'h'},
    CommandSpec{CommandId::version, "version", 'v'},
};

inline constexpr std::array verb_specs{
    VerbSpec{CommandId::counters, "stats"},
};

inline constexpr std::array option_specs{
    OptionSpec{OptionId::tcp_service, "tcp-service", 't', Argument::required, Group::service},
    OptionSpec{OptionId::udp_service, "udp-service", 'u', Argument::required, Group::service},
    OptionSpec{OptionId::sctp_service, "sctp-service", '\0', Argument::required, Group::service},
    OptionSpec{OptionId::fwmark_service, "fwmark-service", 'f', Argument::required, Group::service},
    OptionSpec{OptionId::ipv6, "ipv6", '6', Argument::none, Group::unchecked},
    OptionSpec{OptionId::scheduler, "scheduler", 's', Argument::required, Group::scheduler},
    OptionSpec{OptionId::persistent, "persistent", 'p', Argument::optional, Group::persistent},
    OptionSpec{OptionId::netmask, "netmask", 'M', Argument::required, Group::netmask},
    OptionSpec{OptionId::persistence_engine, "pe", '\0', Argument::required,
               Group::persistence_engine},
    OptionSpec{OptionId::sched_flags, "sched-flags", 'b', Argument::required, Group::sched_flags},
    OptionSpec{OptionId::ops, "ops", 'o', Argument::none, Group::ops},
    OptionSpec{OptionId::real_server, "real-server", 'r', Argument::required, Group::real_server},
    OptionSpec{OptionId::gatewaying, "gatewaying", 'g', Argument::none, Group::forwarding},
    OptionSpec{OptionId::ipip, "ipip", 'i', Argument::none, Group::forwarding},
    OptionSpec{OptionId::masquerading, "masquerading", 'm', Argument::none, Group::forwarding},
    OptionSpec{OptionId::tun_type, "tun-type", '\0', Argument::required, Group::tun_type},
    OptionSpec{OptionId::tun_port, "tun-port", '\0', Argument::required, Group::tun_port},
    OptionSpec{OptionId::tun_nocsum, "tun-nocsum", '\0', Argument::none, Group::tun_nocsum},
    OptionSpec{OptionId::tun_csum, "tun-csum", '\0', Argument::none, Group::tun_csum},
    OptionSpec{OptionId::tun_remcsum, "tun-remcsum", '\0', Argument::none, Group::tun_remcsum},
    OptionSpec{OptionId::weight, "weight", 'w', Argument::required, Group::weight},
    OptionSpec{OptionId::upper_threshold, "u-threshold", 'x', Argument::required,
               Group::upper_threshold},
    OptionSpec{OptionId::lower_threshold, "l-threshold", 'y', Argument::required,
               Group::lower_threshold},
    OptionSpec{OptionId::numeric, "numeric", 'n', Argument::none, Group::numeric},
    OptionSpec{OptionId::timeout, "timeout", '\0', Argument::none, Group::timeout},
    OptionSpec{OptionId::stats, "stats", '\0', Argument::none, Group::stats},
    OptionSpec{OptionId::rate, "rate", '\0', Argument::none, Group::rate},
    OptionSpec{OptionId::thresholds, "thresholds", '\0', Argument::none, Group::thresholds},
    OptionSpec{OptionId::persistent_conn, "persistent-conn", '\0', Argument::none,
               Group::persistent_conn},
    OptionSpec{OptionId::tun_info, "tun-info", '\0', Argument::none, Group::tun_info},
    OptionSpec{OptionId::exact, "exact", 'X', Argument::none, Group::exact},
    OptionSpec{OptionId::sort, "sort", '\0', Argument::none, Group::unchecked},
    OptionSpec{OptionId::nosort, "nosort", '\0', Argument::none, Group::nosort},
};

// The table is in the order of the enumeration, so that an id finds its row.
constexpr const OptionSpec &spec_of(OptionId id) noexcept
{
    return option_specs[static_cast<std::size_t>(id)];
}
static_assert([] {
    for (std::size_t i = 0; i < option_specs.size(); i++) {
        if (static_cast<std::size_t>(option_specs[i].id) != i) {
            return false;
        }
    }
    return true;
}());

// An option as it was typed, in its place.
struct RawOption {
    OptionId id{};
    std::optional<std::string> value;
};

// Where reading the words ended before their end.
struct RawProblem {
    enum class Kind : std::uint8_t {
        unreadable,      // not an option, or its value is missing
        another_command, // a second command
    };
    Kind kind = Kind::unreadable;
    std::string word;
    std::string reason; // for unreadable
};

// A command line, taken apart but not understood.
struct RawOptions {
    std::string program;
    CommandId command = CommandId::list;
    std::vector<RawOption> options;
    std::vector<std::string> arguments;
    std::optional<RawProblem> problem; // comes after all of the options
};

} // namespace ipvsctl::tool
