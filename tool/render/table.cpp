// SPDX-License-Identifier: GPL-2.0-or-later
#include "table.hpp"

#include "column.hpp"
#include "words.hpp"

#include <array>

namespace ipvsctl::tool {

namespace {

// The widths after which the name of an IPv4 service or real server is cut, so that the columns
// behind it stay where they are. IPv6 ones are longer than any column and never cut.
constexpr std::size_t service_width = 33;
constexpr std::size_t server_width = 28;

constexpr std::string_view local_title = "Prot LocalAddress:Port";
constexpr std::string_view plain_title = "Prot LocalAddress:Port Scheduler Flags\n";
constexpr std::string_view remote_title = "  -> RemoteAddress:Port";

void cut(std::string &text, const Address &address, std::size_t width)
{
    if (address.is_v4() && text.size() > width) {
        text.resize(width);
    }
}

class TableWriter {
public:
    TableWriter(std::string &out, const ListFormat &format, Names &names) noexcept
        : out_(out), format_(format), names_(names)
    {}

    void title();
    void service(const Service &service);
    void server(const Destination &server);

private:
    void service_name(const ServiceKey &key);
    void service_config(const Service &service);
    void policy(const ServiceConfig &config);
    void sched_flags(const ServiceConfig &config);
    void persistence(const ServiceConfig &config);
    void counters(const std::array<std::uint64_t, 5> &values);
    void rates(const Stats &stats);
    void forwarding(const Destination &server);
    void tunnel(const DestinationConfig &config);

