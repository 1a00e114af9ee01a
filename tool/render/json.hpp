// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Writes a report as the JSON document that Documentation/json/ipvsctl.schema.json describes.
 */
#pragma once

#include "../report.hpp"
#include "json_writer.hpp"

#include <ostream>

namespace ipvsctl::tool {

// Reports that are no listing are written as text or not at all; nothing comes of them here.
void render_json(std::ostream &out, const Report &report);

// The document of connections, of which there may be millions, so that each is written as it
// comes.
class JsonConnections {
public:
    explicit JsonConnections(std::ostream &out);

    void add(const Connection &connection);
    void end();

private:
    JsonWriter json_;
};

} // namespace ipvsctl::tool
