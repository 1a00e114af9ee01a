// SPDX-License-Identifier: LGPL-2.1-or-later
/** What a balancer can do: from netlink attributes of nfvs, from the names of ip_vs's modules. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/limits.hpp"

#include <string_view>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Refuses an answer that leaves something out (domain protocol). */
Result<Limits> decode_limits(const LimitsAttrs &attrs);

/** ip_vs, without schedulers and persistence engines. */
Limits limits_of_ip_vs();

/**
 * A line of modules.dep or modules.builtin: adds the scheduler or persistence engine that is the
 * module, if it is one.
 */
void take_module(std::string_view line, std::vector<std::string> &schedulers,
                 std::vector<std::string> &persistence_engines);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
