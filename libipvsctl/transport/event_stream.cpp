// SPDX-License-Identifier: LGPL-2.1-or-later
#include "event_stream.hpp"

#include "answer.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

void EventStream::feed(ByteView datagram)
{
    while (!datagram.empty()) {
        const auto message = next_message(datagram);
        if (!message) {
            events_.push_back(message.error());
            return;
        }
        if (message->type == family_ && message->payload.size() >= genetlink_header_size)
            add(message->payload[0], message->payload.subspan(genetlink_header_size));
    }
}

void EventStream::add(std::uint8_t command, ByteView attributes)
{
    const auto group = group_announcing(command);
    if (!group)
        return;
    const auto attrs = NfvsAttrs::decode(attributes);
    if (!attrs) {
        events_.push_back(attrs.error());
        return;
    }
    if (attrs->event)
        count(*group, *attrs->event);
    events_.push_back(decode_event(command, *attrs));
}

// Before the first of a group nobody knows where its numbers stood.
void EventStream::count(EventGroup group, std::uint64_t number)
{
    std::uint64_t &latest = latest_[static_cast<std::size_t>(group)];
    if (latest != 0 && number > latest + 1)
        miss(group, number - latest - 1);
    latest = number;
}

void EventStream::miss(std::optional<EventGroup> group, std::optional<std::uint64_t> count)
{
    events_.push_back(Event{.number = 0,
                            .generation = 0,
                            .port_id = 0,
                            .what = MissedEvents{.group = group, .count = count}});
}

// Once a socket has run over, the kernel keeps nothing more until it has been emptied.
void EventStream::drained()
{
    if (overrun_)
        miss({}, {});
    overrun_ = false;
}

Result<std::optional<Event>> EventStream::take()
{
    if (events_.empty())
        return std::optional<Event>();
    Result<Event> event = std::move(events_.front());
    events_.pop_front();
    return std::move(event).transform([](Event &&one) { return std::optional(std::move(one)); });
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
