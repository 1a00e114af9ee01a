// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Events, a line each.
 */
#pragma once

#include "../names.hpp"
#include "ipvsctl/event.hpp"

#include <chrono>
#include <optional>
#include <ostream>
#include <string>

namespace ipvsctl::tool {

using EventTime = std::optional<std::chrono::system_clock::time_point>;

// +, ~ or -, for what was added, changed or removed, and the command that would do the same.
void render_event(std::string &out, const Event &event, const EventTime &time, Names &names);

// The same as a JSON object.
void render_event_as_json(std::ostream &out, const Event &event, const EventTime &time);

// Such as 2026-11-28T18:30:00.250Z.
std::string utc_text(std::chrono::system_clock::time_point time);

} // namespace ipvsctl::tool
