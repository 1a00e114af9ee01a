// SPDX-License-Identifier: GPL-2.0-or-later
#include "settings.hpp"

#include "../config/words.hpp"
#include "column.hpp"
#include "words.hpp"

#include <vector>

namespace ipvsctl::tool {

namespace {

// A setting with its value; one without a name is a word by itself.
struct Field {
    std::string_view name;
    std::string value;
    bool is_default = false;
};
using Fields = std::vector<Field>;

constexpr std::string_view on = "on";
constexpr std::string_view off = "off";

std::string_view protocol_word(Protocol protocol) noexcept
{
    switch (protocol) {
    case Protocol::tcp:
        return "tcp ";
    case Protocol::udp:
        return "udp ";
    case Protocol::sctp:
        return "sctp ";
    }
    return "unknown ";
}

std::string_view method_word(ForwardingMethod method) noexcept
{
    switch (method) {
    case ForwardingMethod::masquerade:
        return word_nat;
    case ForwardingMethod::tunnel:
        return word_tunnel;
    default: // a real server on this host, too, is made from direct
        return word_direct;
    }
}

std::string_view checksum_word(TunnelChecksum checksum) noexcept
{
    switch (checksum) {
    case TunnelChecksum::present:
        return "tun-csum";
    case TunnelChecksum::remote_offload:
        return "tun-remcsum";
    default:
        return "tun-nocsum";
    }
}

Fields fields_of(const ServiceConfig &config)
{
    const bool persistent = config.persistent();
    const auto removal = config.on_removal.value_or(Removal::by_default);
    const auto fastpath = config.fastpath.value_or(FastPath::by_default);
    std::string flags;
    append_sched_flags(flags, config, FlagNames::saved);
    return {
        {"scheduler", config.scheduler},
        {"persistent", persistent ? std::to_string(config.persistence_timeout) : std::string(off),
         !persistent},
        {"netmask", persistent ? config.netmask.to_string() : std::string(off),
         !persistent || config.netmask.is_host()},
        {"pe", config.persistence_engine.empty() ? std::string(off) : config.persistence_engine,
         config.persistence_engine.empty()},
        {"sched-flags", flags.empty() ? std::string(off) : flags, flags.empty()},
        {"ops", std::string(config.one_packet() ? on : off), !config.one_packet()},
        {"on-removal", std::string(to_string(removal)), removal == Removal::by_default},
        {"fastpath", std::string(to_string(fastpath)), fastpath == FastPath::by_default},
    };
}

Fields tunnel_fields(const DestinationConfig &config)
{
    const bool tunnel = config.method == ForwardingMethod::tunnel;
    const Tunnel &how = config.tunnel;
    const bool gue = tunnel && how.type == TunnelType::gue;
    const bool plain = !tunnel || how.type == TunnelType::ipip;
    return {
        {"tun-type", std::string(tunnel ? to_string(how.type) : off), plain},
        {"tun-port", gue ? std::to_string(how.port) : std::string(off), !gue},
        {"", std::string(plain ? off : checksum_word(how.checksum)),
         plain || how.checksum == TunnelChecksum::none},
    };
}

Fields fields_of(const DestinationConfig &config)
{
    Fields fields{
        {"", std::string(method_word(config.method))},
        {"weight", std::to_string(config.weight)},
        {"u-threshold", std::to_string(config.upper_threshold), config.upper_threshold == 0},
        {"l-threshold", std::to_string(config.lower_threshold), config.lower_threshold == 0},
    };
    for (Field &field : tunnel_fields(config)) {
        fields.push_back(std::move(field));
    }
    return fields;
}

void append_field(std::string &out, const Field &field)
{
    out += field.name;
    if (field.value == on) {
        return;
    }
    out += field.name.empty() ? "" : " ";
    out += field.value;
}

void append_changes(std::string &out, const Fields &from, const Fields &to)
{
    std::string_view separator = "";
    for (std::size_t i = 0; i < from.size(); i++) {
        if (from[i].value == to[i].value) {
            continue;
        }
        out += separator;
        out += from[i].name;
        out += from[i].name.empty() ? "" : " ";
        out += from[i].value;
        out += " -> ";
        out += to[i].value;
        separator = ", ";
    }
}

} // namespace

void append_service_name(std::string &out, const ServiceKey &key)
{
    if (const auto *mark = std::get_if<FwmarkServiceKey>(&key)) {
        out += "fwmark ";
        append_number(out, mark->fwmark);
        out += mark->family == Family::inet6 ? " ipv6" : "";
        return;
    }
    const auto &by_address = *std::get_if<AddressServiceKey>(&key);
    out += protocol_word(by_address.protocol);
    by_address.endpoint.append_to(out);
}

void append_service_settings(std::string &out, const ServiceConfig &config, std::string_view before)
{
    for (const Field &field : fields_of(config)) {
        if (!field.is_default) {
            out += before;
            append_field(out, field);
        }
    }
}

// There are many of them, so the usual ones are written without detours.
void append_server(std::string &out, const DestinationConfig &config)
{
    config.endpoint.append_to(out);
    out += ' ';
    out += method_word(config.method);
    out += " weight ";
    append_number(out, config.weight);
    if (config.upper_threshold != 0) {
        out += " u-threshold ";
        append_number(out, config.upper_threshold);
    }
    if (config.lower_threshold != 0) {
        out += " l-threshold ";
        append_number(out, config.lower_threshold);
    }
    if (config.method != ForwardingMethod::tunnel) {
        return;
    }
    for (const Field &field : tunnel_fields(config)) {
        if (!field.is_default) {
            out += ' ';
            append_field(out, field);
        }
    }
}

void append_service_changes(std::string &out, const ServiceConfig &from, const ServiceConfig &to)
{
    append_changes(out, fields_of(from), fields_of(to));
}

void append_server_changes(std::string &out, const DestinationConfig &from,
                           const DestinationConfig &to)
{
    append_changes(out, fields_of(from), fields_of(to));
}

} // namespace ipvsctl::tool
