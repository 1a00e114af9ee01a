// SPDX-License-Identifier: GPL-2.0-or-later
#include "draft.hpp"

#include "number.hpp"
#include "option_table.hpp"

namespace ipvsctl::tool {

namespace {

constexpr std::int64_t max_fwmark = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t max_int = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t max_scheduler_name = 15;
constexpr std::size_t max_persistence_engine_name = 16;
constexpr std::size_t max_interface_name = 15;

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

Result<void> take_virtual_server(Draft &draft, OptionId id, const std::string &value, Names &names)
{
    const auto parsed = parse_host_port(value, protocol_of(id), names);
    if (!parsed) {
        return usage_error("illegal virtual server address[:port] specified");
    }
    draft.virtual_server = Endpoint{parsed->address, parsed->port.value_or(0)};
    return {};
}

Result<void> take_fwmark(Draft &draft, const std::string &value)
{
    const auto mark = parse_number(value, 1, max_fwmark);
    if (!mark) {
        return usage_error("invalid fwmark value `" + value + "' specified");
    }
    draft.fwmark = static_cast<std::uint32_t>(*mark);
    return {};
}

Result<void> take_removal(Draft &draft, const std::string &value)
{
    draft.service.on_removal = parse_removal(value);
    if (!draft.service.on_removal) {
        return usage_error("invalid on-removal policy `" + value + "' specified");
    }
    return {};
}

Result<void> take_fastpath(Draft &draft, const std::string &value)
{
    draft.service.fastpath = parse_fastpath(value);
    if (!draft.service.fastpath) {
        return usage_error("invalid fastpath setting `" + value + "' specified");
    }
    return {};
}

Result<void> take_service_option(Draft &draft, OptionId id, const std::string &value,
                                 bool has_value, Names &names)
{
    switch (id) {
    case OptionId::fwmark_service:
        return take_fwmark(draft, value);
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
    case OptionId::on_removal:
        return take_removal(draft, value);
    case OptionId::fastpath:
        return take_fastpath(draft, value);
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

Result<void> take_group(SyncDaemon &daemon, const std::string &value)
{
    const bool v6 = value.find(':') != std::string::npos;
    const auto group = Address::parse(value);
    if (!group || !group->is_multicast()) {
        return usage_error(std::string("invalid IPv") + (v6 ? "6" : "4") + " mcast-group `" +
                           value + "'");
    }
    daemon.group = *group;
    return {};
}

Result<void> take_daemon_option(Draft &draft, OptionId id, const std::string &value)
{
    constexpr std::int64_t max_message = 65535 - 20 - 8; // what an IP packet leaves
    SyncDaemon &daemon = draft.daemon;
    switch (id) {
    case OptionId::mcast_interface:
        daemon.interface = value.substr(0, max_interface_name);
        return {};
    case OptionId::sync_id:
        return store_number(value, 0, 255, daemon.sync_id, "illegal syncid specified");
    case OptionId::sync_maxlen:
        return store_number(value, 1, max_message, daemon.max_length,
                            "illegal sync-maxlen specified");
    case OptionId::mcast_group:
        return take_group(daemon, value);
    case OptionId::mcast_port:
        return store_number(value, 1, 65535, daemon.port, "illegal mcast-port specified");
    default:
        return store_number(value, 1, 255, daemon.ttl, "illegal mcast-ttl specified");
    }
}

Result<void> take_end(EndpointFilter &end, const std::string &value,
                      std::optional<Protocol> protocol, std::string_view what, Names &names)
{
    const auto filter = parse_endpoint_filter(value, protocol, names);
    if (!filter) {
        return usage_error("illegal " + std::string(what) + " address[/bits][:port] specified");
    }
    end = *filter;
    return {};
}

Result<void> take_protocol(ConnectionFilter &filter, Protocol protocol)
{
    const auto number = static_cast<std::uint16_t>(protocol);
    if (filter.protocol.value_or(number) != number) {
        return usage_error("the service has another protocol than the one specified");
    }
    filter.protocol = number;
    return {};
}

// Of the commands on connections: what they must be like.
Result<void> take_connection_option(Draft &draft, OptionId id, const std::string &value,
                                    Names &names)
{
    ConnectionFilter &filter = draft.connections;
    switch (id) {
    case OptionId::client:
        return take_end(filter.client, value, draft.protocol, "client", names);
    case OptionId::real_server:
        return take_end(filter.real_server, value, draft.protocol, "real server", names);
    case OptionId::state:
        filter.state = value;
        return {};
    case OptionId::protocol:
        if (const auto protocol = parse_protocol(value)) {
            return take_protocol(filter, *protocol);
        }
        return usage_error("illegal protocol `" + value + "' specified");
    case OptionId::fwmark_service:
        return usage_error("connections are not chosen by firewall mark");
    case OptionId::tcp_service:
    case OptionId::udp_service:
    case OptionId::sctp_service:
        return take_protocol(filter, *protocol_of(id)).and_then([&] {
            return take_end(filter.virtual_server, value, draft.protocol, "virtual server", names);
        });
    case OptionId::ipv6:
        return usage_error("connections are not chosen by firewall mark, which is what -6 is of");
    default:
        return {}; // the rules refuse it
    }
}

enum class Side : std::uint8_t { service, server, daemon, list, connection, watch };

constexpr Side side_of(OptionId id) noexcept
{
    if (id < OptionId::real_server || id == OptionId::on_removal || id == OptionId::fastpath) {
        return Side::service;
    }
    if (id < OptionId::mcast_interface) {
        return Side::server;
    }
    if (id < OptionId::numeric) {
        return Side::daemon;
    }
    if (id == OptionId::interval) {
        return Side::watch;
    }
    return id < first_own_option || id >= OptionId::json ? Side::list : Side::connection;
}

Result<void> take_interval(Draft &draft, const RawOption &option)
{
    constexpr std::int64_t day = 86400;
    const auto seconds = option.value ? parse_number(*option.value, 1, day) : 1;
    if (!seconds) {
        return usage_error("invalid interval `" + *option.value + "' specified");
    }
    draft.interval = std::chrono::seconds(*seconds);
    return {};
}

Result<void> take_option(Draft &draft, CommandId command, const RawOption &option, Names &names)
{
    const Group group = spec_of(option.id).group;
    if (group != Group::unchecked) {
        if (draft.has(group)) {
            return usage_error("multiple '" + std::string(group_names[index(group)]) +
                               "' options specified");
        }
        draft.given.set(index(group));
    }
    if (option.id == OptionId::watch) {
        return take_interval(draft, option);
    }
    static const std::string none;
    const std::string &value = option.value ? *option.value : none;
    if (command == CommandId::list_connections || command == CommandId::flush_connections) {
        return take_connection_option(draft, option.id, value, names);
    }
    switch (side_of(option.id)) {
    case Side::service:
        return take_service_option(draft, option.id, value, option.value.has_value(), names);
    case Side::server:
        return take_server_option(draft, option.id, value, names);
    case Side::daemon:
        return take_daemon_option(draft, option.id, value);
    case Side::watch:
        return store_number(value, 1, 3600, draft.top_interval, "illegal interval specified");
    case Side::list:
    case Side::connection:
        break;
    }
    return {}; // what to list is in draft.given
}

} // namespace

Result<std::uint32_t> parse_timeout(std::string_view text, std::int64_t min)
{
    const auto seconds = parse_number(text, min, max_timeout);
    if (!seconds) {
        return usage_error("invalid timeout value `" + std::string(text) + "' specified");
    }
    return static_cast<std::uint32_t>(*seconds);
}

Result<Draft> make_draft(const RawOptions &raw, Names &names)
{
    Draft draft;
    draft.protocol = protocol_of(raw.options);
    for (const RawOption &option : raw.options) {
        if (const auto taken = take_option(draft, raw.command, option, names); !taken) {
            return taken.error();
        }
    }
    return draft;
}

} // namespace ipvsctl::tool
