// SPDX-License-Identifier: LGPL-2.1-or-later
/** What the module says about itself. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/info.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Refuses an answer without version or table size (domain protocol). */
Result<Info> decode_info(const InfoAttrs &attrs);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
