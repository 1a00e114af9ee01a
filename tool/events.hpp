// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Events as they come; Monitor behind an interface that a test can play.
 */
#pragma once

#include "command.hpp"
#include "ipvsctl/event.hpp"
#include "ipvsctl/result.hpp"

#include <memory>
#include <optional>

namespace ipvsctl::tool {

class Events {
public:
    Events() = default;
    Events(const Events &) = delete;
    Events &operator=(const Events &) = delete;
    virtual ~Events() = default;

    // Waits for the next; nothing once the program is to end.
    virtual Result<std::optional<Event>> wait() = 0;
};

// Those of this machine. From here on SIGINT and SIGTERM do not end the program, but the waiting.
Result<std::unique_ptr<Events>> open_events(const Watch &watch);

} // namespace ipvsctl::tool
