// SPDX-License-Identifier: LGPL-2.1-or-later
/** Real servers of the model as netlink attributes, and back. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/destination.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** The attributes that identify a real server within its service. */
DestAttrs encode_destination_key(const Endpoint &endpoint);

/** The full nest of adding and editing. */
DestAttrs encode_destination(const DestinationConfig &config);

/**
 * The nest of an item of a transaction, without a detour, since there are many of them, and without
 * what the kernel assumes: the service's family, weight 1, no thresholds.
 */
struct DestinationNest {
    const DestinationConfig &config;
    Family service_family;

    void encode(AttrWriter &out) const;
};

/**
 * What identifies a real server; else domain protocol. service_family counts where the kernel
 * does not say the real server's own.
 */
Result<Endpoint> decode_destination_key(const DestAttrs &attrs, Family service_family);

/** The same of all of it. Refuses a nest that lacks what every reply carries (domain protocol). */
Result<Destination> decode_destination(const DestAttrs &attrs, Family service_family);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
