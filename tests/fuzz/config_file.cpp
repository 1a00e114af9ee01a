// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Configuration files: what can be read can be saved, and what is saved means the same.
 */
#include "../../tool/config/plan.hpp"
#include "../../tool/config/reader.hpp"
#include "../../tool/render/config.hpp"
#include "input.hpp"
#include "no_names.hpp"

#include <algorithm>
#include <string>

using namespace ipvsctl;

namespace {

// No scheduler or engine has such a name, so that the kernel would refuse it.
bool is_odd(const std::string &name)
{
    return name.find_first_of("{};#") != std::string::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    NoNames names;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto config = tool::read_config("f", text, names);
    if (!config) {
        must(config.error().message.starts_with("f:"));
        return 0;
    }
    std::vector<TableEntry> table;
    for (const tool::ServiceEntry &service : *config) {
        if (is_odd(service.config.scheduler) || is_odd(service.config.persistence_engine))
            return 0;
        TableEntry entry{.service = {.key = service.key, .config = service.config, .stats = {}},
                         .destinations = {}};
        for (const tool::ServerEntry &server : service.servers)
            entry.destinations.push_back({.config = server.config, .stats = {}});
        table.push_back(std::move(entry));
    }
    must(tool::make_plan(*config, table).empty());
    std::string saved;
    tool::render_config(saved, table);
    const auto again = tool::read_config("f", saved, names);
    must(again.has_value());
    must(tool::make_plan(*again, table).empty());
    return 0;
}
