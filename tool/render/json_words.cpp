// SPDX-License-Identifier: GPL-2.0-or-later
#include "json_words.hpp"

#include "ipvsctl/connection.hpp"

#include <algorithm>

namespace ipvsctl::tool {

std::string lower_case(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

std::string json_protocol(std::uint16_t protocol)
{
    return lower_case(protocol_name(protocol));
}

std::string_view json_family(Family family) noexcept
{
    return family == Family::inet6 ? "ipv6" : "ipv4";
}

void write_endpoint(JsonWriter &json, const Endpoint &endpoint)
{
    json.member("address", endpoint.address.to_string());
    json.member("port", endpoint.port);
}

void write_balancer(JsonWriter &json, const Info &info)
{
    json.key("balancer");
    json.begin_object();
    json.member("interface", info.version_string());
    json.member("module", info.module);
    json.member("connection_table_size", info.connection_table_size);
    json.member("connections", info.connections);
    json.member("connection_limit", info.connection_limit);
    json.end_object();
}

} // namespace ipvsctl::tool
