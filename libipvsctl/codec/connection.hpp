// SPDX-License-Identifier: LGPL-2.1-or-later
/** Connections of the model from netlink attributes, and what is to be chosen as such. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/connection.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Refuses a filter that nothing can match (domain usage). */
Result<ConnAttrs> encode_connection_filter(const ConnectionFilter &filter);

/** Refuses a nest that lacks what every reply carries (domain protocol). */
Result<Connection> decode_connection(const ConnAttrs &attrs);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
