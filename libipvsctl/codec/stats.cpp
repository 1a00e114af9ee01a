// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stats.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

template <typename Attrs> Stats from(const Attrs &attrs) noexcept
{
    return {
        .connections = attrs.conns.value_or(0),
        .incoming_packets = attrs.inpkts.value_or(0),
        .outgoing_packets = attrs.outpkts.value_or(0),
        .incoming_bytes = attrs.inbytes.value_or(0),
        .outgoing_bytes = attrs.outbytes.value_or(0),
        .connection_rate = attrs.cps.value_or(0),
        .incoming_packet_rate = attrs.inpps.value_or(0),
        .outgoing_packet_rate = attrs.outpps.value_or(0),
        .incoming_byte_rate = attrs.inbps.value_or(0),
        .outgoing_byte_rate = attrs.outbps.value_or(0),
    };
}

} // namespace

Stats decode_stats(const std::optional<StatsAttrs> &narrow,
                   const std::optional<Stats64Attrs> &wide) noexcept
{
    if (wide)
        return from(*wide);
    return narrow ? from(*narrow) : Stats{};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
