// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Words that several outputs share.
 */
#pragma once

#include "../names.hpp"
#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/service.hpp"

#include <string>

namespace ipvsctl::tool {

// ADDRESS:PORT, with names for both where they have some, unless numeric.
void append_host(std::string &out, const Address &address, bool numeric, Names &names);
void append_port(std::string &out, std::uint16_t port, std::optional<Protocol> protocol,
                 bool numeric, Names &names);
void append_endpoint(std::string &out, const Endpoint &endpoint, std::optional<Protocol> protocol,
                     bool numeric, Names &names);

inline constexpr std::uint32_t sched_flag_bits =
    service_flag::sched1 | service_flag::sched2 | service_flag::sched3;

// A listing has never shown the third flag of sh and mh, but it must not be lost.
enum class FlagNames : std::uint8_t { shown, saved };

// The scheduler's flags by its own names for them, with commas between.
void append_sched_flags(std::string &out, const ServiceConfig &config, FlagNames which);

} // namespace ipvsctl::tool
