// SPDX-License-Identifier: GPL-2.0-or-later
#include "tool_support.hpp"

#include "tool/messages.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace ipvsctl::test {

namespace {

class FakeKernel final : public tool::Kernel {
public:
    explicit FakeKernel(FakeState &state) : state_(state) {}

    Result<Info> info() override
    {
        if (state_.info_error) {
            return *state_.info_error;
        }
        return state_.info;
    }
    Result<Limits> limits() override { return answer(state_.limits); }
    Result<std::vector<Service>> services() override
    {
        state_.requests++;
        std::vector<Service> services;
        for (const auto &entry : state_.services) {
            services.push_back(entry.service);
        }
        return answer(services);
    }
    Result<std::vector<TableEntry>> table(const TableQuery &query) override
    {
        state_.requests++;
        state_.last_query = query;
        std::vector<TableEntry> wanted;
        for (const auto &entry : state_.services) {
            if (!query.service || *query.service == entry.service.key) {
                wanted.push_back(entry);
            }
        }
        return answer(wanted);
    }
    Result<Timeouts> timeouts() override { return answer(state_.timeouts); }
    Result<std::vector<Counter>> counters() override { return answer(state_.counters); }
    Result<std::vector<SyncDaemon>> daemons() override { return answer(state_.daemons); }
    Result<void> connections(const ConnectionFilter &filter,
                             const ConnectionVisitor &visit) override
    {
        state_.requests++;
        state_.last_filter = filter;
        if (state_.error) {
            return *state_.error;
        }
        for (const auto &connection : state_.connections) {
            if (filter.matches(connection)) {
                visit(connection);
            }
        }
        return {};
    }
    Result<std::uint32_t> end_connections(const ConnectionFilter &filter) override
    {
        state_.last_filter = filter;
        return answer(static_cast<std::uint32_t>(std::erase_if(
            state_.connections, [&](const Connection &one) { return filter.matches(one); })));
    }
    Result<CommitResult> commit(const Transaction &) override
    {
        return kernel_error(EOPNOTSUPP, "ip_vs has no transactions");
    }
    void post(const tool::Command &change) override;
    Result<std::vector<BatchFailure>> settle() override
    {
        state_.settled++;
        queued_ = 0;
        return std::exchange(failures_, {});
    }

private:
    template <typename T> Result<T> answer(const T &value)
    {
        if (state_.error) {
            return *state_.error;
        }
        return value;
    }

    void change(const char *name, const std::optional<ServiceKey> &key)
    {
        state_.last_call = name;
        state_.last_key = key;
        state_.calls.emplace_back(name);
        const auto own = state_.call_errors.find(state_.calls.size());
        const auto &error = own != state_.call_errors.end() ? own->second : state_.error;
        if (error) {
            failures_.push_back({.index = queued_, .error = *error});
        }
        queued_++;
    }

    std::vector<BatchFailure> failures_;
    std::size_t queued_ = 0;
    FakeState &state_;
};

void FakeKernel::post(const tool::Command &change_command)
{
    using namespace tool;
    const Overloaded visitor{
        [&](const AddService &add) {
            state_.last_service = add.config;
            change("add_service", add.key);
        },
        [&](const EditService &edit) {
            state_.last_service = edit.config;
            change("edit_service", edit.key);
        },
        [&](const DeleteService &del) { change("delete_service", del.key); },
        [&](const AddServer &add) {
            state_.last_server = add.config;
            change("add_destination", add.service);
        },
        [&](const EditServer &edit) {
            state_.last_server = edit.config;
            change("edit_destination", edit.service);
        },
        [&](const DeleteServer &del) {
            state_.last_endpoint = del.endpoint;
            change("delete_destination", del.service);
        },
        [&](const Clear &) { change("flush", std::nullopt); },
        [&](const Zero &zero) { change("zero", zero.service); },
        [&](const SetTimeouts &set) {
            state_.last_timeouts = set.timeouts;
            change("set_timeouts", std::nullopt);
        },
        [&](const StartDaemon &start) {
            state_.last_daemon = start.daemon;
            change("start_daemon", std::nullopt);
        },
        [&](const StopDaemon &) { change("stop_daemon", std::nullopt); },
        [](const auto &) { FAIL_CHECK("not a change"); },
    };
    std::visit(visitor, change_command);
}

class FakeClock final : public tool::Clock {
public:
    explicit FakeClock(FakeState &state) : state_(state) {}

    Time now() override { return now_; }
    bool wait(std::chrono::seconds time) override
    {
        state_.waits.push_back(time);
        now_ += std::chrono::milliseconds(1500);
        return state_.on_wait && state_.on_wait();
    }

private:
    FakeState &state_;
    Time now_;
};

template <typename Map, typename Key>
std::optional<typename Map::mapped_type> look_up(const Map &map, const Key &key)
{
    const auto found = map.find(key);
    if (found == map.end()) {
        return std::nullopt;
    }
    return found->second;
}

} // namespace

std::unique_ptr<tool::Kernel> make_fake_kernel(FakeState &state)
{
    return std::make_unique<FakeKernel>(state);
}

std::optional<Address> FakeNames::address_of(const std::string &host)
{
    questions++;
    return look_up(hosts, host);
}

std::optional<std::string> FakeNames::host_of(const Address &address)
{
    questions++;
    return look_up(addresses, address);
}

std::optional<std::uint16_t> FakeNames::port_of(const std::string &service, Protocol)
{
    questions++;
    return look_up(ports, service);
}

std::optional<std::string> FakeNames::service_of(std::uint16_t port, Protocol)
{
    questions++;
    for (const auto &[name, number] : ports) {
        if (number == port) {
            return name;
        }
    }
    return std::nullopt;
}

namespace {

class FakeEvents final : public tool::Events {
public:
    explicit FakeEvents(FakeState &state) noexcept : state_(state) {}

    Result<std::optional<Event>> wait() override
    {
        if (state_.events.empty()) {
            return std::optional<Event>();
        }
        auto event = std::move(state_.events.front());
        state_.events.pop_front();
        return std::move(event).transform([](Event &&one) { return std::optional(one); });
    }

private:
    FakeState &state_;
};

} // namespace

Outcome run_tool(const std::vector<std::string> &words, FakeState &state, FakeNames &names)
{
    std::ostringstream out;
    std::ostringstream err;
    const auto open = [&]() -> Result<std::unique_ptr<tool::Kernel>> {
        if (state.open_error) {
            return *state.open_error;
        }
        return make_fake_kernel(state);
    };
    std::string_view rest = state.input;
    const auto read = [&](std::span<char> room) {
        const std::size_t size = rest.copy(room.data(), std::min(room.size(), state.input_chunk));
        rest.remove_prefix(size);
        return size;
    };
    FakeClock clock(state);
    const auto watch = [&](const tool::WatchTable &command, std::unique_ptr<tool::Kernel>) {
        state.watched = command;
        return tool::exit_success;
    };
    const auto listen = [&](const tool::Watch &watch) -> Result<std::unique_ptr<tool::Events>> {
        state.last_watch = watch;
        if (state.open_error) {
            return *state.open_error;
        }
        return std::unique_ptr<tool::Events>(std::make_unique<FakeEvents>(state));
    };
    const int status = tool::run_program(
        words, {out, err, names, open, listen, read, clock, state.terminal, watch});
    return {status, out.str(), err.str()};
}

std::vector<std::string> split_words(const std::string &line)
{
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

} // namespace ipvsctl::test
