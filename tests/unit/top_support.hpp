// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Tables for tests of top, and its screen as text.
 */
#pragma once

#include "tool/top/layout.hpp"
#include "tool_support.hpp"

namespace ipvsctl::test {

using namespace std::chrono_literals;

inline Stats counted(std::uint64_t connections)
{
    Stats stats;
    stats.connections = connections;
    stats.incoming_packets = 10 * connections;
    stats.outgoing_packets = 8 * connections;
    stats.incoming_bytes = 1000 * connections;
    stats.outgoing_bytes = 50000 * connections;
    return stats;
}

inline ServiceKey web(std::uint32_t last)
{
    return AddressServiceKey{Protocol::tcp, {Address::v4(0xc0000200 + last), 80}};
}

inline Endpoint server(std::uint32_t last)
{
    return {Address::v4(0x0a000000 + last), 8080};
}

inline TableEntry entry(std::uint32_t last, std::uint64_t connections)
{
    TableEntry entry;
    entry.service.key = web(last);
    entry.service.config.scheduler = "wlc";
    entry.service.stats = counted(connections);
    for (std::uint32_t i = 1; i <= 2; i++) {
        Destination destination;
        destination.config.endpoint = server(i);
        destination.config.method = ForwardingMethod::masquerade;
        destination.config.weight = i;
        destination.active_connections = 10 * i + last;
        destination.inactive_connections = i;
        destination.stats = counted(connections * i / 3);
        entry.destinations.push_back(destination);
    }
    return entry;
}

inline std::string text_of(const std::vector<tool::top::Row> &rows)
{
    std::string text;
    for (const auto &row : rows) {
        std::string line;
        for (const auto &piece : row) {
            line += piece.text;
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return text;
}

} // namespace ipvsctl::test
