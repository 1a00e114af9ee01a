// SPDX-License-Identifier: LGPL-2.1-or-later
/** Events, for C. */
#include "convert.hpp"

using namespace ipvsctl;

struct ipvsctl_monitor {
    Monitor monitor;
};

namespace {

MonitorOptions monitor_options_of(const ipvsctl_monitor_options &from)
{
    const ClientOptions where = c::options_of(from.where);
    MonitorOptions to;
    to.config = (from.groups & IPVSCTL_CONFIG) != 0;
    to.overload = (from.groups & IPVSCTL_OVERLOAD) != 0;
    to.connections = (from.groups & IPVSCTL_CONNECTIONS) != 0;
    if (from.receive_buffer != 0)
        to.receive_buffer = from.receive_buffer;
    to.load_module = where.load_module;
    to.network_namespace = where.network_namespace;
    return to;
}

void fill(ipvsctl_event &to, const ServiceEvent &from)
{
    to.kind = IPVSCTL_SERVICE_EVENT;
    to.group = IPVSCTL_CONFIG;
    to.change = static_cast<ipvsctl_change>(from.change);
    to.service = c::service_for_c(from.key, from.config.value_or(ServiceConfig()));
}

void fill(ipvsctl_event &to, const DestinationEvent &from)
{
    to.kind = IPVSCTL_SERVER_EVENT;
    to.group = IPVSCTL_CONFIG;
    to.change = static_cast<ipvsctl_change>(from.change);
    to.service.key = c::key_for_c(from.service);
    to.server = c::server_for_c(from.config.value_or(DestinationConfig()));
    to.server.endpoint = c::endpoint_for_c(from.endpoint);
}

void fill(ipvsctl_event &to, const OverloadEvent &from)
{
    to.kind = IPVSCTL_OVERLOAD_EVENT;
    to.group = IPVSCTL_OVERLOAD;
    to.begins = from.overloaded ? 1 : 0;
    to.service.key = c::key_for_c(from.service);
    to.server.endpoint = c::endpoint_for_c(from.endpoint);
}

void fill(ipvsctl_event &to, const ConnectionEvent &from)
{
    to.kind = IPVSCTL_CONNECTION_EVENT;
    to.group = IPVSCTL_CONNECTIONS;
    to.begins = from.ended ? 0 : 1;
    to.connection = c::connection_for_c(from.connection);
}

void fill(ipvsctl_event &to, const MissedEvents &from)
{
    to.kind = IPVSCTL_MISSED_EVENTS;
    to.group = from.group ? 1U << static_cast<unsigned>(*from.group) : 0;
    to.missed = from.count.value_or(0);
}

ipvsctl_event event_for_c(const Event &from)
{
    ipvsctl_event to{};
    to.number = from.number;
    to.generation = from.generation;
    to.port_id = from.port_id;
    std::visit([&](const auto &what) { fill(to, what); }, from.what);
    return to;
}

} // namespace

int ipvsctl_open_monitor(const ipvsctl_monitor_options *options, ipvsctl_monitor **monitor,
                         ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        auto opened = Monitor::open(monitor_options_of(*options));
        if (!opened)
            return c::fail(opened.error(), error);
        *monitor = new ipvsctl_monitor{std::move(*opened)};
        return 0;
    });
}

void ipvsctl_close_monitor(ipvsctl_monitor *monitor)
{
    delete monitor;
}

int ipvsctl_monitor_descriptor(const ipvsctl_monitor *monitor)
{
    return monitor->monitor.descriptor();
}

int ipvsctl_next_event(ipvsctl_monitor *monitor, ipvsctl_event *event, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto next = monitor->monitor.next();
        if (!next)
            return c::fail(next.error(), error);
        if (!*next)
            return 0;
        *event = event_for_c(**next);
        return 1;
    });
}
