// SPDX-License-Identifier: GPL-2.0-or-later
#include "builder.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

const Endpoint &endpoint_of(const ServerEntry &server) noexcept
{
    return server.config.endpoint;
}

std::string twice(const std::string &what, std::uint32_t first)
{
    return what + " is in line " + std::to_string(first) + " already";
}

} // namespace

Error error_at(std::string_view file, std::uint32_t line, std::string_view sentence)
{
    std::string text(file);
    text += ':';
    text += std::to_string(line);
    text += ": ";
    text += sentence;
    return parse_error(std::move(text));
}

void ConfigBuilder::clear()
{
    config_.clear();
    places_.clear();
}

Result<void> ConfigBuilder::add_service(const ServiceKey &key, ServiceConfig config,
                                        std::uint32_t line)
{
    const auto [known, is_new] = places_.try_emplace(key, config_.size());
    if (!is_new) {
        return error_at(file_, line,
                        twice("the service " + to_string(key), config_[known->second].line));
    }
    config_.push_back({key, std::move(config), line, line, {}});
    return {};
}

Result<void> ConfigBuilder::add_server(const ServiceKey &service, const DestinationConfig &config,
                                       std::uint32_t line)
{
    if (!config_.empty() && config_.back().key == service) {
        config_.back().servers.push_back({config, line});
        return {};
    }
    const auto known = places_.find(service);
    if (known == places_.end()) {
        return error_at(file_, line, "no line before adds the service " + to_string(service));
    }
    config_[known->second].servers.push_back({config, line});
    return {};
}

// Most files have them in order, and then there is nothing to sort.
Result<void> ConfigBuilder::check_servers(const ServiceEntry &service) const
{
    const auto &servers = service.servers;
    if (std::ranges::adjacent_find(servers, std::ranges::greater_equal{}, endpoint_of) ==
        servers.end()) {
        return {};
    }
    std::vector<const ServerEntry *> sorted;
    sorted.reserve(servers.size());
    for (const ServerEntry &server : servers) {
        sorted.push_back(&server);
    }
    const auto by_endpoint = [](const ServerEntry *server) { return server->config.endpoint; };
    std::ranges::stable_sort(sorted, {}, by_endpoint);
    const auto same = std::ranges::adjacent_find(sorted, {}, by_endpoint);
    if (same == sorted.end()) {
        return {};
    }
    const ServerEntry &second = **std::next(same);
    return error_at(file_, second.line,
                    twice("the real server " + second.config.endpoint.to_string() + " of " +
                              to_string(service.key),
                          (*same)->line));
}

Result<Config> ConfigBuilder::finish() &&
{
    for (const ServiceEntry &service : config_) {
        if (const auto sound = check_servers(service); !sound) {
            return sound.error();
        }
    }
    return std::move(config_);
}

} // namespace ipvsctl::tool
