// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.hpp"

#include "settings.hpp"

namespace ipvsctl::tool {

void render_config(std::string &out, const std::vector<TableEntry> &services)
{
    // Whoever reads it knows that it was written.
    out += services.empty() ? "# no services\n" : "";
    bool first = true;
    for (const TableEntry &entry : services) {
        out += first ? "service " : "\nservice ";
        first = false;
        append_service_name(out, entry.service.key);
        out += " {";
        append_service_settings(out, entry.service.config, "\n    ");
        for (const Destination &server : entry.destinations) {
            out += "\n    server ";
            append_server(out, server.config);
        }
        out += "\n}\n";
    }
}

} // namespace ipvsctl::tool