    std::string &out_;
    const ListFormat &format_;
    Names &names_;
    std::optional<Protocol> protocol_; // of the service that is being written
    std::string name_;
};

std::array<std::uint64_t, 5> counters_of(const Stats &stats)
{
    return {stats.connections, stats.incoming_packets, stats.outgoing_packets, stats.incoming_bytes,
            stats.outgoing_bytes};
}

std::array<std::uint64_t, 5> rates_of(const Stats &stats)
{
    return {stats.connection_rate, stats.incoming_packet_rate, stats.outgoing_packet_rate,
            stats.incoming_byte_rate, stats.outgoing_byte_rate};
}

void TableWriter::title()
{
    switch (format_.view) {
    case View::stats:
        append_left(out_, local_title, service_width);
        out_ += "    Conns   InPkts  OutPkts  InBytes OutBytes\n";
        break;
    case View::rate:
        append_left(out_, local_title, service_width);
        out_ += "      CPS    InPPS   OutPPS    InBPS   OutBPS\n";
        break;
    case View::thresholds:
        append_left(out_, local_title, service_width);
        out_ += " Uthreshold Lthreshold ActiveConn InActConn \n";
        break;
    case View::persistent_conn:
        append_left(out_, local_title, service_width);
        out_ += " Weight    PersistConn ActiveConn InActConn \n";
        break;
    case View::tunnels:
        out_ += plain_title;
        out_ += remote_title;
        out_ += "           Forward TunnelInfo    Weight ActiveConn InActConn\n";
        return;
    case View::plain:
        out_ += plain_title;
        out_ += remote_title;
        out_ += "           Forward Weight ActiveConn InActConn\n";
        return;
    }
    out_ += remote_title;
    out_ += '\n';
}

void TableWriter::service_name(const ServiceKey &key)
{
    name_.clear();
    if (const auto *by_mark = std::get_if<FwmarkServiceKey>(&key)) {
        protocol_.reset();
        name_ += "FWM  ";
        append_number(name_, by_mark->fwmark);
        if (by_mark->family == Family::inet6) {
            name_ += " IPv6";
        }
        return;
    }
    const auto &by_address = *std::get_if<AddressServiceKey>(&key);
    protocol_ = by_address.protocol;
    append_left(name_, to_string(by_address.protocol), 4);
    name_ += ' ';
    append_endpoint(name_, by_address.endpoint, protocol_, format_.numeric, names_);
    cut(name_, by_address.endpoint.address, service_width);
}

void TableWriter::sched_flags(const ServiceConfig &config)
{
    if ((config.flags & sched_flag_bits) == 0) {
        return;
    }
    out_ += " (";
    append_sched_flags(out_, config, FlagNames::shown);
    out_ += ')';
}

void TableWriter::persistence(const ServiceConfig &config)
{
    out_ += " persistent ";
    append_number(out_, config.persistence_timeout);
    if (!config.netmask.is_host()) {
        out_ += " mask ";
        out_ += config.netmask.to_string();
    }
    if (!config.persistence_engine.empty()) {
        out_ += " pe ";
        out_ += config.persistence_engine;
    }
}

void TableWriter::service_config(const Service &service)
{
    out_ += name_;
    out_ += ' ';
    out_ += service.config.scheduler;
    sched_flags(service.config);
    if (service.config.persistent()) {
        persistence(service.config);
    }
    if (service.config.one_packet()) {
        out_ += " ops";
    }
    if (format_.own_words) {
        policy(service.config);
    }
}

void TableWriter::policy(const ServiceConfig &config)
{
    if (config.on_removal.value_or(Removal::by_default) != Removal::by_default) {
        out_ += " on-removal ";
        out_ += to_string(*config.on_removal);
    }
    if (config.fastpath.value_or(FastPath::by_default) != FastPath::by_default) {
        out_ += " fastpath ";
        out_ += to_string(*config.fastpath);
    }
}

void TableWriter::counters(const std::array<std::uint64_t, 5> &values)
{
    for (const std::uint64_t value : values) {
        append_counter(out_, value, format_.exact);
    }
}

void TableWriter::service(const Service &service)
{
    service_name(service.key);
    switch (format_.view) {
    case View::stats:
        append_left(out_, name_, service_width);
        counters(counters_of(service.stats));
        break;
    case View::rate:
        append_left(out_, name_, service_width);
        counters(rates_of(service.stats));
        break;
    default:
        service_config(service);
        break;
    }
    out_ += '\n';
}

// The first three columns of a real server's rates are never shortened.
void TableWriter::rates(const Stats &stats)
{
    const auto values = rates_of(stats);
    for (std::size_t i = 0; i < 3; i++) {
        out_ += ' ';
        append_right(out_, values[i], 8);
    }
    append_counter(out_, values[3], format_.exact);
    append_counter(out_, values[4], format_.exact);
}

void TableWriter::tunnel(const DestinationConfig &config)
{
    constexpr std::array<std::string_view, 3> checksums{"-c", "+c", "r+c"};
    constexpr std::size_t width = 13;
    if (config.method != ForwardingMethod::tunnel || config.tunnel.type > TunnelType::gre) {
        append_left(out_, "n/a", width);
        return;
    }
    std::string text(to_string(config.tunnel.type));
    if (config.tunnel.type == TunnelType::gue) {
        text += ':';
        append_number(text, config.tunnel.port);
    }
    const auto checksum = static_cast<std::size_t>(config.tunnel.checksum);
    if (config.tunnel.type != TunnelType::ipip && checksum < checksums.size()) {
        text += ':';
        text += checksums[checksum];
    }
    append_left(out_, text, width);
}

void TableWriter::forwarding(const Destination &server)
{
    append_left(out_, to_string(server.config.method), 7);
    out_ += ' ';
    if (format_.view == View::tunnels) {
        tunnel(server.config);
        out_ += ' ';
    }
    append_left(out_, server.config.weight, 6);
}

void TableWriter::server(const Destination &server)
{
    name_.clear();
    append_endpoint(name_, server.config.endpoint, protocol_, format_.numeric, names_);
    cut(name_, server.config.endpoint.address, server_width);
    out_ += "  -> ";
    append_left(out_, name_, server_width);

    if (format_.view == View::stats) {
        counters(counters_of(server.stats));
        out_ += '\n';
        return;
    }
    if (format_.view == View::rate) {
        rates(server.stats);
        out_ += '\n';
        return;
    }
    out_ += ' ';
    if (format_.view == View::thresholds) {
        append_left(out_, server.config.upper_threshold, 10);
        out_ += ' ';
        append_left(out_, server.config.lower_threshold, 10);
    } else if (format_.view == View::persistent_conn) {
        append_left(out_, server.config.weight, 9);
        out_ += ' ';
        append_left(out_, server.persistent_connections, 11);
    } else {
        forwarding(server);
    }
    out_ += ' ';
    append_left(out_, server.active_connections, 10);
    out_ += ' ';
    append_left(out_, server.inactive_connections, 10);
    out_ += '\n';
}

// About what a line has.
constexpr std::size_t line_size = 80;

std::size_t lines_of(const std::vector<TableEntry> &services)
{
    std::size_t lines = services.size();
    for (const TableEntry &entry : services) {
        lines += entry.destinations.size();
    }
    return lines;
}

} // namespace

void render_table(std::string &out, const Table &table, Names &names)
{
    if (table.info) {
        out += "IP Virtual Server version " + table.info->version_string() + " (size=";
        append_number(out, table.info->connection_table_size);
        out += ")\n";
    }
    TableWriter writer(out, table.format, names);
    writer.title();
    out.reserve(out.size() + line_size * lines_of(table.services));
    for (const TableEntry &entry : table.services) {
        writer.service(entry.service);
        for (const Destination &server : entry.destinations) {
            writer.server(server);
        }
    }
}

} // namespace ipvsctl::tool
