// SPDX-License-Identifier: GPL-2.0-or-later
#include "tool_support.hpp"

#include <cerrno>

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
    Result<std::vector<Service>> services() override
    {
        std::vector<Service> all;
        for (const auto &entry : state_.services) {
            all.push_back(entry.service);
        }
        return answer(all);
    }
    Result<Service> service(const ServiceKey &key) override
    {
        const auto *entry = find(key);
        return entry ? answer(entry->service) : Result<Service>(kernel_error(ESRCH));
    }
    Result<std::vector<Destination>> destinations(const ServiceKey &key) override
    {
        const auto *entry = find(key);
        return answer(entry ? entry->servers : std::vector<Destination>{});
    }
    Result<void> add_service(const ServiceKey &key, const ServiceConfig &config) override
    {
        state_.last_service = config;
        return change("add_service", key);
    }
    Result<void> edit_service(const ServiceKey &key, const ServiceConfig &config) override
    {
        state_.last_service = config;
        return change("edit_service", key);
    }
    Result<void> delete_service(const ServiceKey &key) override
    {
        return change("delete_service", key);
    }
    Result<void> add_destination(const ServiceKey &key, const DestinationConfig &config) override
    {
        state_.last_server = config;
        return change("add_destination", key);
    }
    Result<void> edit_destination(const ServiceKey &key, const DestinationConfig &config) override
    {
        state_.last_server = config;
        return change("edit_destination", key);
    }
    Result<void> delete_destination(const ServiceKey &key, const Endpoint &endpoint) override
    {
        state_.last_endpoint = endpoint;
        return change("delete_destination", key);
    }
    Result<void> zero(const std::optional<ServiceKey> &key) override { return change("zero", key); }
    Result<void> flush() override { return change("flush", std::nullopt); }
    Result<Timeouts> timeouts() override { return answer(state_.timeouts); }
    Result<void> set_timeouts(const Timeouts &timeouts) override
    {
        state_.last_timeouts = timeouts;
        return change("set_timeouts", std::nullopt);
    }
    Result<std::vector<Counter>> counters() override { return answer(state_.counters); }

private:
    template <typename T> Result<T> answer(const T &value)
    {
        if (state_.error) {
            return *state_.error;
        }
        return value;
    }

    Result<void> change(const char *name, const std::optional<ServiceKey> &key)
    {
        state_.last_call = name;
        state_.last_key = key;
        if (state_.error) {
            return *state_.error;
        }
        return {};
    }

    const FakeService *find(const ServiceKey &key) const
    {
        for (const auto &entry : state_.services) {
            if (entry.service.key == key) {
                return &entry;
            }
        }
        return nullptr;
    }

    FakeState &state_;
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
    const int status = tool::run_program(words, {out, err, names, open});
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
