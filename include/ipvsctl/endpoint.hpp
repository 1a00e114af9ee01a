// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Endpoint: an address and a port.
 */
#pragma once

#include "ipvsctl/address.hpp"

namespace ipvsctl {
inline namespace v1 {

/** An address and a port (host order; 0 stands for every port, or for "the packet's own"). */
struct Endpoint {
    Address address;
    std::uint16_t port = 0;

    /**
     * `192.0.2.1:80` or `[2001:db8::1]:80`; the port may be left out and is 0 then (IPv6 may
     * go without brackets in that case). Never a name.
     */
    [[nodiscard]] IPVSCTL_API static Result<Endpoint> parse(std::string_view text);

    /** `192.0.2.1:80` or `[2001:db8::1]:80`, the port always there. */
    [[nodiscard]] IPVSCTL_API std::string to_string() const;

    /** Appends to_string() to a buffer that is being built. */
    IPVSCTL_API void append_to(std::string &out) const;

    friend constexpr auto operator<=>(const Endpoint &, const Endpoint &) noexcept = default;
};

} // namespace v1
} // namespace ipvsctl
