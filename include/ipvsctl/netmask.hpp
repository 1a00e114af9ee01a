// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Netmask: how much of a client's address persistence looks at.
 */
#pragma once

#include "ipvsctl/address.hpp"

#include <bit>

namespace ipvsctl {
inline namespace v1 {

/**
 * The granularity of persistence: for IPv4 any 32-bit mask (the kernel does not ask for a
 * contiguous one), for IPv6 a prefix length.
 */
class Netmask {
public:
    /** 255.255.255.255: each IPv4 client by itself. */
    constexpr Netmask() noexcept = default;

    /** Each client by itself: /32 or /128. */
    [[nodiscard]] static constexpr Netmask host(Family family) noexcept
    {
        return family == Family::inet ? v4(0xffffffff) : v6(128);
    }

    /** An IPv4 mask in host order: 0xffffff00 is /24. */
    [[nodiscard]] static constexpr Netmask v4(std::uint32_t mask) noexcept
    {
        return Netmask(Family::inet, mask);
    }

    /** An IPv6 prefix length; the kernel accepts 1 to 128. */
    [[nodiscard]] static constexpr Netmask v6(std::uint32_t prefix_length) noexcept
    {
        return Netmask(Family::inet6, prefix_length);
    }

    /** A dotted mask for IPv4, a number from 1 to 128 for IPv6. */
    [[nodiscard]] IPVSCTL_API static Result<Netmask> parse(Family family, std::string_view text);

    [[nodiscard]] constexpr Family family() const noexcept { return family_; }

    /** The mask in host order (IPv4), or the prefix length (IPv6). */
    [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }

    /** Whether it keeps each client by itself. */
    [[nodiscard]] constexpr bool is_host() const noexcept { return *this == host(family_); }

    /** The number of bits that count. */
    [[nodiscard]] constexpr int prefix_length() const noexcept
    {
        return family_ == Family::inet ? std::popcount(value_) : static_cast<int>(value_);
    }

    /** `255.255.255.0` or `64`. */
    [[nodiscard]] IPVSCTL_API std::string to_string() const;

    friend constexpr bool operator==(const Netmask &, const Netmask &) noexcept = default;

private:
    constexpr Netmask(Family family, std::uint32_t value) noexcept : family_(family), value_(value)
    {}

    Family family_ = Family::inet;
    std::uint32_t value_ = 0xffffffff;
};

} // namespace v1
} // namespace ipvsctl
