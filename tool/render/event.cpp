// SPDX-License-Identifier: GPL-2.0-or-later
#include "event.hpp"

#include "../command.hpp"
#include "column.hpp"
#include "rules.hpp"

#include <array>
#include <ctime>

namespace ipvsctl::tool {

namespace {

// What was done, by sign and command; the commands of a service and of a real server.
struct Done {
    std::string_view sign;
    std::string_view service;
    std::string_view server;
};

constexpr std::array done_table{Done{"+ ", "-A ", "-a "}, Done{"~ ", "-E ", "-e "},
                                Done{"- ", "-D ", "-d "}};

constexpr const Done &done(Change change) noexcept
{
    return done_table[static_cast<std::size_t>(change)];
}

template <typename T> const T *address_of(const std::optional<T> &value) noexcept
{
    return value ? &*value : nullptr;
}

void append_connection(std::string &out, const Connection &connection, Names &names)
{
    const auto option = [&](std::string_view words, std::string_view value) {
        out += words;
        out += value;
    };
    append_service_rule(
        out, "conn ",
        AddressServiceKey{static_cast<Protocol>(connection.protocol), connection.virtual_server},
        nullptr, names);
    option(" -r ", connection.real_server.to_string());
    option(" --client ", connection.client.to_string());
    option(" --state ", connection.state);
}

void append_missed(std::string &out, const MissedEvents &missed)
{
    out += "! missed ";
    if (missed.count) {
        append_number(out, *missed.count);
        out += ' ';
    }
    out += missed.count == 1 ? "event" : "events";
    if (missed.group) {
        out += " of ";
        out += to_string(*missed.group);
    }
}

} // namespace

std::string utc_text(std::chrono::system_clock::time_point time)
{
    const auto since = time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(since - seconds);
    const std::time_t whole = seconds.count();
    std::tm parts{};
    gmtime_r(&whole, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    const auto milliseconds = std::to_string(1000 + rest.count());
    return std::string(text.data(), size) + '.' + milliseconds.substr(1) + 'Z';
}

void render_event(std::string &out, const Event &event, const EventTime &time, Names &names)
{
    if (time) {
        out += utc_text(*time) + ' ';
    }
    const Overloaded visitor{
        [&](const ServiceEvent &service) {
            const Done &what = done(service.change);
            out += what.sign;
            append_service_rule(out, what.service, service.key, address_of(service.config), names);
        },
        [&](const DestinationEvent &server) {
            const Done &what = done(server.change);
            out += what.sign;
            append_server_rule(out, what.server, server.service, server.endpoint,
                               address_of(server.config), names);
        },
        [&](const OverloadEvent &overload) {
            out += overload.overloaded ? "+ " : "- ";
            append_server_rule(out, "overload ", overload.service, overload.endpoint, nullptr,
                               names);
        },
        [&](const ConnectionEvent &connection) {
            out += connection.ended ? "- " : "+ ";
            append_connection(out, connection.connection, names);
        },
        [&](const MissedEvents &missed) { append_missed(out, missed); },
    };
    std::visit(visitor, event.what);
    out += '\n';
}

} // namespace ipvsctl::tool
