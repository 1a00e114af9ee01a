// SPDX-License-Identifier: GPL-2.0-or-later
#include "connections.hpp"

#include "../block.hpp"
#include "../render/connections.hpp"
#include "../render/json.hpp"

namespace ipvsctl::tool {

namespace {

void write(std::ostream &out, std::string &text)
{
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    text.clear();
}

Result<void> list_as_json(const ListConnections &command, Kernel &kernel, std::ostream &out)
{
    JsonConnections document(out);
    auto listed = kernel.connections(
        command.filter, [&](const Connection &connection) { document.add(connection); });
    if (listed) {
        document.end();
    }
    return listed;
}

} // namespace

// Where nothing can be listed there is no title either.
Result<void> list_connections(const ListConnections &command, Kernel &kernel,
                              const Surroundings &surroundings)
{
    if (command.output == Output::json) {
        return list_as_json(command, kernel, surroundings.out);
    }
    std::string text;
    render_connection_title(text, command.persistence);
    auto listed = kernel.connections(command.filter, [&](const Connection &connection) {
        render_connection(text, connection, command.numeric, command.persistence,
                          surroundings.names);
        if (text.size() >= block_size) {
            write(surroundings.out, text);
        }
    });
    if (listed) {
        write(surroundings.out, text);
    }
    return listed;
}

} // namespace ipvsctl::tool
