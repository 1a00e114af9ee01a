// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Texts of addresses, endpoints and netmasks: what is accepted survives being written and read
 * again.
 */
#include "ipvsctl/endpoint.hpp"
#include "ipvsctl/netmask.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace ipvsctl;

namespace {

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

void check_netmask(Family family, std::string_view text)
{
    const auto netmask = Netmask::parse(family, text);
    if (netmask) {
        require(netmask->family() == family);
        require(Netmask::parse(family, netmask->to_string()).value() == *netmask);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (const auto address = Address::parse(text)) {
        require(Address::parse(address->to_string()).value() == *address);
        require(Address::from_bytes(address->family(), address->bytes()).value() == *address);
    }
    if (const auto endpoint = Endpoint::parse(text)) {
        require(Endpoint::parse(endpoint->to_string()).value() == *endpoint);
    }
    check_netmask(Family::inet, text);
    check_netmask(Family::inet6, text);
    return 0;
}
