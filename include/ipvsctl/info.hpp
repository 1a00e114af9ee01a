// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * What the kernel module says about itself.
 */
#pragma once

#include "ipvsctl/export.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ipvsctl {
inline namespace v1 {

/** The module behind a client. The optional members are there if it is nfvs. */
struct Info {
    std::uint32_t version = 0; ///< of the IPVS interface: 0x010201 is 1.2.1
    std::uint32_t connection_table_size = 0;
    std::optional<std::string> module;             ///< "nfvs 0.1.0"
    std::optional<std::uint64_t> connections;      ///< entries in the connection table
    std::optional<std::uint64_t> connection_limit; ///< the most that it will hold
    std::optional<std::uint64_t> generation = {};  ///< counts changes of services and real servers

    /** The interface version as `1.2.1`. */
    [[nodiscard]] IPVSCTL_API std::string version_string() const;

    friend bool operator==(const Info &, const Info &) = default;
};

} // namespace v1
} // namespace ipvsctl
