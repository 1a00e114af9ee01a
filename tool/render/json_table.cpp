// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_table.hpp"

#include "json_config.hpp"
#include "json_words.hpp"
#include "json_writer.hpp"

#include <array>

namespace ipvsctl::tool {

namespace {

class TableDocument {
public:
    TableDocument(std::ostream &out, const ListFormat &format)
        : json_(out, "table"), format_(format)
    {}

    void table(const Table &table);

private:
    void service(const TableEntry &entry);
    void server(const Destination &server);
    void statistics(const Stats &stats);
    void numbers(std::string_view name, const std::array<std::uint64_t, 5> &values);

    JsonWriter json_;
    const ListFormat &format_;
};

void TableDocument::numbers(std::string_view name, const std::array<std::uint64_t, 5> &values)
{
    constexpr std::array<std::string_view, 5> names{
        "connections", "incoming_packets", "outgoing_packets", "incoming_bytes", "outgoing_bytes"};
    json_.key(name);
    json_.begin_object();
    for (std::size_t i = 0; i < names.size(); i++) {
        json_.member(names[i], values[i]);
    }
    json_.end_object();
}

void TableDocument::statistics(const Stats &stats)
{
    if (format_.stats) {
        numbers("stats", {stats.connections, stats.incoming_packets, stats.outgoing_packets,
                          stats.incoming_bytes, stats.outgoing_bytes});
    }
    if (format_.rate) {
        numbers("rates",
                {stats.connection_rate, stats.incoming_packet_rate, stats.outgoing_packet_rate,
                 stats.incoming_byte_rate, stats.outgoing_byte_rate});
    }
}

void TableDocument::server(const Destination &server)
{
    const DestinationConfig &config = server.config;
    json_.begin_object();
    write_server_name(json_, config.endpoint);
    write_server_config(json_, config);
    json_.member("active_connections", server.active_connections);
    json_.member("inactive_connections", server.inactive_connections);
    json_.member("persistent_connections", server.persistent_connections);
    statistics(server.stats);
    json_.end_object();
}

void TableDocument::service(const TableEntry &entry)
{
    json_.begin_object();
    write_service_key(json_, entry.service.key);
    write_service_config(json_, entry.service.config);
    statistics(entry.service.stats);
    json_.key("real_servers");
    json_.begin_array();
    for (const Destination &one : entry.destinations) {
        server(one);
    }
    json_.end_array();
    json_.end_object();
}

void TableDocument::table(const Table &table)
{
    if (table.info) {
        write_balancer(json_, *table.info);
    }
    json_.key("services");
    json_.begin_array();
    for (const TableEntry &entry : table.services) {
        service(entry);
    }
    json_.end_array();
    json_.end_document();
}

} // namespace

void render_json_table(std::ostream &out, const Table &table)
{
    TableDocument(out, table.format).table(table);
}

} // namespace ipvsctl::tool
