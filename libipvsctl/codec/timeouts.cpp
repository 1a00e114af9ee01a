// SPDX-License-Identifier: LGPL-2.1-or-later
#include "timeouts.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

NfvsAttrs encode_timeouts(const Timeouts &timeouts)
{
    NfvsAttrs attrs;
    attrs.timeout_tcp = timeouts.tcp;
    attrs.timeout_tcp_fin = timeouts.tcp_fin;
    attrs.timeout_udp = timeouts.udp;
    return attrs;
}

Timeouts decode_timeouts(const NfvsAttrs &attrs) noexcept
{
    return {.tcp = attrs.timeout_tcp.value_or(0),
            .tcp_fin = attrs.timeout_tcp_fin.value_or(0),
            .udp = attrs.timeout_udp.value_or(0)};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
