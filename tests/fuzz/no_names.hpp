// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "tool/names.hpp"

// Knows nobody, so that no name leaves the machine.
class NoNames final : public ipvsctl::tool::Names {
public:
    std::optional<ipvsctl::Address> address_of(const std::string &) override
    {
        return std::nullopt;
    }
    std::optional<std::string> host_of(const ipvsctl::Address &) override { return std::nullopt; }
    std::optional<std::uint16_t> port_of(const std::string &, ipvsctl::Protocol) override
    {
        return std::nullopt;
    }
    std::optional<std::string> service_of(std::uint16_t, ipvsctl::Protocol) override
    {
        return std::nullopt;
    }
};
