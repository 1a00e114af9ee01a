// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Services by their key.
 */
#pragma once

#include "ipvsctl/service.hpp"

#include <array>
#include <bit>
#include <unordered_map>

namespace ipvsctl::tool {

struct KeyHash {
    std::size_t operator()(const ServiceKey &key) const noexcept
    {
        if (const auto *mark = std::get_if<FwmarkServiceKey>(&key)) {
            return mix(mark->fwmark, static_cast<std::uint64_t>(mark->family));
        }
        const auto &by_address = *std::get_if<AddressServiceKey>(&key);
        const auto &raw = by_address.endpoint.address.raw();
        const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(raw);
        const auto rest = static_cast<std::uint64_t>(by_address.protocol) << 16 |
                          std::uint64_t{by_address.endpoint.port};
        return mix(mix(halves[0], halves[1]), rest);
    }

private:
    static constexpr std::size_t mix(std::uint64_t a, std::uint64_t b) noexcept
    {
        constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
        const std::uint64_t product = (a ^ std::rotl(b * odd, 31)) * odd;
        return static_cast<std::size_t>(product ^ product >> 32);
    }
};

template <typename Value> using ByKey = std::unordered_map<ServiceKey, Value, KeyHash>;

} // namespace ipvsctl::tool
