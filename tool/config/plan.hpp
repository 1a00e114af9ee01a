// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What has to change for the table to be as a file says.
 */
#pragma once

#include "config.hpp"
#include "ipvsctl/table.hpp"
#include "ipvsctl/transaction.hpp"

namespace ipvsctl::tool {

// A change. What is to be is in the file, what is now in the table, which both must live on.
struct Step {
    const ServiceEntry *service = nullptr; // none: it goes, with its real servers
    const TableEntry *old_service = nullptr;
    bool of_server = false;
    const ServerEntry *server = nullptr;
    const Destination *old_server = nullptr;

    const ServiceKey &key() const noexcept
    {
        return service ? service->key : old_service->service.key;
    }
    // Of the file; 0 where it says nothing of that.
    std::uint32_t line() const noexcept
    {
        if (of_server) {
            return server ? server->line : 0;
        }
        return service ? service->line : 0;
    }
};

// Services that go come first, then one service after the other, in the order of the file.
using Plan = std::vector<Step>;

Plan make_plan(const Config &config, const std::vector<TableEntry> &table);

// An item for each step, in the same order.
Transaction transaction_of(const Plan &plan);

// The configuration with everything that it leaves to the kernel, as the kernel tells it.
ServiceConfig settled(const ServiceConfig &config);

// Whether two mean the same; what does not count, such as the netmask without persistence, is
// left out.
bool same_service(const ServiceConfig &a, const ServiceConfig &b) noexcept;
bool same_server(const DestinationConfig &a, const DestinationConfig &b) noexcept;

} // namespace ipvsctl::tool
