// SPDX-License-Identifier: GPL-2.0-or-later
#include "monitor.hpp"

#include "../render/event.hpp"

namespace ipvsctl::tool {

// Each event is flushed, for whoever reads them from a pipe.
Result<void> monitor(const Watch &command, Events &events, const Surroundings &surroundings)
{
    for (;;) {
        const auto event = events.wait();
        if (!event && event.error().domain == Domain::protocol) {
            surroundings.err << event.error().describe() << '\n';
            continue;
        }
        if (!event) {
            return event.error();
        }
        if (!*event || !surroundings.out) {
            return {};
        }
        const auto now = std::chrono::system_clock::now();
        const auto time = command.timestamp ? std::optional(now) : std::nullopt;
        if (command.json) {
            render_event_as_json(surroundings.out, **event, time);
        } else {
            std::string text;
            render_event(text, **event, time, surroundings.names);
            surroundings.out << text;
        }
        surroundings.out.flush();
    }
}

} // namespace ipvsctl::tool
