// SPDX-License-Identifier: LGPL-2.1-or-later
/** Finds the module that balances, loading one if none is there. */
#pragma once

#include "transport.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

struct Link {
    std::unique_ptr<Transport> transport;
    std::string family; ///< the name that it was found by: NFVS or IPVS
};

/**
 * The family NFVS, else IPVS. Where the kernel has neither and load_module is set, the modules
 * nfvs and then ip_vs are tried, as far as the process may load modules.
 */
Result<Link> connect(bool load_module);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
