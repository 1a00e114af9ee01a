// SPDX-License-Identifier: GPL-2.0-or-later
#include "prometheus.hpp"

#include "../block.hpp"
#include "column.hpp"
#include "ipvsctl/connection.hpp"

#include <array>

namespace ipvsctl::tool {

namespace {

struct Counted {
    std::string_view name; // behind that of the object
    std::string_view help;
    std::uint64_t Stats::*value;
};

constexpr std::array counted{
    Counted{"connections_total", "Connections made.", &Stats::connections},
    Counted{"incoming_packets_total", "Packets from clients.", &Stats::incoming_packets},
    Counted{"outgoing_packets_total", "Packets to clients.", &Stats::outgoing_packets},
    Counted{"incoming_bytes_total", "Bytes from clients.", &Stats::incoming_bytes},
    Counted{"outgoing_bytes_total", "Bytes to clients.", &Stats::outgoing_bytes},
};

struct Measured {
    std::string_view name;
    std::string_view help;
    std::uint32_t (*value)(const Destination &);
};

constexpr std::array measured{
    Measured{"ipvsctl_backend_connections_active", "Active connections.",
             [](const Destination &server) { return server.active_connections; }},
    Measured{"ipvsctl_backend_connections_inactive", "Inactive connections.",
             [](const Destination &server) { return server.inactive_connections; }},
    Measured{"ipvsctl_backend_connections_persistent", "Clients that are bound to it.",
             [](const Destination &server) { return server.persistent_connections; }},
    Measured{"ipvsctl_backend_weight", "Share of new connections.",
             [](const Destination &server) { return server.config.weight; }},
    Measured{"ipvsctl_backend_upper_threshold",
             "Connections at which it gets no more; 0 for no limit.",
             [](const Destination &server) { return server.config.upper_threshold; }},
    Measured{"ipvsctl_backend_lower_threshold",
             "Connections below which it gets some again; 0 for three quarters of the upper.",
             [](const Destination &server) { return server.config.lower_threshold; }},
};

class MetricsText {
public:
    MetricsText(std::ostream &out, const Metrics &metrics) : out_(out), metrics_(metrics) {}

    void write();

private:
    void balancer();
    void drops();
    void events();
    void services();
    void servers();

    void family(std::string_view name, std::string_view type, std::string_view help);
    void label(std::string_view name, std::string_view value);
    void service_labels(const ServiceKey &key);
    void server_labels(const ServiceKey &key, const Endpoint &endpoint);
    void sample(std::string_view name, std::uint64_t value);
    void single(std::string_view name, std::string_view help, std::uint64_t value);

