// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/protocol.hpp"

namespace ipvsctl {
inline namespace v1 {

std::string_view to_string(Protocol protocol) noexcept
{
    switch (protocol) {
    case Protocol::tcp:
        return "TCP";
    case Protocol::udp:
        return "UDP";
    case Protocol::sctp:
        return "SCTP";
    }
    return "IP";
}

} // namespace v1
} // namespace ipvsctl
