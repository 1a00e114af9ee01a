// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * What nfvs announces: changes of the table, overload, connections. Monitor reads it. These are
 * plain values, as free to be shared between threads as an int is.
 */
#pragma once

#include "ipvsctl/connection.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace ipvsctl {
inline namespace v1 {

/** Events are subscribed to by group, and numbered within it. */
enum class EventGroup : std::uint8_t {
    config,      ///< ServiceEvent, DestinationEvent
    overload,    ///< OverloadEvent
    connections, ///< ConnectionEvent
};

/** `config`, `overload` or `conn`. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(EventGroup group) noexcept;

/** What became of a service or a real server. */
enum class Change : std::uint8_t { added, changed, removed };

/** A service was added, changed or removed. One that goes takes its real servers with it. */
struct ServiceEvent {
    Change change = Change::added;
    ServiceKey key;
    std::optional<ServiceConfig> config; ///< as it is since; none once it is removed

    friend bool operator==(const ServiceEvent &, const ServiceEvent &) = default;
};

/** A real server was added, changed or removed by itself, its service staying. */
struct DestinationEvent {
    Change change = Change::added;
    ServiceKey service;
    Endpoint endpoint;
    std::optional<DestinationConfig> config; ///< as it is since; none once it is removed

    friend bool operator==(const DestinationEvent &, const DestinationEvent &) = default;
};

/** A real server has reached its upper threshold, or fallen below its lower one. */
struct OverloadEvent {
    bool overloaded = false;
    ServiceKey service;
    Endpoint endpoint;

    friend bool operator==(const OverloadEvent &, const OverloadEvent &) = default;
};

/** A connection was made, or has ended, in the state that it says. */
struct ConnectionEvent {
    bool ended = false;
    Connection connection;

    friend bool operator==(const ConnectionEvent &, const ConnectionEvent &) = default;
};

/**
 * The reader was too slow, and events are lost at this place. What they were about has to be
 * read anew. Two of these may tell of the same loss: one without group and count as soon as all
 * that came before has been read; and one with them right before the group's next event, whose
 * number gives the count.
 */
struct MissedEvents {
    std::optional<EventGroup> group;
    std::optional<std::uint64_t> count;

    friend bool operator==(const MissedEvents &, const MissedEvents &) = default;
};

/** Something that happened. */
struct Event {
    std::uint64_t number = 0;     ///< in its group; 0 of MissedEvents
    std::uint64_t generation = 0; ///< of the table that it led to; 0 where nothing was configured
    std::uint32_t port_id = 0;    ///< the socket that asked for it, see Client::port_id; else 0
    std::variant<ServiceEvent, DestinationEvent, OverloadEvent, ConnectionEvent, MissedEvents> what;

    friend bool operator==(const Event &, const Event &) = default;
};

} // namespace v1
} // namespace ipvsctl