    std::ostream &out_;
    const Metrics &metrics_;
    std::string text_;
    std::string labels_; // of the next sample
};

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help)
{
    for (const auto &[word, rest] : {std::pair{"# HELP ", help}, std::pair{"# TYPE ", type}}) {
        text_ += word;
        text_ += name;
        text_ += ' ';
        text_ += rest;
        text_ += '\n';
    }
}

void MetricsText::label(std::string_view name, std::string_view value)
{
    labels_ += labels_.empty() ? '{' : ',';
    labels_ += name;
    labels_ += "=\"";
    for (const char byte : value) {
        if (byte == '"' || byte == '\\') {
            labels_ += '\\';
        }
        if (byte == '\n') {
            labels_ += "\\n";
        } else {
            labels_ += byte;
        }
    }
    labels_ += '"';
}

void MetricsText::sample(std::string_view name, std::uint64_t value)
{
    text_ += name;
    if (!labels_.empty()) {
        text_ += labels_;
        text_ += '}';
        labels_.clear();
    }
    text_ += ' ';
    append_number(text_, value);
    text_ += '\n';
    if (text_.size() >= block_size) {
        out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }
}

// Eight digits, as node_exporter has it.
std::string hexadecimal(std::uint32_t mark)
{
    std::string text;
    for (int shift = 28; shift >= 0; shift -= 4) {
        text += "0123456789ABCDEF"[mark >> shift & 0xf];
    }
    return text;
}

// Names and values are those of node_exporter, so that series can be joined; the family tells
// services of one mark apart.
void MetricsText::service_labels(const ServiceKey &key)
{
    const auto *by_mark = std::get_if<FwmarkServiceKey>(&key);
    const auto *by_address = std::get_if<AddressServiceKey>(&key);
    label("local_address", by_address ? by_address->endpoint.address.to_string() : "");
    label("local_mark", by_mark ? hexadecimal(by_mark->fwmark) : "");
    label("local_port", Digits(port_of(key)).view());
    label("proto",
          by_address ? protocol_name(static_cast<std::uint16_t>(by_address->protocol)) : "FWM");
    label("family", family_of(key) == Family::inet6 ? "ipv6" : "ipv4");
}

void MetricsText::server_labels(const ServiceKey &key, const Endpoint &endpoint)
{
    service_labels(key);
    label("remote_address", endpoint.address.to_string());
    label("remote_port", Digits(endpoint.port).view());
}

void MetricsText::single(std::string_view name, std::string_view help, std::uint64_t value)
{
    family(name, "gauge", help);
    sample(name, value);
}

void MetricsText::balancer()
{
    const Info &info = metrics_.info;
    family("ipvsctl_balancer_info", "gauge", "The module in the kernel; the value is always 1.");
    label("interface", info.version_string());
    label("module", info.module.value_or("ip_vs"));
    sample("ipvsctl_balancer_info", 1);
    single("ipvsctl_connection_table_size", "Buckets of the connection table.",
           info.connection_table_size);
    if (info.connections) {
        single("ipvsctl_connections", "Connections that exist.", *info.connections);
    }
    if (info.connection_limit) {
        single("ipvsctl_connection_limit", "Connections that may exist.", *info.connection_limit);
    }
}

constexpr std::string_view drop_prefix = "drop_";

void MetricsText::drops()
{
    family("ipvsctl_drops_total", "counter", "Packets dropped, by reason.");
    for (const Counter &counter : metrics_.counters) {
        if (counter.name.starts_with(drop_prefix)) {
            label("reason", std::string_view(counter.name).substr(drop_prefix.size()));
            sample("ipvsctl_drops_total", counter.value);
        }
    }
}

void MetricsText::events()
{
    family("ipvsctl_events_total", "counter", "Other events.");
    for (const Counter &counter : metrics_.counters) {
        if (!counter.name.starts_with(drop_prefix)) {
            label("event", counter.name);
            sample("ipvsctl_events_total", counter.value);
        }
    }
}

void MetricsText::services()
{
    family("ipvsctl_service_info", "gauge", "Virtual services; the value is always 1.");
    for (const TableEntry &entry : metrics_.services) {
        service_labels(entry.service.key);
        label("scheduler", entry.service.config.scheduler);
        sample("ipvsctl_service_info", 1);
    }
    for (const Counted &one : counted) {
        const std::string name = "ipvsctl_service_" + std::string(one.name);
        family(name, "counter", one.help);
        for (const TableEntry &entry : metrics_.services) {
            service_labels(entry.service.key);
            sample(name, entry.service.stats.*one.value);
        }
    }
}

void MetricsText::servers()
{
    const auto each = [&](std::string_view name, auto &&value) {
        for (const TableEntry &entry : metrics_.services) {
            for (const Destination &server : entry.destinations) {
                server_labels(entry.service.key, server.config.endpoint);
                sample(name, value(server));
            }
        }
    };
    for (const Counted &one : counted) {
        const std::string name = "ipvsctl_backend_" + std::string(one.name);
        family(name, "counter", one.help);
        each(name, [&](const Destination &server) { return server.stats.*one.value; });
    }
    for (const Measured &one : measured) {
        family(one.name, "gauge", one.help);
        each(one.name, one.value);
    }
}

void MetricsText::write()
{
    balancer();
    if (!metrics_.counters.empty()) {
        drops();
        events();
    }
    services();
    servers();
    out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
}

} // namespace

void render_metrics(std::ostream &out, const Metrics &metrics)
{
    MetricsText(out, metrics).write();
}

} // namespace ipvsctl::tool
