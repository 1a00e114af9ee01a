// SPDX-License-Identifier: LGPL-2.1-or-later
/** Finds the module that balances, loading one if none is there. */
#pragma once

#include "netns.hpp"
#include "nl_transport.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

struct Link {
    std::unique_ptr<Transport> transport;
    std::string family; ///< the name that it was found by: NFVS or IPVS
    std::uint32_t port_id = 0;
    Namespace network_namespace = {};
};

/**
 * The family NFVS, else IPVS; ENOPROTOOPT where the kernel has neither. If load_module is set, the
 * modules nfvs and then ip_vs are tried before, as far as the process may load modules.
 */
Result<FamilyId> find_balancer(nl_sock *socket, bool load_module);

/** To that family in a network namespace, as ClientOptions names it. */
Result<Link> connect(bool load_module, const std::string &network_namespace);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
