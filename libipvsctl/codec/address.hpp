// SPDX-License-Identifier: LGPL-2.1-or-later
/** Addresses and address families of the model as netlink carries them. */
#pragma once

#include "ipvsctl/address.hpp"
#include "nla.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** 16 bytes for either family, which every version of the kernel takes. */
Bytes encode_address(const Address &address);

/** name is the attribute's, for the error. */
Result<Address> decode_address(Family family, const Bytes &bytes, std::string_view name);

Result<Family> decode_family(std::uint16_t number, std::string_view name);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
