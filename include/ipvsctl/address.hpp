// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Address: an IPv4 or IPv6 address.
 */
#pragma once

#include "ipvsctl/result.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ipvsctl {
inline namespace v1 {

/** Address families, with the numbers that the kernel uses. */
enum class Family : std::uint16_t {
    inet = 2,
    inet6 = 10,
};

/**
 * An IPv4 or IPv6 address: a family and its bytes in network order.
 *
 * Trivially copyable. The order is by family (IPv4 first), then by unsigned value. Bytes that the
 * family does not use are zero. The default is 0.0.0.0.
 */
class Address {
public:
    static constexpr std::size_t max_size = 16;

    constexpr Address() noexcept = default;

    /** The unspecified address of a family: 0.0.0.0 or ::. */
    [[nodiscard]] static constexpr Address any(Family family) noexcept
    {
        Address address;
        address.family_ = family;
        return address;
    }

    /** An IPv4 address from its value in host order: 0x7f000001 is 127.0.0.1. */
    [[nodiscard]] static constexpr Address v4(std::uint32_t value) noexcept
    {
        Address address;
        for (std::size_t i = 0; i < 4; i++)
            address.bytes_[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
        return address;
    }

    /** An IPv6 address from its bytes in network order. */
    [[nodiscard]] static constexpr Address
    v6(const std::array<std::uint8_t, max_size> &bytes) noexcept
    {
        Address address;
        address.family_ = Family::inet6;
        address.bytes_ = bytes;
        return address;
    }

    /**
     * From bytes in network order as netlink carries them: at least 4 for IPv4, at least 16 for
     * IPv6; more are ignored.
     */
    [[nodiscard]] IPVSCTL_API static Result<Address>
    from_bytes(Family family, std::span<const std::uint8_t> bytes);

    /** A dotted quad or an IPv6 address in any usual form, without brackets; never a name. */
    [[nodiscard]] IPVSCTL_API static Result<Address> parse(std::string_view text);

    [[nodiscard]] constexpr Family family() const noexcept { return family_; }
    [[nodiscard]] constexpr bool is_v4() const noexcept { return family_ == Family::inet; }
    [[nodiscard]] constexpr bool is_v6() const noexcept { return family_ == Family::inet6; }

    /** The bytes in network order, 4 or 16 of them. */
    [[nodiscard]] constexpr std::span<const std::uint8_t> bytes() const noexcept
    {
        return std::span<const std::uint8_t>(bytes_).first(is_v4() ? 4 : max_size);
    }

    /** All 16 bytes; those beyond an IPv4 address are zero. */
    [[nodiscard]] constexpr const std::array<std::uint8_t, max_size> &raw() const noexcept
    {
        return bytes_;
    }

    /** The value of an IPv4 address in host order (the first four bytes of an IPv6 one). */
    [[nodiscard]] constexpr std::uint32_t v4_value() const noexcept
    {
        return std::uint32_t{bytes_[0]} << 24 | std::uint32_t{bytes_[1]} << 16 |
               std::uint32_t{bytes_[2]} << 8 | std::uint32_t{bytes_[3]};
    }

    /** 224.0.0.0/4 or ff00::/8. */
    [[nodiscard]] constexpr bool is_multicast() const noexcept
    {
        return is_v4() ? (bytes_[0] & 0xf0) == 0xe0 : bytes_[0] == 0xff;
    }

    /** Text without brackets: 192.0.2.1 or 2001:db8::1. */
    [[nodiscard]] IPVSCTL_API std::string to_string() const;

    /** Appends to_string() to a buffer that is being built. */
    IPVSCTL_API void append_to(std::string &out) const;

    friend constexpr auto operator<=>(const Address &, const Address &) noexcept = default;

private:
    Family family_ = Family::inet;
    std::array<std::uint8_t, max_size> bytes_{};
};

static_assert(std::is_trivially_copyable_v<Address>);

} // namespace v1
} // namespace ipvsctl
