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

// Called as ipvsadm the program takes ipvsadm's words, speaks its sentences and nothing else.
// Called by its own name it has more words, guesses what an unknown one meant, and adds the
// kernel's own sentence and the attribute that was at fault, on the same line.
enum class Voice : std::uint8_t { ipvsctl, ipvsadm };

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
    start_daemon,
    stop_daemon,
    restore,
    save,
    zero,
    help,
    version,
    counters,
    list_connections,
    flush_connections,
    completion,
    metrics,
    limits,
    watch_table,
    apply,
    diff,
    save_config,
    monitor,
};
inline constexpr std::size_t command_count = 27;

// Options that exclude each other, or mean the same thing, share a group. The order is the one
// in which rules are checked, and so decides which of several mistakes is reported.
enum class Group : std::uint8_t {
    numeric,
    connection,
    service,
    scheduler,
    persistent,
    netmask,
    real_server,
    forwarding,
    weight,
    upper_threshold,
    lower_threshold,
    mcast_interface,
    timeout,
    daemon,
    stats,
    rate,
    thresholds,
    persistent_conn,
    nosort,
    sync_id,
    exact,
    ops,
    persistence_engine,
    sched_flags,
    mcast_group,
    mcast_port,
    mcast_ttl,
    sync_maxlen,
    tun_info,
    tun_type,
    tun_port,
    tun_nocsum,
    tun_csum,
    tun_remcsum,
    client,
    state,
    protocol,
    on_removal,
    fastpath,
    json,
    watch,
    interval,
    dry_run,
    quiet,
    verbose,
    timestamp,
    unchecked, // may come with anything, any number of times
};
inline constexpr std::size_t group_count = 46;
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
    "connection",
    "service-address",
    "scheduler",
    "persistent",
    "netmask",
    "real-server",
    "forwarding-method",
    "weight",
    "u-threshold",
    "l-threshold",
    "mcast-interface",
    "timeout",
    "daemon",
    "stats",
    "rate",
    "thresholds",
    "persistent-conn",
    "nosort",
    "syncid",
    "exact",
    "ops",
    "pe",
    "sched-flags",
    "mcast-group",
    "mcast-port",
    "mcast-ttl",
    "sync-maxlen",
    "tun-info",
    "tun-type",
    "tun-port",
    "tun-nocsum",
    "tun-csum",
    "tun-remcsum",
    "client",
    "state",
    "protocol",
    "on-removal",
    "fastpath",
    "json",
    "watch",
    "interval",
    "dry-run",
    "quiet",
    "verbose",
    "timestamp",
};

// The name of each command in messages.
inline constexpr std::array<std::string_view, command_count> command_names{
    "add-service",   "edit-service", "delete-service",
    "flush",         "list",         "add-server",
    "delete-server", "edit-server",  "set",
    "start-daemon",  "stop-daemon",  "restore",
    "save",          "zero",         "help",
    "version",       "stats",        "conn list",
    "conn flush",    "completion",   "prometheus",
    "limits",        "top",          "apply",
    "diff",          "save",         "monitor",
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
    mcast_interface,
    sync_id,
    sync_maxlen,
    mcast_group,
    mcast_port,
    mcast_ttl,
    numeric,
    connection,
    timeout,
    daemon,
    stats,
    rate,
    thresholds,
    persistent_conn,
    tun_info,
    exact,
    sort,
    nosort,
    on_removal, // from here on ipvsadm has none of them
    fastpath,
    client,
    state,
    protocol,
    json,
    watch,
    interval,
    dry_run,
    quiet,
    verbose,
    timestamp,
};
inline constexpr OptionId first_own_option = OptionId::on_removal;

enum class Argument : std::uint8_t { none, required, optional };

struct OptionSpec {
    OptionId id;
    const char *long_name;
    char short_name; // '\0' for none
    Argument argument;
    Group group;
    std::string_view value; // what the argument is called in help
    std::string_view help;
};

struct CommandSpec {
    CommandId id;
    const char *long_name;
    char short_name;
    Argument argument = Argument::none;
};

// A command that is made of words instead of an option.
struct VerbSpec {
    CommandId id;
    std::string_view word;
    std::string_view second = {}; // the word that must follow
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
    CommandSpec{CommandId::save, "save", 'S'},
    CommandSpec{CommandId::restore, "restore", 'R'},
    CommandSpec{CommandId::set_timeouts, "set", '\0'},
    CommandSpec{CommandId::start_daemon, "start-daemon", '\0', Argument::required},
    CommandSpec{CommandId::stop_daemon, "stop-daemon", '\0', Argument::required},
    CommandSpec{CommandId::help, "help", 'h'},
    CommandSpec{CommandId::version, "version", 'v'},
};

inline constexpr std::array verb_specs{
    VerbSpec{CommandId::counters, "stats"},
    VerbSpec{CommandId::list_connections, "conn", "list"},
    VerbSpec{CommandId::flush_connections, "conn", "flush"},
    VerbSpec{CommandId::watch_table, "top"},
    VerbSpec{CommandId::help, "help"},
    VerbSpec{CommandId::completion, "completion"},
    VerbSpec{CommandId::metrics, "prometheus"},
    VerbSpec{CommandId::limits, "limits"},
    VerbSpec{CommandId::apply, "apply"},
    VerbSpec{CommandId::diff, "diff"},
    VerbSpec{CommandId::save_config, "save"},
    VerbSpec{CommandId::monitor, "monitor"},
};

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
    std::string reason;   // for unreadable
    bool unknown = false; // and no option has that name
};

// A command line, taken apart but not understood.
struct RawOptions {
    std::string program;
    Voice voice = Voice::ipvsctl;
    CommandId command = CommandId::list;
    std::string operand; // of a command that takes one
    std::vector<RawOption> options;
    std::vector<std::string> arguments;
    std::optional<RawProblem> problem; // comes after all of the options
};

} // namespace ipvsctl::tool
