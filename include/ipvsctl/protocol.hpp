// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Protocol: the transport protocol of a virtual service.
 */
#pragma once

#include "ipvsctl/export.hpp"

#include <cstdint>
#include <string_view>

namespace ipvsctl {
inline namespace v1 {

/** Transport protocols by their IP protocol number; the kernel may report others. */
enum class Protocol : std::uint16_t {
    tcp = 6,
    udp = 17,
    sctp = 132,
};

/** `TCP`, `UDP`, `SCTP`; for any other number `IP`. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(Protocol protocol) noexcept;

} // namespace v1
} // namespace ipvsctl
