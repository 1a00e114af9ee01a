// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Services together with their real servers.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"

#include <optional>
#include <vector>

namespace ipvsctl {
inline namespace v1 {

/** A service and its real servers, in the kernel's order. */
struct TableEntry {
    Service service;
    std::vector<Destination> destinations;

    friend bool operator==(const TableEntry &, const TableEntry &) = default;
};

/** Which part of the table is wanted; all of it by default. */
struct TableQuery {
    std::optional<ServiceKey> service; ///< this one alone; an empty answer where there is none

    /** Real servers of this address alone, in whichever services have them, and those services. */
    std::optional<Address> server_address;
    std::optional<std::uint16_t> server_port; ///< with server_address: of this port, too

    bool statistics = true; ///< false leaves all counters and rates 0, which is much cheaper

    friend bool operator==(const TableQuery &, const TableQuery &) = default;
};

} // namespace v1
} // namespace ipvsctl
