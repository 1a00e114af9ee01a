// SPDX-License-Identifier: GPL-2.0-or-later
#include "json.hpp"

#include "ipvsctl/version.hpp"
#include "json_table.hpp"
#include "json_words.hpp"
#include "limits.hpp"

namespace ipvsctl::tool {

namespace {

void write_end(JsonWriter &json, std::string_view name, const Endpoint &endpoint)
{
    json.key(name);
    json.begin_object();
    write_endpoint(json, endpoint);
    json.end_object();
}

void write_connection(JsonWriter &json, const Connection &connection)
{
    json.begin_object();
    json.member("protocol", json_protocol(connection.protocol));
    write_end(json, "client", connection.client);
    write_end(json, "virtual_server", connection.virtual_server);
    write_end(json, "real_server", connection.real_server);
    json.member("state", connection.state);
    json.member("expires", connection.expires);
    json.key("method");
    if (connection.method) {
        json.value(lower_case(to_string(*connection.method)));
    } else {
        json.value(nullptr);
    }
    json.member("fwmark", connection.fwmark);
    json.key("persistence");
    if (connection.persistence_engine.empty()) {
        json.value(nullptr);
    } else {
        json.begin_object();
        json.member("engine", connection.persistence_engine);
        json.member("data", connection.persistence_data);
        json.end_object();
    }
    json.end_object();
}

void render_timeouts(std::ostream &out, const Timeouts &timeouts)
{
    JsonWriter json(out, "timeouts");
    json.member("tcp", timeouts.tcp);
    json.member("tcp_fin", timeouts.tcp_fin);
    json.member("udp", timeouts.udp);
    json.end_document();
}

void render_counters(std::ostream &out, const CounterList &list)
{
    JsonWriter json(out, "counters");
    json.key("counters");
    json.begin_object();
    for (const Counter &counter : list.counters) {
        json.member(counter.name, counter.value);
    }
    json.end_object();
    if (!list.rates.empty()) {
        json.key("rates");
        json.begin_object();
        for (std::size_t i = 0; i < list.rates.size(); i++) {
            json.member(list.counters[i].name, list.rates[i]);
        }
        json.end_object();
    }
    json.end_document();
}

// What the kernel does not say is 0 there.
template <typename Number> std::optional<Number> said(Number number)
{
    return number != 0 ? std::optional(number) : std::nullopt;
}

void write_daemon(JsonWriter &json, const SyncDaemon &daemon)
{
    json.begin_object();
    json.member("role", to_string(daemon.role));
    json.member("interface", daemon.interface);
    json.member("sync_id", daemon.sync_id);
    json.member("max_length", said(daemon.max_length));
    json.key("group");
    if (daemon.group) {
        json.value(daemon.group->to_string());
    } else {
        json.value(nullptr);
    }
    json.member("port", said(daemon.port));
    json.member("ttl", said(daemon.ttl));
    json.end_object();
}

void render_daemons(std::ostream &out, const DaemonList &list)
{
    JsonWriter json(out, "daemons");
    json.key("daemons");
    json.begin_array();
    for (const SyncDaemon &daemon : list.daemons) {
        write_daemon(json, daemon);
    }
    json.end_array();
    json.end_document();
}

void render_json_version(std::ostream &out)
{
    JsonWriter json(out, "version");
    json.member("ipvsctl", version());
    json.end_document();
}

} // namespace

void render_json(std::ostream &out, const Report &report)
{
    const Overloaded visitor{
        [&](const Table &table) { render_json_table(out, table); },
        [&](const Timeouts &timeouts) { render_timeouts(out, timeouts); },
        [&](const CounterList &list) { render_counters(out, list); },
        [&](const DaemonList &list) { render_daemons(out, list); },
        [&](const Version &) { render_json_version(out); },
        [&](const Limits &limits) { render_json_limits(out, limits); },
        [](const auto &) {},
    };
    std::visit(visitor, report);
}

JsonConnections::JsonConnections(std::ostream &out) : json_(out, "connections")
{
    json_.key("connections");
    json_.begin_array();
}

void JsonConnections::add(const Connection &connection)
{
    write_connection(json_, connection);
}

void JsonConnections::end()
{
    json_.end_array();
    json_.end_document();
}

} // namespace ipvsctl::tool
