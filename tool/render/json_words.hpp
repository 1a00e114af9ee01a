// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Members that several documents share.
 */
#pragma once

#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/protocol.hpp"
#include "json_writer.hpp"

#include <string>

namespace ipvsctl::tool {

// Words are those of the text, in small letters.
std::string lower_case(std::string_view text);

// tcp, udp, sctp, or as protocol_name() says.
std::string json_protocol(std::uint16_t protocol);

std::string_view json_family(Family family) noexcept;

// Members address and port of the object that is open.
void write_endpoint(JsonWriter &json, const Endpoint &endpoint);

// Member balancer: the module in the kernel.
void write_balancer(JsonWriter &json, const Info &info);

} // namespace ipvsctl::tool
