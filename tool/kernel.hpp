// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the commands need from the balancer; Client behind an interface that a test can play.
 */
#pragma once

#include "ipvsctl/counter.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/result.hpp"
#include "ipvsctl/service.hpp"
#include "ipvsctl/timeouts.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace ipvsctl::tool {

// Every operation as Client has it.
class Kernel {
public:
    Kernel() = default;
    Kernel(const Kernel &) = delete;
    Kernel &operator=(const Kernel &) = delete;
    virtual ~Kernel() = default;

    virtual Result<Info> info() = 0;
    virtual Result<std::vector<Service>> services() = 0;
    virtual Result<Service> service(const ServiceKey &key) = 0;
    virtual Result<std::vector<Destination>> destinations(const ServiceKey &key) = 0;
    virtual Result<void> add_service(const ServiceKey &key, const ServiceConfig &config) = 0;
    virtual Result<void> edit_service(const ServiceKey &key, const ServiceConfig &config) = 0;
    virtual Result<void> delete_service(const ServiceKey &key) = 0;
    virtual Result<void> add_destination(const ServiceKey &key,
                                         const DestinationConfig &config) = 0;
    virtual Result<void> edit_destination(const ServiceKey &key,
                                          const DestinationConfig &config) = 0;
    virtual Result<void> delete_destination(const ServiceKey &key, const Endpoint &endpoint) = 0;
    virtual Result<void> zero(const std::optional<ServiceKey> &key) = 0;
    virtual Result<void> flush() = 0;
    virtual Result<Timeouts> timeouts() = 0;
    virtual Result<void> set_timeouts(const Timeouts &timeouts) = 0;
    virtual Result<std::vector<Counter>> counters() = 0;
};

// The balancer of this machine; loads its module where neither nfvs nor ip_vs is there.
Result<std::unique_ptr<Kernel>> open_kernel();

} // namespace ipvsctl::tool
