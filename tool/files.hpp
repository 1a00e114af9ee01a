// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Files, whole.
 */
#pragma once

#include "ipvsctl/result.hpp"

#include <string>
#include <string_view>

namespace ipvsctl::tool {

// All that is in a file. An error's message has its name.
Result<std::string> read_file(const std::string &path);

// Replaces what is in a file, or makes it: whoever reads it, and whatever happens, finds the old
// text or the new one. Its permissions stay.
Result<void> replace_file(const std::string &path, std::string_view text);

} // namespace ipvsctl::tool
