// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/daemon.hpp"

namespace ipvsctl {
inline namespace v1 {

std::string_view to_string(DaemonRole role) noexcept
{
    switch (role) {
    case DaemonRole::master:
        return "master";
    case DaemonRole::backup:
        return "backup";
    }
    return "unknown";
}

} // namespace v1
} // namespace ipvsctl
