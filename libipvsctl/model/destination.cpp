// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/destination.hpp"

namespace ipvsctl {
inline namespace v1 {

std::string_view to_string(ForwardingMethod method) noexcept
{
    switch (method) {
    case ForwardingMethod::masquerade:
        return "Masq";
    case ForwardingMethod::local:
        return "Local";
    case ForwardingMethod::tunnel:
        return "Tunnel";
    case ForwardingMethod::direct:
        return "Route";
    case ForwardingMethod::bypass:
        return "Bypass";
    }
    return "Unknown";
}

std::string_view to_string(TunnelType type) noexcept
{
    switch (type) {
    case TunnelType::ipip:
        return "ipip";
    case TunnelType::gue:
        return "gue";
    case TunnelType::gre:
        return "gre";
    }
    return "unknown";
}

} // namespace v1
} // namespace ipvsctl
