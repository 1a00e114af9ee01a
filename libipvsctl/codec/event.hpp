// SPDX-License-Identifier: LGPL-2.1-or-later
/** Events of the model from the messages of multicast groups. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/event.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** The group that announces a command; none for what is no event, or one of a newer kernel. */
std::optional<EventGroup> group_announcing(std::uint8_t command) noexcept;

/** Refuses an event that lacks what it is about (domain protocol). The command has a group. */
Result<Event> decode_event(std::uint8_t command, const NfvsAttrs &attrs);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
