// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Services and real servers in the words of a configuration file.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"

#include <string>

namespace ipvsctl::tool {

// "tcp 192.0.2.1:80", "fwmark 7 ipv6".
void append_service_name(std::string &out, const ServiceKey &key);

// "scheduler wlc", "persistent 600": what is not the default, and the scheduler, each with what
// comes before it.
void append_service_settings(std::string &out, const ServiceConfig &config,
                             std::string_view before);

// "10.0.0.1:8080 nat weight 2".
void append_server(std::string &out, const DestinationConfig &config);

// "persistent off -> 600, ops on -> off"
void append_service_changes(std::string &out, const ServiceConfig &from, const ServiceConfig &to);
void append_server_changes(std::string &out, const DestinationConfig &from,
                           const DestinationConfig &to);

} // namespace ipvsctl::tool
