// SPDX-License-Identifier: GPL-2.0-or-later
#include "rules.hpp"

#include "column.hpp"
#include "words.hpp"

namespace ipvsctl::tool {

namespace {

std::string_view service_option(Protocol protocol) noexcept
{
    switch (protocol) {
    case Protocol::tcp:
        return "-t ";
    case Protocol::udp:
        return "-u ";
    case Protocol::sctp:
        return "--sctp-service ";
    }
    return "--unknown-service ";
}

std::string_view method_option(ForwardingMethod method) noexcept
{
    switch (method) {
    case ForwardingMethod::masquerade:
        return " -m";
    case ForwardingMethod::tunnel:
        return " -i";
    default: // a real server on this host, too, is made from -g
        return " -g";
    }
}

class RuleWriter {
public:
    RuleWriter(std::string &out, const Rules &rules, Names &names) noexcept
        : out_(out), numeric_(rules.numeric), own_words_(rules.own_words), names_(names)
    {}

    void name(const ServiceKey &key);
    void service(std::string_view command);
    void settings(const ServiceConfig &config);
    void server(std::string_view command, const Endpoint &server);
    void settings(const DestinationConfig &config);

private:
    void persistence(const ServiceConfig &config);
    void policy(const ServiceConfig &config);
    void tunnel(const Tunnel &tunnel);
    void option(std::string_view words, std::uint64_t number);
    void endpoint(std::string &out, const Endpoint &endpoint);

    std::string &out_;
    bool numeric_;
    bool own_words_;
    Names &names_;
    std::optional<Protocol> protocol_; // of the service that is being written
    std::string name_;                 // and how it is named in a command
};

void RuleWriter::option(std::string_view words, std::uint64_t number)
{
    out_ += words;
    append_number(out_, number);
}

// Whoever reads a rule takes what is in brackets for an address.
void RuleWriter::endpoint(std::string &out, const Endpoint &endpoint)
{
    append_host(out, endpoint.address, numeric_ || endpoint.address.is_v6(), names_);
    append_port(out, endpoint.port, protocol_, numeric_, names_);
}

void RuleWriter::name(const ServiceKey &key)
{
    name_.clear();
    if (const auto *by_mark = std::get_if<FwmarkServiceKey>(&key)) {
        protocol_.reset();
        name_ += "-f ";
        append_number(name_, by_mark->fwmark);
        name_ += by_mark->family == Family::inet6 ? " -6" : "";
        return;
    }
    const auto &by_address = *std::get_if<AddressServiceKey>(&key);
    protocol_ = by_address.protocol;
    name_ += service_option(by_address.protocol);
    endpoint(name_, by_address.endpoint);
}

void RuleWriter::persistence(const ServiceConfig &config)
{
    option(" -p ", config.persistence_timeout);
    if (!config.netmask.is_host()) {
        out_ += " -M ";
        out_ += config.netmask.to_string();
    }
}

void RuleWriter::service(std::string_view command)
{
    out_ += command;
    out_ += name_;
}

void RuleWriter::settings(const ServiceConfig &config)
{
    out_ += " -s ";
    out_ += config.scheduler;
    if (config.persistent()) {
        persistence(config);
    }
    if (!config.persistence_engine.empty()) {
        out_ += " --pe ";
        out_ += config.persistence_engine;
    }
    if (config.one_packet()) {
        out_ += " -o";
    }
    if ((config.flags & sched_flag_bits) != 0) {
        out_ += " -b ";
        append_sched_flags(out_, config, FlagNames::saved);
    }
    if (own_words_) {
        policy(config);
    }
}

void RuleWriter::policy(const ServiceConfig &config)
{
    if (config.on_removal.value_or(Removal::by_default) != Removal::by_default) {
        out_ += " --on-removal ";
        out_ += to_string(*config.on_removal);
    }
    if (config.fastpath.value_or(FastPath::by_default) != FastPath::by_default) {
        out_ += " --fastpath ";
        out_ += to_string(*config.fastpath);
    }
}

void RuleWriter::tunnel(const Tunnel &tunnel)
{
    constexpr std::array<std::string_view, 3> checksums{" --tun-nocsum", " --tun-csum",
                                                        " --tun-remcsum"};
    if (tunnel.type > TunnelType::gre) {
        return;
    }
    out_ += " --tun-type ";
    out_ += to_string(tunnel.type);
    if (tunnel.type == TunnelType::gue) {
        option(" --tun-port ", tunnel.port);
    }
    const auto checksum = static_cast<std::size_t>(tunnel.checksum);
    if (tunnel.type != TunnelType::ipip && checksum < checksums.size()) {
        out_ += checksums[checksum];
    }
}

void RuleWriter::server(std::string_view command, const Endpoint &server)
{
    service(command);
    out_ += " -r ";
    endpoint(out_, server);
}

void RuleWriter::settings(const DestinationConfig &config)
{
    out_ += method_option(config.method);
    option(" -w ", config.weight);
    if (config.upper_threshold != 0) {
        option(" -x ", config.upper_threshold);
    }
    if (config.lower_threshold != 0) {
        option(" -y ", config.lower_threshold);
    }
    if (config.method == ForwardingMethod::tunnel) {
        tunnel(config.tunnel);
    }
}

} // namespace

void render_rules(std::string &out, const Rules &rules, Names &names)
{
    RuleWriter writer(out, rules, names);
    for (const TableEntry &entry : rules.services) {
        writer.name(entry.service.key);
        writer.service("-A ");
        writer.settings(entry.service.config);
        out += '\n';
        for (const Destination &server : entry.destinations) {
            writer.server("-a ", server.config.endpoint);
            writer.settings(server.config);
            out += '\n';
        }
    }
}

void append_service_rule(std::string &out, std::string_view command, const ServiceKey &key,
                         const ServiceConfig *config, Names &names)
{
    RuleWriter writer(out, {.services = {}, .numeric = true}, names);
    writer.name(key);
    writer.service(command);
    if (config) {
        writer.settings(*config);
    }
}

void append_server_rule(std::string &out, std::string_view command, const ServiceKey &service,
                        const Endpoint &endpoint, const DestinationConfig *config, Names &names)
{
    RuleWriter writer(out, {.services = {}, .numeric = true}, names);
    writer.name(service);
    writer.server(command, endpoint);
    if (config) {
        writer.settings(*config);
    }
}

} // namespace ipvsctl::tool
