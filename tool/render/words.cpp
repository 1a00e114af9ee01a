// SPDX-License-Identifier: GPL-2.0-or-later
#include "words.hpp"

#include "column.hpp"

namespace ipvsctl::tool {

void append_host(std::string &out, const Address &address, bool numeric, Names &names)
{
    const bool brackets = address.is_v6();
    if (brackets) {
        out += '[';
    }
    if (const auto host = numeric ? std::nullopt : names.host_of(address)) {
        out += *host;
    } else {
        address.append_to(out);
    }
    if (brackets) {
        out += ']';
    }
}

void append_port(std::string &out, std::uint16_t port, std::optional<Protocol> protocol,
                 bool numeric, Names &names)
{
    out += ':';
    const bool may_have_name = protocol && !numeric;
    if (const auto service = may_have_name ? names.service_of(port, *protocol) : std::nullopt) {
        out += *service;
    } else {
        append_number(out, port);
    }
}

void append_endpoint(std::string &out, const Endpoint &endpoint, std::optional<Protocol> protocol,
                     bool numeric, Names &names)
{
    append_host(out, endpoint.address, numeric, names);
    append_port(out, endpoint.port, protocol, numeric, names);
}

void append_sched_flags(std::string &out, const ServiceConfig &config, FlagNames which)
{
    using namespace service_flag;
    const std::string_view third = which == FlagNames::saved ? "flag-3" : "";
    std::array<std::string_view, 3> names{"flag-1", "flag-2", "flag-3"};
    if (config.scheduler == "sh") {
        names = {"sh-fallback", "sh-port", third};
    } else if (config.scheduler == "mh") {
        names = {"mh-fallback", "mh-port", third};
    }
    constexpr std::array bits{sched1, sched2, sched3};
    std::string_view separator = "";
    for (std::size_t i = 0; i < bits.size(); i++) {
        if ((config.flags & bits[i]) == 0 || names[i].empty()) {
            continue;
        }
        out += separator;
        out += names[i];
        separator = ",";
    }
}

} // namespace ipvsctl::tool
