// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which options go with which command, and which tunnel options with which tunnel type: two
 * constant tables and the sentences that say what is wrong.
 */
#pragma once

#include "grammar.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/result.hpp"

namespace ipvsctl::tool {

enum class Presence : std::uint8_t {
    forbidden,
    allowed,
    required,
    exclusive, // allowed, but only one of those that are exclusive for the same command
};

Presence presence(CommandId command, Group group) noexcept;
Presence presence(TunnelType type, Group group) noexcept;

Result<void> check_options(CommandId command, const GroupSet &given);

// Only the tunnel options among the given ones are looked at.
Result<void> check_tunnel_options(TunnelType type, const GroupSet &given);

// The groups of the tunnel options.
inline constexpr std::array tunnel_groups{
    Group::tun_type, Group::tun_port, Group::tun_nocsum, Group::tun_csum, Group::tun_remcsum,
};

} // namespace ipvsctl::tool
