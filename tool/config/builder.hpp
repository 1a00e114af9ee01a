// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Puts a Config together, and refuses what it has twice.
 */
#pragma once

#include "config.hpp"
#include "ipvsctl/result.hpp"
#include "key_hash.hpp"

#include <string>
#include <string_view>

namespace ipvsctl::tool {

// A sentence about a line, as compilers write it.
Error error_at(std::string_view file, std::uint32_t line, std::string_view sentence);

class ConfigBuilder {
public:
    // The file's name is for the errors.
    explicit ConfigBuilder(std::string_view file) : file_(file) {}

    void clear();
    Result<void> add_service(const ServiceKey &key, ServiceConfig config, std::uint32_t line);
    Result<void> add_server(const ServiceKey &service, const DestinationConfig &config,
                            std::uint32_t line);

    // Of the service that was added last.
    void set_config(ServiceConfig config, std::uint32_t scheduler_line)
    {
        config_.back().config = std::move(config);
        config_.back().scheduler_line = scheduler_line;
    }

    Result<Config> finish() &&;

private:
    Result<void> check_servers(const ServiceEntry &service) const;

    std::string_view file_;
    Config config_;
    ByKey<std::size_t> places_;
};

} // namespace ipvsctl::tool
