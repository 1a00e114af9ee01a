// SPDX-License-Identifier: LGPL-2.1-or-later
/** A line of /proc/net/ip_vs_conn, which is where ip_vs shows its connections. */
#pragma once

#include "ipvsctl/connection.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Takes a line without its newline; not the title, which has no port in its third column. */
Result<Connection> parse_proc_connection(std::string_view line);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
