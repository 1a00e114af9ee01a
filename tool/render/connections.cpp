// SPDX-License-Identifier: GPL-2.0-or-later
#include "connections.hpp"

#include "column.hpp"
#include "words.hpp"

namespace ipvsctl::tool {

namespace {

constexpr std::size_t state_width = 11;
constexpr std::size_t endpoint_width = 18;

// MM:SS, or more digits of minutes.
void append_duration(std::string &out, std::uint32_t seconds)
{
    std::string text;
    for (const std::uint32_t part : {seconds / 60, seconds % 60}) {
        text += part < 10 ? "0" : "";
        append_number(text, part);
        text += ':';
    }
    text.pop_back();
    append_left(out, text, 6);
}

std::optional<Protocol> transport_of(const Connection &connection) noexcept
{
    for (const auto protocol : {Protocol::tcp, Protocol::udp, Protocol::sctp}) {
        if (connection.protocol == static_cast<std::uint16_t>(protocol)) {
            return protocol;
        }
    }
    return std::nullopt;
}

} // namespace

void render_connection_title(std::string &out, bool persistence)
{
    out += "IPVS connection entries\n"
           "pro expire state       source             virtual            destination";
    out += persistence ? "        pe name          pe_data\n" : "\n";
}

// The widths behind the destination are other than in the title, as they always were.
void render_connection(std::string &out, const Connection &connection, bool numeric,
                       bool persistence, Names &names)
{
    const auto protocol = transport_of(connection);
    append_left(out, protocol_name(connection.protocol), 3);
    out += ' ';
    append_duration(out, connection.expires);
    out += ' ';
    append_left(out, connection.state, state_width);
    for (const Endpoint *end : {&connection.client, &connection.virtual_server}) {
        std::string text;
        append_endpoint(text, *end, protocol, numeric, names);
        out += ' ';
        append_left(out, text, endpoint_width);
    }
    std::string server;
    append_endpoint(server, connection.real_server, protocol, numeric, names);
    out += ' ';
    if (persistence && !connection.persistence_data.empty()) {
        append_left(out, server, 16);
        out += ' ';
        append_left(out, connection.persistence_engine, endpoint_width);
        out += ' ';
        out += connection.persistence_data;
    } else {
        out += server;
    }
    out += '\n';
}

} // namespace ipvsctl::tool
