// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The values of the options, as far as each can be understood by itself.
 */
#pragma once

#include "command.hpp"
#include "names.hpp"
#include "values.hpp"

#include <limits>

namespace ipvsctl::tool {

inline constexpr std::int64_t max_timeout = std::int64_t{31} * 86400;
inline constexpr std::string_view default_scheduler = "wlc";

struct Draft {
    GroupSet given;
    std::optional<Protocol> protocol; // of -t, -u or --sctp-service, wherever they stand
    std::optional<Endpoint> virtual_server;
    std::uint32_t fwmark = 0;
    bool ipv6 = false;

    ServiceConfig service;
    std::optional<std::string> netmask;
    std::string sched_flags;

    std::optional<HostPort> real_server;
    DestinationConfig server;
    SyncDaemon daemon;
    ConnectionFilter connections;
    Interval interval;
    std::uint32_t top_interval = default_interval;

    bool has(Group group) const noexcept { return given.test(index(group)); }
};

// Takes the options in their order; the first that makes no sense is the error.
Result<Draft> make_draft(const RawOptions &raw, Names &names);

// Seconds from min to max_timeout.
Result<std::uint32_t> parse_timeout(std::string_view text, std::int64_t min);

} // namespace ipvsctl::tool
