// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Reads what the table should be, from blocks or from lines as ipvsadm saves them.
 *
 *     file      = { service | rule }
 *     service   = "service" name "{" { [ statement ] end } [ statement ] "}"
 *     name      = ( "tcp" | "udp" | "sctp" ) host [ ":" port ] | "fwmark" mark [ "ipv6" ]
 *     statement = setting | "server" host [ ":" port ] { setting }
 *     setting   = word [ value ]           as the option of the same long name
 *     end       = ";" | end of line
 *     rule      = a line that begins with -A, -a or -C, or with one of their long names
 */
#pragma once

#include "../names.hpp"
#include "config.hpp"
#include "ipvsctl/result.hpp"

#include <string_view>

namespace ipvsctl::tool {

// An error's message is FILE:LINE: and a sentence.
Result<Config> read_config(std::string_view file, std::string_view text, Names &names);

} // namespace ipvsctl::tool
