// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a file says the table should be.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"

#include <cstdint>
#include <vector>

namespace ipvsctl::tool {

struct ServerEntry {
    DestinationConfig config;
    std::uint32_t line = 0;
};

struct ServiceEntry {
    ServiceKey key;
    ServiceConfig config;
    std::uint32_t line = 0;
    std::uint32_t scheduler_line = 0; // as line where the scheduler is not named elsewhere
    std::vector<ServerEntry> servers;
};

using Config = std::vector<ServiceEntry>;

} // namespace ipvsctl::tool
