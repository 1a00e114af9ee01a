// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/monitor.hpp"

#include "transport/event_socket.hpp"

namespace ipvsctl {
inline namespace v1 {

class Monitor::Impl {
public:
    explicit Impl(detail::EventSocket opened) : socket(std::move(opened)) {}

    detail::EventSocket socket;
};

Result<Monitor> Monitor::open(const MonitorOptions &options)
{
    std::vector<std::string_view> groups;
    for (const auto &[wanted, group] : {std::pair{options.config, EventGroup::config},
                                        {options.overload, EventGroup::overload},
                                        {options.connections, EventGroup::connections}})
        if (wanted)
            groups.push_back(to_string(group));
    return detail::EventSocket::open({.groups = groups,
                                      .receive_buffer = options.receive_buffer,
                                      .load_module = options.load_module,
                                      .network_namespace = options.network_namespace})
        .transform([](detail::EventSocket &&socket) {
            return Monitor(std::make_unique<Impl>(std::move(socket)));
        });
}

Monitor::Monitor(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Monitor::Monitor(Monitor &&other) noexcept = default;
Monitor &Monitor::operator=(Monitor &&other) noexcept = default;
Monitor::~Monitor() = default;

int Monitor::descriptor() const noexcept
{
    return impl_->socket.descriptor();
}

Result<std::optional<Event>> Monitor::next()
{
    return impl_->socket.next();
}

} // namespace v1
} // namespace ipvsctl
