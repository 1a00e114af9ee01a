// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Services and real servers as they are configured: members of the object that is open, in
 * listings and in events.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"
#include "json_writer.hpp"

namespace ipvsctl::tool {

// All members are there for both kinds of services, null where one has no such thing.
void write_service_key(JsonWriter &json, const ServiceKey &key);
void write_service_config(JsonWriter &json, const ServiceConfig &config);

void write_server_name(JsonWriter &json, const Endpoint &server);
// Without the name.
void write_server_config(JsonWriter &json, const DestinationConfig &config);

} // namespace ipvsctl::tool
