// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * The daemons that keep the connections of two directors in step.
 */
#pragma once

#include "ipvsctl/address.hpp"

#include <optional>
#include <string>

namespace ipvsctl {
inline namespace v1 {

/** Which way a daemon works; the kernel's numbers. */
enum class DaemonRole : std::uint32_t {
    master = 1, ///< sends this director's connections to the group
    backup = 2, ///< takes connections from the group
};

/** `master` or `backup`; `unknown` for other numbers. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(DaemonRole role) noexcept;

/** A synchronisation daemon; there is at most one of each role in a network namespace. */
struct SyncDaemon {
    DaemonRole role = DaemonRole::master;
    std::string interface;        ///< at most 15 bytes
    std::uint32_t sync_id = 0;    ///< 0 to 255; a backup with 0 takes every master's messages
    std::uint16_t max_length = 0; ///< of a message, in bytes; 0 follows the interface's MTU
    std::optional<Address> group; ///< multicast; the kernel's own where absent, 224.0.0.81
    std::uint16_t port = 0;       ///< UDP; 0: the kernel's own, 8848
    std::uint8_t ttl = 0;         ///< 0: the kernel's own, 1

    friend bool operator==(const SyncDaemon &, const SyncDaemon &) = default;
};

} // namespace v1
} // namespace ipvsctl
