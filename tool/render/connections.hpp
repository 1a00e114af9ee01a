// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The listing of connections.
 */
#pragma once

#include "../names.hpp"
#include "ipvsctl/connection.hpp"

#include <string>

namespace ipvsctl::tool {

// persistence adds columns for the persistence engine and what it goes by.
void render_connection_title(std::string &out, bool persistence);
void render_connection(std::string &out, const Connection &connection, bool numeric,
                       bool persistence, Names &names);

} // namespace ipvsctl::tool
