// SPDX-License-Identifier: LGPL-2.1-or-later
/** Statistics of the model from the two nests that carry them. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/stats.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** From the 64-bit nest where there is one; old kernels send only the other. */
Stats decode_stats(const std::optional<StatsAttrs> &narrow,
                   const std::optional<Stats64Attrs> &wide) noexcept;

} // namespace detail
} // namespace v1
} // namespace ipvsctl
