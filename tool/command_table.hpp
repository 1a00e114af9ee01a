// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What each command does, for help and completion; which options it takes is in rules.hpp.
 */
#pragma once

#include "grammar.hpp"

namespace ipvsctl::tool {

struct CommandHelp {
    CommandId id;
    std::string_view operand; // what stands behind the command's name
    std::string_view help;
    std::string_view example; // behind the program's name
};

// clang-format off
inline constexpr std::array command_help{
    CommandHelp{CommandId::add_service, "", "add a virtual service",
                "-A -t 192.0.2.1:80 -s wlc -p 600"},
    CommandHelp{CommandId::edit_service, "", "replace the settings of a virtual service",
                "-E -t 192.0.2.1:80 -s wrr"},
    CommandHelp{CommandId::delete_service, "", "delete a virtual service and its real servers",
                "-D -t 192.0.2.1:80"},
    CommandHelp{CommandId::clear, "", "delete all virtual services", "-C"},
    CommandHelp{CommandId::list, "", "list the table, connections, timeouts or sync daemons",
                "-L -n --stats"},
    CommandHelp{CommandId::add_server, "", "add a real server to a virtual service",
                "-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 2"},
    CommandHelp{CommandId::delete_server, "", "delete a real server",
                "-d -t 192.0.2.1:80 -r 10.0.0.1:8080"},
    CommandHelp{CommandId::edit_server, "", "replace the settings of a real server",
                "-e -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 0"},
    CommandHelp{CommandId::set_timeouts, "TCP TCPFIN UDP", "set timeouts in seconds; 0 keeps one",
                "--set 900 120 300"},
    CommandHelp{CommandId::start_daemon, "master|backup", "start a sync daemon",
                "--start-daemon master --mcast-interface eth1 --syncid 7"},
    CommandHelp{CommandId::stop_daemon, "master|backup", "stop a sync daemon",
                "--stop-daemon master"},
    CommandHelp{CommandId::restore, "", "carry out commands from standard input, a line each",
                "-R </etc/ipvsadm.rules"},
    CommandHelp{CommandId::save, "", "write the table as commands that make it again",
                "-S -n >/etc/ipvsadm.rules"},
    CommandHelp{CommandId::zero, "", "zero the counters of one service or of everything",
                "-Z -t 192.0.2.1:80"},
    CommandHelp{CommandId::help, "[COMMAND]", "show all commands, or one with its options",
                "help add-server"},
    CommandHelp{CommandId::version, "", "show the version", "-v"},
    CommandHelp{CommandId::counters, "", "list the event and drop counters of nfvs", "stats"},
    CommandHelp{CommandId::list_connections, "", "list connections, all or those that match",
                "conn list -n -t 192.0.2.1:80 --client 198.51.100.0/24"},
    CommandHelp{CommandId::flush_connections, "", "end connections, all or those that match",
                "conn flush -r 10.0.0.1:8080"},
    CommandHelp{CommandId::completion, "", "write the completion script for bash", "completion"},
    CommandHelp{CommandId::metrics, "", "write everything that is counted, for Prometheus",
                "prometheus"},
    CommandHelp{CommandId::limits, "", "show what the balancer can do, and how much of it",
                "limits"},
    CommandHelp{CommandId::watch_table, "", "watch rates of services, real servers, connections",
                "top --interval 5"},
    CommandHelp{CommandId::apply, "FILE|-", "make the table what a file says, at once",
                "apply - </etc/ipvsctl/rules"},
    CommandHelp{CommandId::diff, "FILE|-", "show what apply would change",
                "diff - </etc/ipvsctl/rules"},
    CommandHelp{CommandId::save_config, "[FILE]", "write the table as a file for apply",
                "save >/etc/ipvsctl/rules"},
    CommandHelp{CommandId::monitor, "[config|overload|conn]...",
                "show events as they happen; all but connections unless told",
                "monitor config --timestamp"},
};
// clang-format on

constexpr const CommandHelp &help_of(CommandId id) noexcept
{
    return command_help[index(id)];
}
static_assert([] {
    for (std::size_t i = 0; i < command_help.size(); i++) {
        if (index(command_help[i].id) != i) {
            return false;
        }
    }
    return command_help.size() == command_count;
}());

} // namespace ipvsctl::tool
