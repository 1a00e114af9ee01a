// SPDX-License-Identifier: GPL-2.0-or-later
#include "rules.hpp"

#include <initializer_list>
#include <span>

namespace ipvsctl::tool {

namespace {

using Row = std::array<Presence, group_count>;

constexpr Row row(std::initializer_list<Group> required, std::initializer_list<Group> allowed,
                  std::initializer_list<Group> exclusive = {})
{
    Row result{};
    for (const Group group : required) {
        result[index(group)] = Presence::required;
    }
    for (const Group group : allowed) {
        result[index(group)] = Presence::allowed;
    }
    for (const Group group : exclusive) {
        result[index(group)] = Presence::exclusive;
    }
    return result;
}

constexpr Row service_row =
    row({Group::service},
        {Group::scheduler, Group::persistent, Group::netmask, Group::ops, Group::persistence_engine,
         Group::sched_flags, Group::on_removal, Group::fastpath});

constexpr Row server_row =
    row({Group::service, Group::real_server},
        {Group::forwarding, Group::weight, Group::upper_threshold, Group::lower_threshold,
         Group::tun_type, Group::tun_port, Group::tun_nocsum, Group::tun_csum, Group::tun_remcsum});

constexpr auto command_rules = [] {
    std::array<Row, command_count> table{};
    table[index(CommandId::add_service)] = service_row;
    table[index(CommandId::edit_service)] = service_row;
    table[index(CommandId::delete_service)] = row({Group::service}, {});
    table[index(CommandId::add_server)] = server_row;
    table[index(CommandId::edit_server)] = server_row;
    table[index(CommandId::delete_server)] = row({Group::service, Group::real_server}, {});
    table[index(CommandId::list)] = row(
        {},
        {Group::numeric, Group::stats, Group::rate, Group::thresholds, Group::persistent_conn,
         Group::nosort, Group::sync_id, Group::exact, Group::tun_info, Group::json, Group::watch},
        {Group::connection, Group::service, Group::timeout, Group::daemon});
    table[index(CommandId::start_daemon)] =
        row({}, {Group::mcast_interface, Group::sync_id, Group::mcast_group, Group::mcast_port,
                 Group::mcast_ttl, Group::sync_maxlen});
    table[index(CommandId::stop_daemon)] = row({}, {Group::sync_id});
    table[index(CommandId::save)] = row({}, {Group::numeric});
    table[index(CommandId::zero)] = row({}, {Group::service});
    table[index(CommandId::flush_connections)] =
        row({}, {Group::service, Group::real_server, Group::client, Group::state, Group::protocol});
    table[index(CommandId::list_connections)] =
        row({}, {Group::numeric, Group::persistent_conn, Group::service, Group::real_server,
                 Group::client, Group::state, Group::protocol, Group::json, Group::watch});
    table[index(CommandId::counters)] = row({}, {Group::json, Group::watch});
    table[index(CommandId::version)] = row({}, {Group::json});
    table[index(CommandId::limits)] = row({}, {Group::json});
    table[index(CommandId::watch_table)] = row({}, {Group::service, Group::interval});
    table[index(CommandId::apply)] = row({}, {Group::dry_run, Group::quiet, Group::verbose});
    table[index(CommandId::diff)] = row({}, {Group::quiet, Group::verbose});
    table[index(CommandId::monitor)] = row({}, {Group::json, Group::timestamp});
    return table;
}();

constexpr auto tunnel_rules = [] {
    std::array<Row, 3> table{};
    table[static_cast<std::size_t>(TunnelType::ipip)] = row({}, {Group::tun_type});
    table[static_cast<std::size_t>(TunnelType::gue)] =
        row({Group::tun_port}, {Group::tun_type},
            {Group::tun_nocsum, Group::tun_csum, Group::tun_remcsum});
    table[static_cast<std::size_t>(TunnelType::gre)] =
        row({}, {Group::tun_type}, {Group::tun_nocsum, Group::tun_csum});
    return table;
}();

std::string quoted(Group group)
{
    return "'" + std::string(group_names[index(group)]) + "'";
}

// Reports the first breach in the order of the groups. where is such as "'list' command".
Result<void> check(const Row &rules, const GroupSet &given, const std::string &where)
{
    std::optional<Group> taken;
    for (std::size_t i = 0; i < group_count; i++) {
        const auto group = static_cast<Group>(i);
        if (!given.test(i)) {
            if (rules[i] == Presence::required) {
                return usage_error("You need to supply the " + quoted(group) + " option for the " +
                                   where);
            }
            continue;
        }
        if (rules[i] == Presence::forbidden) {
            return usage_error("Illegal " + quoted(group) + " option with the " + where);
        }
        if (rules[i] != Presence::exclusive) {
            continue;
        }
        if (taken) {
            return usage_error("The option " + quoted(group) + " conflicts with the " +
                               quoted(*taken) + " option in the " + where);
        }
        taken = group;
    }
    return {};
}

} // namespace

Presence presence(CommandId command, Group group) noexcept
{
    return command_rules[index(command)][index(group)];
}

Presence presence(TunnelType type, Group group) noexcept
{
    return tunnel_rules[static_cast<std::size_t>(type)][index(group)];
}

Result<void> check_options(CommandId command, const GroupSet &given)
{
    return check(command_rules[index(command)], given,
                 "'" + std::string(command_names[index(command)]) + "' command");
}

Result<void> check_tunnel_options(TunnelType type, const GroupSet &given)
{
    GroupSet of_tunnels;
    for (const Group group : tunnel_groups) {
        of_tunnels.set(index(group), given.test(index(group)));
    }
    return check(tunnel_rules[static_cast<std::size_t>(type)], of_tunnels,
                 "'" + std::string(to_string(type)) + "' tunnel type");
}

} // namespace ipvsctl::tool
