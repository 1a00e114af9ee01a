// SPDX-License-Identifier: LGPL-2.1-or-later
/** Makes a client over any transport; its tests bring one of their own. */
#pragma once

#include "ipvsctl/client.hpp"
#include "transport/connect.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

struct ClientFactory {
    static Client make(Link link);
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
