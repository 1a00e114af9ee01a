// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Command lines, one word per line: the tool understands or refuses them, and refuses with a
 * sentence.
 */
#include "no_names.hpp"
#include "tool/options.hpp"
#include "tool/parse.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace ipvsctl;

namespace {

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines{"ipvsctl"};
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        // A word of a command line ends at its first NUL.
        lines.emplace_back(std::string(text.substr(0, end)).c_str());
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto words = lines_of({reinterpret_cast<const char *>(data), size});
    NoNames names;
    const auto command =
        tool::read_options(words, tool::Voice::ipvsctl).and_then([&](const tool::RawOptions &raw) {
            return tool::parse(raw, names);
        });
    if (!command && command.error().message.empty()) {
        std::abort();
    }
    return 0;
}
