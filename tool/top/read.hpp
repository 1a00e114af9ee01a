// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Asks the kernel for what the model shows, and for no more than that: counters of all services
 * come by one request, but real servers only of the service that was opened, or of services in
 * view, unless the order depends on them.
 */
#pragma once

#include "../kernel.hpp"
#include "model.hpp"

namespace ipvsctl::tool::top {

// A reading of the list that is shown.
Result<void> read(Model &model, Kernel &kernel, Moment now);

// What services that have come into view lack.
Result<void> read_loads(Model &model, Kernel &kernel);

// The connections of a service to one of its real servers. ip_vs does not say which firewall mark
// a connection goes by, so there they are all that the real server has.
ConnectionFilter filter_for(const ServiceKey &service, const Endpoint &server) noexcept;

} // namespace ipvsctl::tool::top
