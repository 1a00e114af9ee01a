// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A line of a file of commands: the words of a command line, with blanks between.
 */
#pragma once

#include "grammar.hpp"
#include "ipvsctl/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ipvsctl::tool {

class LineReader {
public:
    LineReader(const std::string &program, Voice voice) : words_{program}, voice_(voice) {}

    // Nothing for a line without words. The program's name may stand in front of the command.
    std::optional<Result<RawOptions>> read(std::string_view line);

private:
    std::size_t split(std::string_view line);

    std::vector<std::string> words_; // grows, so that their memory is used again
    Voice voice_;
};

} // namespace ipvsctl::tool
