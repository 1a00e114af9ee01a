// SPDX-License-Identifier: LGPL-2.1-or-later
/** Event counters of the model from netlink attributes. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/counter.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Refuses a counter without name or value (domain protocol). */
Result<Counter> decode_counter(const CounterAttrs &attrs);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
