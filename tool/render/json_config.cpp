// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_config.hpp"

#include "json_words.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>

namespace ipvsctl::tool {

namespace {

void write_sched_flags(JsonWriter &json, const ServiceConfig &config)
{
    std::string names;
    append_sched_flags(names, config, FlagNames::saved);
    json.key("scheduler_flags");
    json.begin_array();
    for (std::string_view rest = names; !rest.empty();) {
        const auto name = rest.substr(0, rest.find(','));
        json.value(name);
        rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    }
    json.end_array();
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

void write_persistence(JsonWriter &json, const ServiceConfig &config)
{
    json.key("persistence");
    if (!config.persistent()) {
        json.value(nullptr);
        return;
    }
    json.begin_object();
    json.member("timeout", config.persistence_timeout);
    json.member("netmask", mask_of(config.netmask, config.netmask.family()));
    json.key("engine");
    if (config.persistence_engine.empty()) {
        json.value(nullptr);
    } else {
        json.value(config.persistence_engine);
    }
    json.end_object();
}

void write_tunnel(JsonWriter &json, const DestinationConfig &config)
{
    constexpr std::array<std::string_view, 3> checksums{"none", "present", "remote-offload"};
    json.key("tunnel");
    if (config.method != ForwardingMethod::tunnel) {
        json.value(nullptr);
        return;
    }
    const auto checksum = static_cast<std::size_t>(config.tunnel.checksum);
    json.begin_object();
    json.member("type", to_string(config.tunnel.type));
    json.member("port", config.tunnel.port);
    json.member("checksum", checksum < checksums.size() ? checksums[checksum] : "unknown");
    json.end_object();
}

} // namespace

void write_service_key(JsonWriter &json, const ServiceKey &key)
{
    json.member("family", json_family(family_of(key)));
    if (const auto *by_mark = std::get_if<FwmarkServiceKey>(&key)) {
        json.member("fwmark", by_mark->fwmark);
        for (const std::string_view name : {"protocol", "address", "port"}) {
            json.member(name, nullptr);
        }
        return;
    }
    const auto &by_address = *std::get_if<AddressServiceKey>(&key);
    json.member("fwmark", nullptr);
    json.member("protocol", json_protocol(static_cast<std::uint16_t>(by_address.protocol)));
    write_endpoint(json, by_address.endpoint);
}

void write_service_config(JsonWriter &json, const ServiceConfig &config)
{
    json.member("scheduler", config.scheduler);
    write_sched_flags(json, config);
    write_persistence(json, config);
    json.member("one_packet", config.one_packet());
    json.member("on_removal", to_string(config.on_removal.value_or(Removal::by_default)));
    json.member("fastpath", to_string(config.fastpath.value_or(FastPath::by_default)));
}

void write_server_name(JsonWriter &json, const Endpoint &server)
{
    json.member("family", json_family(server.address.family()));
    write_endpoint(json, server);
}

void write_server_config(JsonWriter &json, const DestinationConfig &config)
{
    json.member("method", lower_case(to_string(config.method)));
    json.member("weight", config.weight);
    json.member("upper_threshold", config.upper_threshold);
    json.member("lower_threshold", config.lower_threshold);
    write_tunnel(json, config);
}

} // namespace ipvsctl::tool
