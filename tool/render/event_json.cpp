// SPDX-License-Identifier: GPL-2.0-or-later
#include "../command.hpp"
#include "event.hpp"
#include "json_line.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>

namespace ipvsctl::tool {

namespace {

std::string lower_case(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

std::string_view word_of(Change change) noexcept
{
    constexpr std::array<std::string_view, 3> words{"added", "changed", "removed"};
    return words[static_cast<std::size_t>(change)];
}

class EventLine {
public:
    explicit EventLine(std::string &out) noexcept : json_(out) {}

    void event(const Event &event, const EventTime &time);

private:
    void origin(const Event &event);
    void what(const ServiceEvent &event);
    void what(const DestinationEvent &event);
    void what(const OverloadEvent &event);
    void what(const ConnectionEvent &event);
    void what(const MissedEvents &missed);

    void kind(std::string_view event) { json_.member("event", event); }
    void key(const ServiceKey &key);
    void service(const ServiceKey &service);
    void settings(const ServiceConfig &config);
    void sched_flags(const ServiceConfig &config);
    void persistence(const ServiceConfig &config);
    void server(const Endpoint &server, const DestinationConfig *config);
    void settings(const DestinationConfig &config);
    void tunnel(const Tunnel &tunnel);
    void family(Family family)
    {
        json_.member("family", family == Family::inet6 ? "ipv6" : "ipv4");
    }
    void endpoint(const Endpoint &endpoint);
    void end(std::string_view name, const Endpoint &one);

    JsonLine json_;
};

void EventLine::endpoint(const Endpoint &endpoint)
{
    json_.member("address", endpoint.address.to_string());
    json_.member("port", endpoint.port);
}

// All members are there for both kinds of services, null where one has no such thing.
void EventLine::key(const ServiceKey &key)
{
    family(family_of(key));
    if (const auto *by_mark = std::get_if<FwmarkServiceKey>(&key)) {
        json_.member("fwmark", by_mark->fwmark);
        for (const std::string_view name : {"protocol", "address", "port"}) {
            json_.member(name, nullptr);
        }
        return;
    }
    const auto &by_address = *std::get_if<AddressServiceKey>(&key);
    json_.member("fwmark", nullptr);
    json_.member("protocol",
                 lower_case(protocol_name(static_cast<std::uint16_t>(by_address.protocol))));
    endpoint(by_address.endpoint);
}

void EventLine::service(const ServiceKey &service)
{
    json_.key("service");
    json_.begin_object();
    key(service);
    json_.end_object();
}

void EventLine::sched_flags(const ServiceConfig &config)
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

void EventLine::persistence(const ServiceConfig &config)
{
    json_.key("persistence");
    if (!config.persistent()) {
        json_.value(nullptr);
        return;
    }
    json_.begin_object();
    json_.member("timeout", config.persistence_timeout);
    json_.member("netmask", config.netmask.to_string());
    json_.key("engine");
    if (config.persistence_engine.empty()) {
        json_.value(nullptr);
    } else {
        json_.value(config.persistence_engine);
    }
    json_.end_object();
}

void EventLine::settings(const ServiceConfig &config)
{
    json_.member("scheduler", config.scheduler);
    sched_flags(config);
    persistence(config);
    json_.member("one_packet", config.one_packet());
    json_.member("on_removal", to_string(config.on_removal.value_or(Removal::by_default)));
    json_.member("fastpath", to_string(config.fastpath.value_or(FastPath::by_default)));
}

void EventLine::tunnel(const Tunnel &tunnel)
{
    constexpr std::array<std::string_view, 3> checksums{"none", "present", "remote-offload"};
    const auto checksum = static_cast<std::size_t>(tunnel.checksum);
    json_.begin_object();
    json_.member("type", to_string(tunnel.type));
    json_.member("port", tunnel.port);
    json_.member("checksum", checksum < checksums.size() ? checksums[checksum] : "unknown");
    json_.end_object();
}

void EventLine::settings(const DestinationConfig &config)
{
    json_.member("method", lower_case(to_string(config.method)));
    json_.member("weight", config.weight);
    json_.member("upper_threshold", config.upper_threshold);
    json_.member("lower_threshold", config.lower_threshold);
    json_.key("tunnel");
    if (config.method == ForwardingMethod::tunnel) {
        tunnel(config.tunnel);
    } else {
        json_.value(nullptr);
    }
}

void EventLine::server(const Endpoint &server, const DestinationConfig *config)
{
    json_.key("real_server");
    json_.begin_object();
    family(server.address.family());
    endpoint(server);
    if (config) {
        settings(*config);
    }
    json_.end_object();
}

void EventLine::what(const ServiceEvent &event)
{
    kind("service");
    json_.member("change", word_of(event.change));
    json_.key("service");
    json_.begin_object();
    key(event.key);
    if (event.config) {
        settings(*event.config);
    }
    json_.end_object();
}

void EventLine::what(const DestinationEvent &event)
{
    kind("real-server");
    json_.member("change", word_of(event.change));
    service(event.service);
    server(event.endpoint, event.config ? &*event.config : nullptr);
}

void EventLine::what(const OverloadEvent &event)
{
    kind("overload");
    json_.member("overloaded", event.overloaded);
    service(event.service);
    server(event.endpoint, nullptr);
}

void EventLine::end(std::string_view name, const Endpoint &one)
{
    json_.key(name);
    json_.begin_object();
    endpoint(one);
    json_.end_object();
}

void EventLine::what(const ConnectionEvent &event)
{
    const Connection &connection = event.connection;
    kind("connection");
    json_.member("ended", event.ended);
    json_.member("protocol", lower_case(protocol_name(connection.protocol)));
    end("client", connection.client);
    end("virtual_server", connection.virtual_server);
    end("real_server", connection.real_server);
    json_.member("state", connection.state);
}

void EventLine::what(const MissedEvents &missed)
{
    kind("missed");
    json_.key("group");
    if (missed.group) {
        json_.value(to_string(*missed.group));
    } else {
        json_.value(nullptr);
    }
    json_.key("count");
    if (missed.count) {
        json_.value(*missed.count);
    } else {
        json_.value(nullptr);
    }
}

void EventLine::origin(const Event &event)
{
    if (std::holds_alternative<MissedEvents>(event.what)) {
        return;
    }
    json_.member("number", event.number);
    if (event.generation != 0) {
        json_.member("generation", event.generation);
        json_.member("port_id", event.port_id);
    }
}

void EventLine::event(const Event &event, const EventTime &time)
{
    json_.begin_object();
    if (time) {
        json_.member("time", utc_text(*time));
    }
    std::visit([this](const auto &kind) { what(kind); }, event.what);
    origin(event);
    json_.end_object();
}

} // namespace

void render_event_as_json(std::string &out, const Event &event, const EventTime &time)
{
    EventLine(out).event(event, time);
    out += '\n';
}

} // namespace ipvsctl::tool
