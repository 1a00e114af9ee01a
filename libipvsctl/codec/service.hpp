// SPDX-License-Identifier: LGPL-2.1-or-later
/** Virtual services of the model as netlink attributes, and back. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/service.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** The attributes that identify a service, which is all that most commands need. */
SvcAttrs encode_service_key(const ServiceKey &key);

/** The full nest of adding and editing. Refuses what cannot be expressed (domain usage). */
Result<SvcAttrs> encode_service(const ServiceKey &key, const ServiceConfig &config);

/** Refuses a nest that does not identify a service (domain protocol). */
Result<ServiceKey> decode_service_key(const SvcAttrs &attrs);

/** Refuses a nest that lacks what every reply carries (domain protocol). */
Result<Service> decode_service(const SvcAttrs &attrs);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
