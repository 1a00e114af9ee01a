// SPDX-License-Identifier: GPL-2.0-or-later
#include "surroundings.hpp"

#include "block.hpp"

#include <vector>

namespace ipvsctl::tool {

std::string read_all(const Surroundings &surroundings)
{
    std::string text;
    std::vector<char> chunk(block_size);
    while (const std::size_t size = surroundings.read(chunk)) {
        text.append(chunk.data(), size);
    }
    return text;
}

} // namespace ipvsctl::tool
