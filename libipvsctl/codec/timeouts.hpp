// SPDX-License-Identifier: LGPL-2.1-or-later
/** The timeouts that can be set at run time; they stand at the top level of a message. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/timeouts.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

NfvsAttrs encode_timeouts(const Timeouts &timeouts);

/** A kernel without TCP or UDP balancing leaves that protocol's out, which gives 0. */
Timeouts decode_timeouts(const NfvsAttrs &attrs) noexcept;

} // namespace detail
} // namespace v1
} // namespace ipvsctl
