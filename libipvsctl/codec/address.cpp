// SPDX-License-Identifier: LGPL-2.1-or-later
#include "address.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Bytes encode_address(const Address &address)
{
    return Bytes(address.raw().begin(), address.raw().end());
}

Result<Address> decode_address(Family family, const Bytes &bytes, std::string_view name)
{
    auto address = Address::from_bytes(family, bytes);
    if (!address)
        return protocol_error("the kernel sent an address of " + std::to_string(bytes.size()) +
                                  " bytes",
                              std::string(name));
    return address;
}

Result<Family> decode_family(std::uint16_t number, std::string_view name)
{
    const auto family = static_cast<Family>(number);
    if (family != Family::inet && family != Family::inet6)
        return protocol_error("the kernel sent the address family " + std::to_string(number),
                              std::string(name));
    return family;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
