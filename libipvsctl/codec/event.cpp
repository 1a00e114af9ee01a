// SPDX-License-Identifier: LGPL-2.1-or-later
#include "event.hpp"

#include "connection.hpp"
#include "destination.hpp"
#include "service.hpp"

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

using What = decltype(Event::what);

Change change_of(std::uint8_t command) noexcept
{
    if (command == NFVS_CMD_NEW_SERVICE || command == NFVS_CMD_NEW_DEST)
        return Change::added;
    if (command == NFVS_CMD_SET_SERVICE || command == NFVS_CMD_SET_DEST)
        return Change::changed;
    return Change::removed;
}

Result<What> decode_service_event(Change change, const NfvsAttrs &attrs)
{
    if (!attrs.service)
        return missing_attribute("service");
    if (change == Change::removed)
        return decode_service_key(*attrs.service).transform([&](const ServiceKey &key) {
            return What(ServiceEvent{.change = change, .key = key, .config = {}});
        });
    return decode_service(*attrs.service).transform([&](Service &&service) {
        return What(ServiceEvent{
            .change = change, .key = service.key, .config = std::move(service.config)});
    });
}

/** Calls make with the key of the service and the nest of the real server that it is about. */
template <typename Make> Result<What> of_destination(const NfvsAttrs &attrs, Make &&make)
{
    if (!attrs.service)
        return missing_attribute("service");
    if (!attrs.dest)
        return missing_attribute("dest");
    const auto key = decode_service_key(*attrs.service);
    if (!key)
        return key.error();
    return make(*key, *attrs.dest);
}

Result<What> decode_destination_event(Change change, const NfvsAttrs &attrs)
{
    return of_destination(attrs, [&](const ServiceKey &service, const DestAttrs &dest) {
        if (change == Change::removed)
            return decode_destination_key(dest, family_of(service))
                .transform([&](const Endpoint &endpoint) {
                    return What(DestinationEvent{
                        .change = change, .service = service, .endpoint = endpoint, .config = {}});
                });
        return decode_destination(dest, family_of(service))
            .transform([&](const Destination &destination) {
                return What(DestinationEvent{.change = change,
                                             .service = service,
                                             .endpoint = destination.config.endpoint,
                                             .config = destination.config});
            });
    });
}

Result<What> decode_overload_event(const NfvsAttrs &attrs)
{
    return of_destination(attrs, [&](const ServiceKey &service, const DestAttrs &dest) {
        return decode_destination_key(dest, family_of(service))
            .transform([&](const Endpoint &endpoint) {
                return What(OverloadEvent{.overloaded = dest.overloaded.value_or(0) != 0,
                                          .service = service,
                                          .endpoint = endpoint});
            });
    });
}

Result<What> decode_connection_event(bool ended, const NfvsAttrs &attrs)
{
    if (!attrs.conn)
        return missing_attribute("conn");
    return decode_connection(*attrs.conn).transform([&](Connection &&connection) {
        return What(ConnectionEvent{.ended = ended, .connection = std::move(connection)});
    });
}

Result<What> decode_what(std::uint8_t command, const NfvsAttrs &attrs)
{
    switch (command) {
    case NFVS_CMD_NEW_DEST:
    case NFVS_CMD_SET_DEST:
    case NFVS_CMD_DEL_DEST:
        return decode_destination_event(change_of(command), attrs);
    case NFVS_CMD_OVERLOAD:
        return decode_overload_event(attrs);
    case NFVS_CMD_NEW_CONN:
    case NFVS_CMD_DEL_CONN:
        return decode_connection_event(command == NFVS_CMD_DEL_CONN, attrs);
    default:
        return decode_service_event(change_of(command), attrs);
    }
}

} // namespace

std::optional<EventGroup> group_announcing(std::uint8_t command) noexcept
{
    switch (command) {
    case NFVS_CMD_NEW_SERVICE:
    case NFVS_CMD_SET_SERVICE:
    case NFVS_CMD_DEL_SERVICE:
    case NFVS_CMD_NEW_DEST:
    case NFVS_CMD_SET_DEST:
    case NFVS_CMD_DEL_DEST:
        return EventGroup::config;
    case NFVS_CMD_OVERLOAD:
        return EventGroup::overload;
    case NFVS_CMD_NEW_CONN:
    case NFVS_CMD_DEL_CONN:
        return EventGroup::connections;
    default:
        return std::nullopt;
    }
}

Result<Event> decode_event(std::uint8_t command, const NfvsAttrs &attrs)
{
    return decode_what(command, attrs).transform([&](What &&what) {
        return Event{.number = attrs.event.value_or(0),
                     .generation = attrs.generation.value_or(0),
                     .port_id = attrs.port_id.value_or(0),
                     .what = std::move(what)};
    });
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
