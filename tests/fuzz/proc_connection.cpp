// SPDX-License-Identifier: GPL-2.0-or-later
/** A line of /proc/net/ip_vs_conn: what is understood matches a filter made of it. */
#include "../../libipvsctl/codec/proc_connection.hpp"
#include "input.hpp"

using namespace ipvsctl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto connection =
        detail::parse_proc_connection({reinterpret_cast<const char *>(data), size});
    if (!connection) {
        must(connection.error().domain == Domain::protocol);
        return 0;
    }
    const auto end = [](const Endpoint &endpoint) {
        return EndpointFilter{Prefix::host(endpoint.address), endpoint.port};
    };
    ConnectionFilter filter;
    filter.protocol = connection->protocol;
    filter.client = end(connection->client);
    filter.virtual_server = end(connection->virtual_server);
    filter.real_server = end(connection->real_server);
    filter.state = connection->state;
    must(filter.matches(*connection));
    must(protocol_number(protocol_name(connection->protocol)) == connection->protocol);
    return 0;
}
