// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.hpp"

#include "key_hash.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ipvsctl::tool {

namespace {

// The kernel calls a real server on this host local, whichever way was asked for.
ForwardingMethod method_of(const DestinationConfig &config) noexcept
{
    return config.method == ForwardingMethod::local ? ForwardingMethod::direct : config.method;
}

bool same_tunnel(const Tunnel &a, const Tunnel &b) noexcept
{
    if (a.type != b.type) {
        return false;
    }
    const bool same_port = a.type != TunnelType::gue || a.port == b.port;
    return same_port && (a.type == TunnelType::ipip || a.checksum == b.checksum);
}

// The kernel sets one of its own.
std::uint32_t flags_of(const ServiceConfig &config) noexcept
{
    return config.flags & ~service_flag::hashed;
}

bool same_netmask(const Netmask &a, const Netmask &b) noexcept
{
    return a == b || (a.is_host() && b.is_host());
}

// The real servers of a service of the table, to be found by where they are.
class Present {
public:
    explicit Present(const std::vector<Destination> &servers)
    {
        rows_.reserve(servers.size());
        for (const Destination &server : servers) {
            rows_.push_back({&server, false});
        }
        if (!std::ranges::is_sorted(rows_, {}, endpoint_of)) {
            std::ranges::sort(rows_, {}, endpoint_of);
        }
    }

    const Destination *take(const Endpoint &endpoint)
    {
        const auto row = std::ranges::lower_bound(rows_, endpoint, {}, endpoint_of);
        if (row == rows_.end() || row->server->config.endpoint != endpoint) {
            return nullptr;
        }
        row->taken = true;
        return row->server;
    }

    // Calls visit for each that nobody took.
    template <typename Visit> void rest(Visit visit) const
    {
        for (const Row &row : rows_) {
            if (!row.taken) {
                visit(*row.server);
            }
        }
    }

private:
    struct Row {
        const Destination *server;
        bool taken;
    };
    static const Endpoint &endpoint_of(const Row &row) noexcept
    {
        return row.server->config.endpoint;
    }

    std::vector<Row> rows_;
};

// How many changes make all of it.
std::size_t size_of(const Config &config) noexcept
{
    return std::accumulate(config.begin(), config.end(), config.size(),
                           [](std::size_t size, const ServiceEntry &service) {
                               return size + service.servers.size();
                           });
}

class Planner {
public:
    Planner(const Config &config, const std::vector<TableEntry> &table)
        : config_(config), table_(table)
    {}

    Plan plan();

private:
    void new_service(const ServiceEntry &service);
    void known_service(const ServiceEntry &service, const TableEntry &old);
    void servers(const ServiceEntry &service, const TableEntry &old);

    const Config &config_;
    const std::vector<TableEntry> &table_;
    Plan plan_;
};

Plan Planner::plan()
{
    plan_.reserve(size_of(config_));
    ByKey<const TableEntry *> known;
    known.reserve(table_.size());
    for (const TableEntry &entry : table_) {
        known.emplace(entry.service.key, &entry);
    }
    std::vector<const TableEntry *> old;
    old.reserve(config_.size());
    for (const ServiceEntry &service : config_) {
        const auto found = known.find(service.key);
        old.push_back(found == known.end() ? nullptr : std::exchange(found->second, nullptr));
    }
    for (const TableEntry &entry : table_) {
        if (known.at(entry.service.key)) {
            plan_.push_back({.old_service = &entry});
        }
    }
    for (std::size_t i = 0; i < config_.size(); i++) {
        if (old[i]) {
            known_service(config_[i], *old[i]);
        } else {
            new_service(config_[i]);
        }
    }
    return std::move(plan_);
}

void Planner::new_service(const ServiceEntry &service)
{
    plan_.push_back({.service = &service});
    for (const ServerEntry &server : service.servers) {
        plan_.push_back({.service = &service, .of_server = true, .server = &server});
    }
}

void Planner::known_service(const ServiceEntry &service, const TableEntry &old)
{
    if (!same_service(service.config, old.service.config)) {
        plan_.push_back({.service = &service, .old_service = &old});
    }
    servers(service, old);
}

void Planner::servers(const ServiceEntry &service, const TableEntry &old)
{
    Present present(old.destinations);
    const std::size_t first = plan_.size();
    for (const ServerEntry &server : service.servers) {
        const Destination *const known = present.take(server.config.endpoint);
        if (!known || !same_server(server.config, known->config)) {
            plan_.push_back({.service = &service,
                             .old_service = &old,
                             .of_server = true,
                             .server = &server,
                             .old_server = known});
        }
    }
    const std::size_t gone = plan_.size();
    present.rest([&](const Destination &server) {
        plan_.push_back(
            {.service = &service, .old_service = &old, .of_server = true, .old_server = &server});
    });
    // Those that go, first.
    const auto begin = plan_.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(first),
                begin + static_cast<std::ptrdiff_t>(gone), plan_.end());
}

void add_item(Transaction &transaction, const Step &step)
{
    if (step.of_server && !step.server) {
        transaction.delete_destination(step.key(), step.old_server->config.endpoint);
    } else if (step.of_server && step.old_server) {
        transaction.edit_destination(step.key(), step.server->config);
    } else if (step.of_server) {
        transaction.add_destination(step.key(), step.server->config);
    } else if (!step.service) {
        transaction.delete_service(step.key());
    } else if (step.old_service) {
        transaction.edit_service(step.key(), settled(step.service->config));
    } else {
        transaction.add_service(step.key(), step.service->config);
    }
}

} // namespace

ServiceConfig settled(const ServiceConfig &config)
{
    ServiceConfig all = config;
    all.on_removal = config.on_removal.value_or(Removal::by_default);
    all.fastpath = config.fastpath.value_or(FastPath::by_default);
    return all;
}

bool same_service(const ServiceConfig &a, const ServiceConfig &b) noexcept
{
    if (a.scheduler != b.scheduler || flags_of(a) != flags_of(b) ||
        a.persistence_engine != b.persistence_engine ||
        a.on_removal.value_or(Removal::by_default) != b.on_removal.value_or(Removal::by_default) ||
        a.fastpath.value_or(FastPath::by_default) != b.fastpath.value_or(FastPath::by_default)) {
        return false;
    }
    return !a.persistent() ||
           (a.persistence_timeout == b.persistence_timeout && same_netmask(a.netmask, b.netmask));
}

bool same_server(const DestinationConfig &a, const DestinationConfig &b) noexcept
{
    return method_of(a) == method_of(b) && a.weight == b.weight &&
           a.upper_threshold == b.upper_threshold && a.lower_threshold == b.lower_threshold &&
           (a.method != ForwardingMethod::tunnel || same_tunnel(a.tunnel, b.tunnel));
}

Plan make_plan(const Config &config, const std::vector<TableEntry> &table)
{
    return Planner(config, table).plan();
}

Transaction transaction_of(const Plan &plan)
{
    Transaction transaction;
    transaction.reserve(plan.size());
    for (const Step &step : plan) {
        add_item(transaction, step);
    }
    return transaction;
}

} // namespace ipvsctl::tool
