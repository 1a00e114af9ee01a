// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse.hpp"

#include "number.hpp"
#include "rules.hpp"
#include "values.hpp"

#include <limits>

namespace ipvsctl::tool {

namespace {

constexpr std::int64_t max_timeout = std::int64_t{31} * 86400;
constexpr std::int64_t max_fwmark = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t max_int = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t max_scheduler_name = 15;
constexpr std::size_t max_persistence_engine_name = 16;
constexpr std::string_view default_scheduler = "wlc";

// The values of the options, as far as each can be understood by itself.
struct Draft {
    GroupSet given;
    std::optional<Protocol> protocol; // of -t, -u or --sctp-service, wherever they stand
    std::optional<Endpoint> virtual_server;
    std::uint32_t fwmark = 0;
    bool ipv6 = false;

    ServiceConfig service;
    std::optional<std::string> netmask;
    std::string sched_flags;

    std::optional<HostPort> real_server;
    DestinationConfig server;

    ListFormat format;

    bool has(Group group) const noexcept { return given.test(index(group)); }
};

std::optional<Protocol> protocol_of(OptionId id) noexcept
{
    switch (id) {
    case OptionId::tcp_service:
        return Protocol::tcp;
    case OptionId::udp_service:
        return Protocol::udp;
    case OptionId::sctp_service:
        return Protocol::sctp;
    case OptionId::fwmark_service:
        // Port names of its real servers are looked up as those of TCP.
        return Protocol::tcp;
    default:
        return std::nullopt;
    }
}

std::optional<Protocol> protocol_of(const std::vector<RawOption> &options) noexcept
{
    for (const RawOption &option : options) {
        if (const auto protocol = protocol_of(option.id)) {
            return protocol;
        }
    }
    return std::nullopt;
}

template <typename T>
Result<void> store_number(std::string_view text, std::int64_t min, std::int64_t max, T &target,
                          std::string_view problem)
{
    const auto number = parse_number(text, min, max);
    if (!number) {
        return usage_error(std::string(problem));
    }
    target = static_cast<T>(*number);
    return {};
}

Result<std::uint32_t> parse_timeout(std::string_view text, std::int64_t min)
{
    std::uint32_t seconds = 0;
    const auto stored = store_number(text, min, max_timeout, seconds,
                                     "invalid timeout value `" + std::string(text) + "' specified");
    if (!stored) {
        return stored.error();
    }
    return seconds;
}

Result<void> take_virtual_server(Draft &draft, OptionId id, const std::string &value, Names &names)
{
    const auto parsed = parse_host_port(value, protocol_of(id), names);
    if (!parsed) {
        return usage_error("illegal virtual server address[:port] specified");
    }
    draft.virtual_server = Endpoint{parsed->address, parsed->port.value_or(0)};
    return {};
}

Result<void> take_service_option(Draft &draft, OptionId id, const std::string &value,
                                 bool has_value, Names &names)
{
    switch (id) {
    case OptionId::fwmark_service:
        return store_number(value, 1, max_fwmark, draft.fwmark,
                            "invalid fwmark value `" + value + "' specified");
    case OptionId::ipv6:
        if (draft.fwmark == 0) {
            return usage_error("-6 used before -f\n");
        }
        draft.ipv6 = true;
        return {};
    case OptionId::scheduler:
        draft.service.scheduler = value.substr(0, max_scheduler_name);
        return {};
    case OptionId::persistent: {
        draft.service.flags |= service_flag::persistent;
        const auto seconds = has_value ? parse_timeout(value, 1)
                                       : Result<std::uint32_t>(default_persistence_timeout);
        if (!seconds) {
            return seconds.error();
        }
        draft.service.persistence_timeout = *seconds;
        return {};
    }
    case OptionId::netmask:
        draft.netmask = value;
        return {};
    case OptionId::persistence_engine:
        draft.service.persistence_engine = value.substr(0, max_persistence_engine_name);
        return {};
    case OptionId::sched_flags:
        draft.sched_flags = value;
        return {};
    case OptionId::ops:
        draft.service.flags |= service_flag::one_packet;
        return {};
    default:
        return take_virtual_server(draft, id, value, names);
    }
}

Result<void> take_tunnel_type(Draft &draft, const std::string &value)
{
    const auto type = parse_tunnel_type(value);
    if (!type) {
        return usage_error("illegal tunnel type specified");
    }
    draft.server.tunnel.type = *type;
    return {};
}

Result<void> take_real_server(Draft &draft, const std::string &value, Names &names)
{
    draft.real_server = parse_host_port(value, draft.protocol, names);
    if (!draft.real_server) {
        return usage_error("illegal real server address[:port] specified");
    }
    return {};
}

Result<void> take_server_option(Draft &draft, OptionId id, const std::string &value, Names &names)
{
    DestinationConfig &server = draft.server;
    switch (id) {
    case OptionId::real_server:
        return take_real_server(draft, value, names);
    case OptionId::gatewaying:
        server.method = ForwardingMethod::direct;
        return {};
    case OptionId::ipip:
        server.method = ForwardingMethod::tunnel;
        return {};
    case OptionId::masquerading:
        server.method = ForwardingMethod::masquerade;
        return {};
    case OptionId::tun_type:
        return take_tunnel_type(draft, value);
    case OptionId::tun_port:
        return store_number(value, 1, 65535, server.tunnel.port, "illegal tunnel port specified");
    case OptionId::tun_nocsum:
        server.tunnel.checksum = TunnelChecksum::none;
        return {};
    case OptionId::tun_csum:
        server.tunnel.checksum = TunnelChecksum::present;
        return {};
    case OptionId::tun_remcsum:
        server.tunnel.checksum = TunnelChecksum::remote_offload;
        return {};
    case OptionId::weight:
        return store_number(value, 0, max_int, server.weight, "illegal weight specified");
    case OptionId::upper_threshold:
        return store_number(value, 0, max_int, server.upper_threshold,
                            "illegal u_threshold specified");
    default:
        return store_number(value, 0, max_int, server.lower_threshold,
                            "illegal l_threshold specified");
    }
}

enum class Side : std::uint8_t { service, server, list };

constexpr Side side_of(OptionId id) noexcept
{
    if (id < OptionId::real_server) {
        return Side::service;
    }
    return id < OptionId::numeric ? Side::server : Side::list;
}

Result<void> take_option(Draft &draft, const RawOption &option, Names &names)
{
    const Group group = spec_of(option.id).group;
    if (group != Group::unchecked) {
        if (draft.has(group)) {
            return usage_error("multiple '" + std::string(group_names[index(group)]) +
                               "' options specified");
        }
        draft.given.set(index(group));
    }
    const std::string value = option.value.value_or("");
    switch (side_of(option.id)) {
    case Side::service:
        return take_service_option(draft, option.id, value, option.value.has_value(), names);
    case Side::server:
        return take_server_option(draft, option.id, value, names);
    case Side::list:
        break;
    }
    return {}; // what to list is in draft.given
}

Error error_of(const RawProblem &problem)
{
    if (problem.kind == RawProblem::Kind::another_command) {
        return usage_error("invalid option `" + problem.word + "'");
    }
    return parse_error(problem.word + ": " + problem.reason);
}

Result<Draft> make_draft(const RawOptions &raw, Names &names)
{
    Draft draft;
    draft.protocol = protocol_of(raw.options);
    for (const RawOption &option : raw.options) {
        if (const auto taken = take_option(draft, option, names); !taken) {
            return taken.error();
        }
    }
    if (raw.problem) {
        return error_of(*raw.problem);
    }
    return draft;
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
        const auto netmask = Netmask::parse(family, *draft.netmask);
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

Result<Command> list_command(const Draft &draft)
{
    const bool table_only = draft.has(Group::stats) || draft.has(Group::rate) ||
                            draft.has(Group::thresholds) || draft.has(Group::persistent_conn);
    if (draft.has(Group::timeout)) {
        if (table_only) {
            return usage_error("options conflicts in the list command");
        }
        return Command(ListTimeouts{});
    }
    return Command(ListTable{optional_key(draft), list_format(draft)});
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

Result<Command> build(const RawOptions &raw, const Draft &draft, const Timeouts &timeouts)
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
        return list_command(draft);
    case CommandId::add_server:
        return server_command<AddServer>(draft);
    case CommandId::edit_server:
        return server_command<EditServer>(draft);
    case CommandId::delete_server: {
        const ServiceKey key = key_of(draft);
        return Command(DeleteServer{key, server_endpoint(draft, key)});
    }
    case CommandId::set_timeouts:
        return Command(SetTimeouts{timeouts});
    case CommandId::zero:
        return Command(Zero{optional_key(draft)});
    case CommandId::help:
        return Command(ShowHelp{raw.program});
    case CommandId::version:
        return Command(ShowVersion{});
    case CommandId::counters:
        return Command(ListCounters{});
    }
    return usage_error("unknown command");
}

} // namespace

Result<Command> parse(const RawOptions &raw, Names &names)
{
    auto draft = make_draft(raw, names);
    if (!draft) {
        return std::move(draft).error();
    }
    Timeouts timeouts;
    std::size_t used_arguments = 0;
    if (raw.command == CommandId::set_timeouts) {
        const auto parsed = parse_timeouts(raw.arguments);
        if (!parsed) {
            return parsed.error();
        }
        timeouts = *parsed;
        used_arguments = 3;
    }
    if (raw.arguments.size() > used_arguments) {
        return usage_error("unexpected argument " + raw.arguments[used_arguments]);
    }
    const std::string_view scheduler =
        draft->service.scheduler.empty() ? default_scheduler : draft->service.scheduler;
    const auto flags = parse_sched_flags(draft->sched_flags, scheduler);
    if (!flags) {
        return flags.error();
    }
    draft->service.flags |= *flags;
    if (const auto legal = check_options(raw.command, draft->given); !legal) {
        return legal.error();
    }
    return build(raw, *draft, timeouts);
}

} // namespace ipvsctl::tool
