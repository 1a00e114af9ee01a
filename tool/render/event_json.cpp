// SPDX-License-Identifier: GPL-2.0-or-later
#include "../command.hpp"
#include "event.hpp"
#include "json_config.hpp"
#include "json_words.hpp"

#include <array>

namespace ipvsctl::tool {

namespace {

std::string_view word_of(Change change) noexcept
{
    constexpr std::array<std::string_view, 3> words{"added", "changed", "removed"};
    return words[static_cast<std::size_t>(change)];
}

class EventDocument {
public:
    explicit EventDocument(std::ostream &out) : json_(out, "event") {}

    void event(const Event &event, const EventTime &time);

private:
    void origin(const Event &event);
    void what(const ServiceEvent &event);
    void what(const DestinationEvent &event);
    void what(const OverloadEvent &event);
    void what(const ConnectionEvent &event);
    void what(const MissedEvents &missed);

    void kind(std::string_view event) { json_.member("event", event); }
    void service(const ServiceKey &key, const ServiceConfig *config);
    void server(const Endpoint &name, const DestinationConfig *config);
    void end(std::string_view name, const Endpoint &one);

    JsonWriter json_;
};

void EventDocument::service(const ServiceKey &key, const ServiceConfig *config)
{
    json_.key("service");
    json_.begin_object();
    write_service_key(json_, key);
    if (config) {
        write_service_config(json_, *config);
    }
    json_.end_object();
}

void EventDocument::server(const Endpoint &name, const DestinationConfig *config)
{
    json_.key("real_server");
    json_.begin_object();
    write_server_name(json_, name);
    if (config) {
        write_server_config(json_, *config);
    }
    json_.end_object();
}

void EventDocument::what(const ServiceEvent &event)
{
    kind("service");
    json_.member("change", word_of(event.change));
    service(event.key, event.config ? &*event.config : nullptr);
}

void EventDocument::what(const DestinationEvent &event)
{
    kind("real-server");
    json_.member("change", word_of(event.change));
    service(event.service, nullptr);
    server(event.endpoint, event.config ? &*event.config : nullptr);
}

void EventDocument::what(const OverloadEvent &event)
{
    kind("overload");
    json_.member("overloaded", event.overloaded);
    service(event.service, nullptr);
    server(event.endpoint, nullptr);
}

void EventDocument::end(std::string_view name, const Endpoint &one)
{
    json_.key(name);
    json_.begin_object();
    write_endpoint(json_, one);
    json_.end_object();
}

void EventDocument::what(const ConnectionEvent &event)
{
    const Connection &connection = event.connection;
    kind("connection");
    json_.member("ended", event.ended);
    json_.member("protocol", json_protocol(connection.protocol));
    end("client", connection.client);
    end("virtual_server", connection.virtual_server);
    end("real_server", connection.real_server);
    json_.member("state", connection.state);
}

void EventDocument::what(const MissedEvents &missed)
{
    kind("missed");
    json_.key("group");
    if (missed.group) {
        json_.value(to_string(*missed.group));
    } else {
        json_.value(nullptr);
    }
    json_.member("count", missed.count);
}

void EventDocument::origin(const Event &event)
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

void EventDocument::event(const Event &event, const EventTime &time)
{
    if (time) {
        json_.member("time", utc_text(*time));
    }
    std::visit([this](const auto &kind) { what(kind); }, event.what);
    origin(event);
    json_.end_document();
}

} // namespace

void render_event_as_json(std::ostream &out, const Event &event, const EventTime &time)
{
    EventDocument(out).event(event, time);
}

} // namespace ipvsctl::tool
