// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * The version of the library that a program runs with.
 */
#pragma once

#include "ipvsctl/export.hpp"

#include <string_view>

namespace ipvsctl {
inline namespace v1 {

/** For example `0.1.0`. */
[[nodiscard]] IPVSCTL_API std::string_view version() noexcept;

} // namespace v1
} // namespace ipvsctl
