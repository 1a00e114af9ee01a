// SPDX-License-Identifier: LGPL-2.1-or-later
/** Listings by callbacks, for C. */
#include "convert.hpp"

using namespace ipvsctl;

namespace {

ipvsctl_stats stats_for_c(const Stats &from) noexcept
{
    return {.connections = from.connections,
            .incoming_packets = from.incoming_packets,
            .outgoing_packets = from.outgoing_packets,
            .incoming_bytes = from.incoming_bytes,
            .outgoing_bytes = from.outgoing_bytes,
            .connection_rate = from.connection_rate,
            .incoming_packet_rate = from.incoming_packet_rate,
            .outgoing_packet_rate = from.outgoing_packet_rate,
            .incoming_byte_rate = from.incoming_byte_rate,
            .outgoing_byte_rate = from.outgoing_byte_rate};
}

TableQuery query_of(const ipvsctl_query &from)
{
    TableQuery to;
    if (from.service)
        to.service = c::key_of(*from.service);
    if (from.server)
        to.server_address = c::endpoint_of(*from.server).address;
    if (from.server && from.server->port != 0)
        to.server_port = from.server->port;
    to.statistics = from.brief == 0;
    return to;
}

/** Whether to go on. */
bool visit_entry(const TableEntry &entry, ipvsctl_visit_row visit, void *context)
{
    const Service &service = entry.service;
    const ipvsctl_service shown = c::service_for_c(service.key, service.config);
    ipvsctl_row row{.service = &shown,
                    .server = nullptr,
                    .active_connections = 0,
                    .inactive_connections = 0,
                    .persistent_connections = 0,
                    .stats = stats_for_c(service.stats)};
    if (visit(&row, context) != 0)
        return false;
    for (const Destination &destination : entry.destinations) {
        const ipvsctl_server server = c::server_for_c(destination.config);
        row = {.service = &shown,
               .server = &server,
               .active_connections = destination.active_connections,
               .inactive_connections = destination.inactive_connections,
               .persistent_connections = destination.persistent_connections,
               .stats = stats_for_c(destination.stats)};
        if (visit(&row, context) != 0)
            return false;
    }
    return true;
}

EndpointFilter end_of(const ipvsctl_endpoint *from)
{
    EndpointFilter to;
    if (!from)
        return to;
    to.address = Prefix::host(c::endpoint_of(*from).address);
    if (from->port != 0)
        to.port = from->port;
    return to;
}

ConnectionFilter filter_of(const ipvsctl_connection_filter *from)
{
    ConnectionFilter to;
    if (!from)
        return to;
    to.client = end_of(from->client);
    to.virtual_server = end_of(from->virtual_server);
    to.real_server = end_of(from->real_server);
    if (from->state)
        to.state = from->state;
    if (from->protocol != 0)
        to.protocol = from->protocol;
    return to;
}

ipvsctl_daemon daemon_for_c(const SyncDaemon &from) noexcept
{
    ipvsctl_daemon to{};
    to.role = static_cast<ipvsctl_role>(from.role);
    c::copy(from.interface, to.interface);
    to.sync_id = from.sync_id;
    if (from.group)
        to.group = c::endpoint_for_c({.address = *from.group, .port = 0});
    to.group.port = from.port;
    to.max_length = from.max_length;
    to.ttl = from.ttl;
    return to;
}

SyncDaemon daemon_of(const ipvsctl_daemon &from)
{
    SyncDaemon to;
    to.role = static_cast<DaemonRole>(from.role);
    to.interface = from.interface;
    to.sync_id = from.sync_id;
    to.max_length = from.max_length;
    if (from.group.family != 0)
        to.group = c::endpoint_of(from.group).address;
    to.port = from.group.port;
    to.ttl = from.ttl;
    return to;
}

} // namespace

int ipvsctl_list(ipvsctl_client *client, const ipvsctl_query *query, ipvsctl_visit_row visit,
                 void *context, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto table = client->client.table(query ? query_of(*query) : TableQuery());
        if (!table)
            return c::fail(table.error(), error);
        for (const TableEntry &entry : *table)
            if (!visit_entry(entry, visit, context))
                break;
        return 0;
    });
}

int ipvsctl_list_connections(ipvsctl_client *client, const ipvsctl_connection_filter *filter,
                             ipvsctl_visit_connection visit, void *context, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        bool wanted = true;
        return c::status(client->client.connections(filter_of(filter),
                                                    [&](const Connection &connection) {
                                                        const auto one =
                                                            c::connection_for_c(connection);
                                                        wanted =
                                                            wanted && visit(&one, context) == 0;
                                                    }),
                         error);
    });
}

int ipvsctl_end_connections(ipvsctl_client *client, const ipvsctl_connection_filter *filter,
                            uint32_t *count, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto ended = client->client.end_connections(filter_of(filter));
        if (!ended)
            return c::fail(ended.error(), error);
        if (count)
            *count = *ended;
        return 0;
    });
}

int ipvsctl_list_counters(ipvsctl_client *client, ipvsctl_visit_counter visit, void *context,
                          ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto counters = client->client.counters();
        if (!counters)
            return c::fail(counters.error(), error);
        for (const Counter &counter : *counters)
            if (visit(counter.name.c_str(), counter.value, context) != 0)
                break;
        return 0;
    });
}

int ipvsctl_list_daemons(ipvsctl_client *client, ipvsctl_visit_daemon visit, void *context,
                         ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto daemons = client->client.daemons();
        if (!daemons)
            return c::fail(daemons.error(), error);
        for (const SyncDaemon &daemon : *daemons) {
            const ipvsctl_daemon one = daemon_for_c(daemon);
            if (visit(&one, context) != 0)
                break;
        }
        return 0;
    });
}

int ipvsctl_start_daemon(ipvsctl_client *client, const ipvsctl_daemon *daemon, ipvsctl_error *error)
{
    return c::guarded(
        error, [&] { return c::status(client->client.start_daemon(daemon_of(*daemon)), error); });
}

int ipvsctl_stop_daemon(ipvsctl_client *client, enum ipvsctl_role role, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(client->client.stop_daemon(static_cast<DaemonRole>(role)), error);
    });
}
