// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>

namespace ipvsctl::tool {

/// How many bytes are read, or gathered before they are written, at a time: enough for a call to
/// the kernel not to matter, and little to hold.
constexpr std::size_t block_size = std::size_t{64} << 10;

} // namespace ipvsctl::tool
