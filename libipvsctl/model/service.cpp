// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/service.hpp"

namespace ipvsctl {
inline namespace v1 {

Family family_of(const ServiceKey &key) noexcept
{
    if (const auto *by_address = std::get_if<AddressServiceKey>(&key))
        return by_address->endpoint.address.family();
    return std::get_if<FwmarkServiceKey>(&key)->family;
}

std::uint16_t port_of(const ServiceKey &key) noexcept
{
    const auto *by_address = std::get_if<AddressServiceKey>(&key);
    return by_address ? by_address->endpoint.port : std::uint16_t{0};
}

std::string to_string(const ServiceKey &key)
{
    if (const auto *by_address = std::get_if<AddressServiceKey>(&key)) {
        std::string text(to_string(by_address->protocol));
        text += ' ';
        by_address->endpoint.append_to(text);
        return text;
    }
    const auto &by_mark = *std::get_if<FwmarkServiceKey>(&key);
    std::string text = "FWM " + std::to_string(by_mark.fwmark);
    if (by_mark.family == Family::inet6)
        text += " IPv6";
    return text;
}

std::string_view to_string(Removal removal) noexcept
{
    switch (removal) {
    case Removal::by_default:
        return "default";
    case Removal::reschedule:
        return "resched";
    case Removal::drop:
        return "drop";
    case Removal::reset:
        return "reset";
    }
    return "unknown";
}

std::string_view to_string(FastPath fastpath) noexcept
{
    switch (fastpath) {
    case FastPath::off:
        return "off";
    case FastPath::automatic:
        return "auto";
    case FastPath::always:
        return "always";
    case FastPath::by_default:
        return "default";
    }
    return "unknown";
}

} // namespace v1
} // namespace ipvsctl
