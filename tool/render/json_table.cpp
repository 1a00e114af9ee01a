// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_table.hpp"

#include "json_words.hpp"
#include "json_writer.hpp"
#include "words.hpp"

#include <algorithm>
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
    void key(const ServiceKey &key);
    void sched_flags(const ServiceConfig &config);
    void persistence(const ServiceConfig &config);
    void server(const Destination &server);
    void tunnel(const DestinationConfig &config);
    void statistics(const Stats &stats);
    void numbers(std::string_view name, const std::array<std::uint64_t, 5> &values);

    JsonWriter json_;
    const ListFormat &format_;
};

// All members are there for both kinds of services, null where one has no such thing.
void TableDocument::key(const ServiceKey &key)
{
    json_.member("family", json_family(family_of(key)));
    if (const auto *by_mark = std::get_if<FwmarkServiceKey>(&key)) {
        json_.member("fwmark", by_mark->fwmark);
        for (const std::string_view name : {"protocol", "address", "port"}) {
            json_.member(name, nullptr);
        }
        return;
    }
    const auto &by_address = *std::get_if<AddressServiceKey>(&key);
    json_.member("fwmark", nullptr);
    json_.member("protocol", json_protocol(static_cast<std::uint16_t>(by_address.protocol)));
    write_endpoint(json_, by_address.endpoint);
}

void TableDocument::sched_flags(const ServiceConfig &config)
{
    std::string names;
    append_sched_flags(names, config, FlagNames::saved);
    json_.key("scheduler_flags");
    json_.begin_array();
    for (std::string_view rest = names; !rest.empty();) {
        const auto name = rest.substr(0, rest.find(','));
        json_.value(name);
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    }
    json_.end_array();
}

// A mask in the form of an address, for both families.
std::string mask_of(const Netmask &netmask, Family family)
{
    if (family == Family::inet) {
        return Address::v4(netmask.value()).to_string();
    }
    std::array<std::uint8_t, Address::max_size> bytes{};
    for (std::uint32_t bit = 0; bit < std::min(netmask.value(), std::uint32_t{128}); bit++) {
        bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | 0x80U >> bit % 8);
    }
    return Address::v6(bytes).to_string();
}

void TableDocument::persistence(const ServiceConfig &config)
{
    json_.key("persistence");
    if (!config.persistent()) {
        json_.value(nullptr);
        return;
    }
    json_.begin_object();
    json_.member("timeout", config.persistence_timeout);
    json_.member("netmask", mask_of(config.netmask, config.netmask.family()));
    json_.key("engine");
    if (config.persistence_engine.empty()) {
        json_.value(nullptr);
    } else {
        json_.value(config.persistence_engine);
    }
    json_.end_object();
}

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

void TableDocument::tunnel(const DestinationConfig &config)
{
    constexpr std::array<std::string_view, 3> checksums{"none", "present", "remote-offload"};
    json_.key("tunnel");
    if (config.method != ForwardingMethod::tunnel) {
        json_.value(nullptr);
        return;
    }
    const auto checksum = static_cast<std::size_t>(config.tunnel.checksum);
    json_.begin_object();
    json_.member("type", to_string(config.tunnel.type));
    json_.member("port", config.tunnel.port);
    json_.member("checksum", checksum < checksums.size() ? checksums[checksum] : "unknown");
    json_.end_object();
}

void TableDocument::server(const Destination &server)
{
    const DestinationConfig &config = server.config;
    json_.begin_object();
    json_.member("family", json_family(config.endpoint.address.family()));
    write_endpoint(json_, config.endpoint);
    json_.member("method", lower_case(to_string(config.method)));
    json_.member("weight", config.weight);
    json_.member("upper_threshold", config.upper_threshold);
    json_.member("lower_threshold", config.lower_threshold);
    tunnel(config);
    json_.member("active_connections", server.active_connections);
    json_.member("inactive_connections", server.inactive_connections);
    json_.member("persistent_connections", server.persistent_connections);
    statistics(server.stats);
    json_.end_object();
}

void TableDocument::service(const TableEntry &entry)
{
    const ServiceConfig &config = entry.service.config;
    json_.begin_object();
    key(entry.service.key);
    json_.member("scheduler", config.scheduler);
    sched_flags(config);
    persistence(config);
    json_.member("one_packet", config.one_packet());
    json_.member("on_removal", to_string(config.on_removal.value_or(Removal::by_default)));
    json_.member("fastpath", to_string(config.fastpath.value_or(FastPath::by_default)));
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
