// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse.hpp"

#include "draft.hpp"
#include "ipvsctl/event.hpp"
#include "nearest.hpp"
#include "rules.hpp"

#include <algorithm>
#include <limits>

namespace ipvsctl::tool {

namespace {

constexpr const char *default_interface = "eth0";

Error error_of(const RawProblem &problem, Voice voice)
{
    if (problem.kind == RawProblem::Kind::another_command) {
        return usage_error("invalid option `" + problem.word + "'");
    }
    std::string text = problem.word + ": " + problem.reason;
    if (voice == Voice::ipvsctl && problem.unknown) {
        text += did_you_mean(nearest_option(problem.word));
    }
    return parse_error(std::move(text));
}

Result<Timeouts> parse_timeouts(const std::vector<std::string> &arguments)
{
    if (arguments.size() < 3) {
        return usage_error("--set option requires 3 timeout values");
    }
    std::array<std::uint32_t, 3> seconds{};
    for (std::size_t i = 0; i < seconds.size(); i++) {
        const auto parsed = parse_timeout(arguments[i], 0);
        if (!parsed) {
            return parsed.error();
        }
        seconds[i] = *parsed;
    }
    return Timeouts{seconds[0], seconds[1], seconds[2]};
}

ServiceKey key_of(const Draft &draft)
{
    if (!draft.virtual_server) {
        return FwmarkServiceKey{draft.fwmark, draft.ipv6 ? Family::inet6 : Family::inet};
    }
    return AddressServiceKey{*draft.protocol, *draft.virtual_server};
}

Result<ServiceConfig> service_config(const Draft &draft, const ServiceKey &key)
{
    ServiceConfig config = draft.service;
    const Family family = family_of(key);
    config.netmask = Netmask::host(family);
    if (draft.netmask) {
        const auto netmask = parse_netmask(family, *draft.netmask);
        if (!netmask) {
            return usage_error(family == Family::inet
                                   ? "illegal virtual server persistent mask specified"
                                   : "illegal ipv6 netmask specified");
        }
        config.netmask = *netmask;
    }
    if (const auto *by_address = std::get_if<AddressServiceKey>(&key)) {
        if (by_address->endpoint.port == 0 && !config.persistent()) {
            return usage_error("Zero port specified for non-persistent service");
        }
        if (config.one_packet() && by_address->protocol != Protocol::udp) {
            return usage_error("One-Packet Scheduling is only for UDP virtual services");
        }
    }
    if (config.scheduler.empty()) {
        config.scheduler = default_scheduler;
    }
    return config;
}

Endpoint server_endpoint(const Draft &draft, const ServiceKey &key)
{
    return {draft.real_server->address, draft.real_server->port.value_or(port_of(key))};
}

Result<DestinationConfig> server_config(const Draft &draft, const ServiceKey &key)
{
    DestinationConfig config = draft.server;
    config.endpoint = server_endpoint(draft, key);
    const bool tunnel = config.method == ForwardingMethod::tunnel;
    const bool keeps_port = tunnel || config.method == ForwardingMethod::direct;
    if (keeps_port && std::holds_alternative<AddressServiceKey>(key)) {
        config.endpoint.port = port_of(key);
    }
    if (config.endpoint.address.family() != family_of(key) && !tunnel) {
        return usage_error("Different address family is allowed only for tunneling servers");
    }
    for (const Group group : tunnel_groups) {
        if (draft.has(group) && !tunnel) {
            return usage_error("Tunnel options conflict with forward method");
        }
    }
    if (const auto legal = check_tunnel_options(config.tunnel.type, draft.given); !legal) {
        return legal.error();
    }
    return config;
}

// Of several views the first in the order of the enumeration wins.
ListFormat list_format(const Draft &draft)
{
    ListFormat format;
    format.numeric = draft.has(Group::numeric);
    format.exact = draft.has(Group::exact);
    format.sorted = !draft.has(Group::nosort);
    format.stats = draft.has(Group::stats);
    format.rate = draft.has(Group::rate);
    constexpr std::array views{
        std::pair{Group::stats, View::stats},
        std::pair{Group::rate, View::rate},
        std::pair{Group::thresholds, View::thresholds},
        std::pair{Group::persistent_conn, View::persistent_conn},
        std::pair{Group::tun_info, View::tunnels},
    };
    for (const auto &[group, view] : views) {
        if (draft.has(group)) {
            format.view = view;
            break;
        }
    }
    return format;
}

std::optional<ServiceKey> optional_key(const Draft &draft)
{
    return draft.has(Group::service) ? std::optional(key_of(draft)) : std::nullopt;
}

Output output_of(const Draft &draft)
{
    return draft.has(Group::json) ? Output::json : Output::text;
}

Command connections_command(const Draft &draft)
{
    return ListConnections{draft.connections, draft.has(Group::numeric),
                           draft.has(Group::persistent_conn), output_of(draft), draft.interval};
}

Result<Command> list_command(const Draft &draft, Voice voice)
{
    const bool lists_settings = draft.has(Group::timeout) || draft.has(Group::daemon);
    const bool of_table =
        draft.has(Group::stats) || draft.has(Group::rate) || draft.has(Group::thresholds);
    if (((lists_settings || draft.has(Group::connection)) && of_table) ||
        (lists_settings && (draft.has(Group::persistent_conn) || draft.has(Group::watch)))) {
        return usage_error("options conflicts in the list command");
    }
    if (draft.has(Group::connection)) {
        return connections_command(draft);
    }
    if (draft.has(Group::timeout)) {
        return Command(ListTimeouts{output_of(draft)});
    }
    if (draft.has(Group::daemon)) {
        return Command(ListDaemons{output_of(draft)});
    }
    ListFormat format = list_format(draft);
    format.own_words = voice == Voice::ipvsctl;
    return Command(ListTable{optional_key(draft), format, output_of(draft), draft.interval});
}

Result<DaemonRole> daemon_role(const RawOptions &raw)
{
    for (const auto role : {DaemonRole::master, DaemonRole::backup}) {
        if (raw.operand == to_string(role)) {
            return role;
        }
    }
    return usage_error(raw.command == CommandId::start_daemon
                           ? "illegal start-daemon parameter specified"
                           : "illegal start_daemon specified");
}

Command start_daemon(const Draft &draft, DaemonRole role)
{
    SyncDaemon daemon = draft.daemon;
    daemon.role = role;
    if (daemon.interface.empty()) {
        daemon.interface = default_interface;
    }
    return StartDaemon{std::move(daemon)};
}

// help COMMAND, which is named by a word, an option, or an option without its dashes.
Result<Command> help_command(const RawOptions &raw)
{
    ShowHelp help{raw.program, raw.voice, std::nullopt};
    if (!raw.operand.empty()) {
        help.topic = find_command(raw.operand);
        if (!help.topic) {
            return parse_error("no such command: " + raw.operand +
                               did_you_mean(nearest_command(raw.operand)));
        }
    }
    return Command(std::move(help));
}

template <typename T> Result<Command> service_command(const Draft &draft)
{
    const ServiceKey key = key_of(draft);
    return service_config(draft, key).transform([&](ServiceConfig config) {
        return Command(T{key, std::move(config)});
    });
}

template <typename T> Result<Command> server_command(const Draft &draft)
{
    const ServiceKey key = key_of(draft);
    return server_config(draft, key).transform([&](DestinationConfig config) {
        return Command(T{key, config});
    });
}

Command save_command(const Draft &draft, Voice voice)
{
    ListFormat format;
    format.numeric = draft.has(Group::numeric);
    return Save{format, voice == Voice::ipvsctl};
}

Command apply_command(const Draft &draft, const RawOptions &raw)
{
    return Apply{raw.arguments.front(), raw.command == CommandId::diff || draft.has(Group::dry_run),
                 draft.has(Group::quiet), draft.has(Group::verbose)};
}

// How many words may stand behind the options, and how many must.
struct ArgumentCount {
    std::size_t most = 0;
    std::size_t least = 0;
};

constexpr ArgumentCount argument_count(CommandId command) noexcept
{
    switch (command) {
    case CommandId::set_timeouts:
        return {3, 0};
    case CommandId::apply:
    case CommandId::diff:
        return {1, 1};
    case CommandId::save_config:
        return {1, 0};
    case CommandId::monitor: // which of the words is no group, it says itself
        return {std::numeric_limits<std::size_t>::max(), 0};
    default:
        return {};
    }
}

// What the words after the options hold.
struct Arguments {
    Timeouts timeouts;
    DaemonRole role = DaemonRole::master;
};

Result<Command> watch_command(const RawOptions &raw, const Draft &draft)
{
    Watch watch;
    watch.json = draft.has(Group::json);
    watch.timestamp = draft.has(Group::timestamp);
    const std::array groups{std::pair{EventGroup::config, &watch.config},
                            std::pair{EventGroup::overload, &watch.overload},
                            std::pair{EventGroup::connections, &watch.connections}};
    for (const auto &word : raw.arguments) {
        const auto *const group = std::ranges::find_if(
            groups, [&](const auto &known) { return to_string(known.first) == word; });
        if (group == groups.end()) {
            return usage_error("no such group of events: " + word);
        }
        *group->second = true;
    }
    if (raw.arguments.empty()) {
        watch.config = watch.overload = true;
    }
    return Command(watch);
}

Result<Command> build(const RawOptions &raw, const Draft &draft, const Arguments &arguments)
{
    switch (raw.command) {
    case CommandId::add_service:
        return service_command<AddService>(draft);
    case CommandId::edit_service:
        return service_command<EditService>(draft);
    case CommandId::delete_service:
        return Command(DeleteService{key_of(draft)});
    case CommandId::clear:
        return Command(Clear{});
    case CommandId::list:
        return list_command(draft, raw.voice);
    case CommandId::add_server:
        return server_command<AddServer>(draft);
    case CommandId::edit_server:
        return server_command<EditServer>(draft);
    case CommandId::delete_server: {
        const ServiceKey key = key_of(draft);
        return Command(DeleteServer{key, server_endpoint(draft, key)});
    }
    case CommandId::set_timeouts:
        return Command(SetTimeouts{arguments.timeouts});
    case CommandId::start_daemon:
        return start_daemon(draft, arguments.role);
    case CommandId::stop_daemon:
        return Command(StopDaemon{arguments.role});
    case CommandId::restore:
        return Command(Restore{raw.program});
    case CommandId::save:
        return save_command(draft, raw.voice);
    case CommandId::zero:
        return Command(Zero{optional_key(draft)});
    case CommandId::list_connections:
        return connections_command(draft);
    case CommandId::flush_connections:
        return Command(FlushConnections{draft.connections});
    case CommandId::completion:
        return Command(ShowCompletion{});
    case CommandId::apply:
    case CommandId::diff:
        return apply_command(draft, raw);
    case CommandId::save_config:
        return Command(SaveConfig{raw.arguments.empty() ? "" : raw.arguments.front()});
    case CommandId::monitor:
        return watch_command(raw, draft);
    case CommandId::help:
        return help_command(raw);
    case CommandId::version:
        return Command(ShowVersion{output_of(draft)});
    case CommandId::metrics:
        return Command(ListMetrics{});
    case CommandId::limits:
        return Command(ShowLimits{output_of(draft)});
    case CommandId::counters:
        return Command(ListCounters{output_of(draft), draft.interval});
    case CommandId::watch_table:
        return Command(WatchTable{optional_key(draft), draft.top_interval});
    }
    return usage_error("unknown command");
}

} // namespace

Result<Command> parse(const RawOptions &raw, Names &names)
{
    const bool of_daemon =
        raw.command == CommandId::start_daemon || raw.command == CommandId::stop_daemon;
    Arguments arguments;
    if (of_daemon) {
        const auto role = daemon_role(raw);
        if (!role) {
            return role.error();
        }
        arguments.role = *role;
    }
    auto draft = make_draft(raw, names);
    if (!draft) {
        return std::move(draft).error();
    }
    if (raw.problem) {
        return error_of(*raw.problem, raw.voice);
    }
    if (raw.command == CommandId::set_timeouts) {
        const auto parsed = parse_timeouts(raw.arguments);
        if (!parsed) {
            return parsed.error();
        }
        arguments.timeouts = *parsed;
    }
    const auto [most, least] = argument_count(raw.command);
    if (raw.arguments.size() > most) {
        return usage_error("unexpected argument " + raw.arguments[most]);
    }
    if (raw.arguments.size() < least) {
        return usage_error("the command needs a file, or - for standard input");
    }
    if (!draft->sched_flags.empty()) {
        const std::string_view scheduler =
            draft->service.scheduler.empty() ? default_scheduler : draft->service.scheduler;
        const auto flags = parse_sched_flags(draft->sched_flags, scheduler);
        if (!flags) {
            return flags.error();
        }
        draft->service.flags |= *flags;
    }
    if (const auto legal = check_options(raw.command, draft->given); !legal) {
        return legal.error();
    }
    return build(raw, *draft, arguments);
}

} // namespace ipvsctl::tool
