// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The words of a block: those of the options, and shorter ones for the forwarding methods.
 */
#pragma once

#include "../grammar.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ipvsctl::tool {

// The word for the way to a real server, as it is written.
inline constexpr std::string_view word_nat = "nat";
inline constexpr std::string_view word_direct = "direct";
inline constexpr std::string_view word_tunnel = "tunnel";

// The option that a word of a service, or of a real server, stands for: command is add_service or
// add_server.
const OptionSpec *find_setting(CommandId command, std::string_view word) noexcept;

// The setting that an unknown word may have meant; empty if it is like none.
std::string nearest_setting(CommandId command, std::string_view word);

// tcp, udp, sctp or fwmark.
std::optional<OptionId> find_kind(std::string_view word) noexcept;

} // namespace ipvsctl::tool
