// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Host names and service names, behind an interface that a test can play.
 */
#pragma once

#include "ipvsctl/address.hpp"
#include "ipvsctl/protocol.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace ipvsctl::tool {

class Names {
public:
    Names() = default;
    Names(const Names &) = delete;
    Names &operator=(const Names &) = delete;
    virtual ~Names() = default;

    // The first IPv4 address of a host.
    virtual std::optional<Address> address_of(const std::string &host) = 0;
    virtual std::optional<std::string> host_of(const Address &address) = 0;

    virtual std::optional<std::uint16_t> port_of(const std::string &service, Protocol protocol) = 0;
    virtual std::optional<std::string> service_of(std::uint16_t port, Protocol protocol) = 0;
};

// Asks the system, and asks only once about the same address or port.
class SystemNames final : public Names {
public:
    std::optional<Address> address_of(const std::string &host) override;
    std::optional<std::string> host_of(const Address &address) override;
    std::optional<std::uint16_t> port_of(const std::string &service, Protocol protocol) override;
    std::optional<std::string> service_of(std::uint16_t port, Protocol protocol) override;

private:
    std::map<Address, std::optional<std::string>> hosts_;
    std::map<std::pair<std::uint16_t, Protocol>, std::optional<std::string>> services_;
};

} // namespace ipvsctl::tool
