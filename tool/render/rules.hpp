// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The table as commands that make it again.
 * Also single commands, for events.
 */
#pragma once

#include "../names.hpp"
#include "../report.hpp"

#include <string>

namespace ipvsctl::tool {

void render_rules(std::string &out, const Rules &rules, Names &names);

// One command, such as "-A ", numeric and without an end of line; without settings where there
// are none.
void append_service_rule(std::string &out, std::string_view command, const ServiceKey &key,
                         const ServiceConfig *config, Names &names);
void append_server_rule(std::string &out, std::string_view command, const ServiceKey &service,
                        const Endpoint &endpoint, const DestinationConfig *config, Names &names);

} // namespace ipvsctl::tool
