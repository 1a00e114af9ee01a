// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/endpoint.hpp"

#include <array>
#include <charconv>

namespace ipvsctl {
inline namespace v1 {

namespace {

struct EndpointText {
    std::string_view address;
    std::string_view port;
    bool has_port;
};

/* A colon separates the port unless there are several outside brackets: then it is bare IPv6. */
Result<EndpointText> split(std::string_view text)
{
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        if (bracket == std::string_view::npos)
            return parse_error("'" + std::string(text) + "' lacks a closing bracket");
        const auto address = text.substr(1, bracket - 1);
        const auto rest = text.substr(bracket + 1);
        if (address.find(':') == std::string_view::npos)
            return parse_error("'" + std::string(text) + "': brackets are for IPv6 addresses");
        if (rest.empty())
            return EndpointText{address, {}, false};
        if (rest.front() != ':')
            return parse_error("'" + std::string(text) + "': expected ':' after the bracket");
        return EndpointText{address, rest.substr(1), true};
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return EndpointText{text, {}, false};
    return EndpointText{text.substr(0, colon), text.substr(colon + 1), true};
}

Result<std::uint16_t> parse_port(std::string_view text)
{
    std::uint16_t port = 0;
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, port);
    if (problem != std::errc{} || stop != end)
        return parse_error("'" + std::string(text) + "' is not a port number");
    return port;
}

} // namespace

Result<Endpoint> Endpoint::parse(std::string_view text)
{
    auto parts = split(text);
    if (!parts)
        return std::move(parts).error();
    auto address = Address::parse(parts->address);
    if (!address)
        return std::move(address).error();
    Endpoint endpoint{*address, 0};
    if (parts->has_port) {
        auto port = parse_port(parts->port);
        if (!port)
            return std::move(port).error();
        endpoint.port = *port;
    }
    return endpoint;
}

void Endpoint::append_to(std::string &out) const
{
    if (address.is_v6())
        out += '[';
    address.append_to(out);
    if (address.is_v6())
        out += ']';
    std::array<char, 8> digits{':'};
    const auto result = std::to_chars(digits.data() + 1, digits.data() + digits.size(), port);
    out.append(digits.data(), static_cast<std::size_t>(result.ptr - digits.data()));
}

std::string Endpoint::to_string() const
{
    std::string text;
    append_to(text);
    return text;
}

} // namespace v1
} // namespace ipvsctl
