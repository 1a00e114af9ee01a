// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace ipvsctl::tool {

namespace {

bool shows_statistics(const ListFormat &format) noexcept
{
    return format.stats || format.rate;
}

// Whoever loads a table by a script has it in order already, and sorting moves everything.
template <typename Range, typename Key> void sort_by(Range &range, Key key)
{
    if (!std::ranges::is_sorted(range, {}, key)) {
        std::ranges::stable_sort(range, {}, key);
    }
}

Error no_such_service()
{
    return Error{Domain::kernel, ESRCH, std::generic_category().message(ESRCH), {}};
}

} // namespace

void sort_table(std::vector<TableEntry> &table)
{
    sort_by(table, [](const TableEntry &entry) -> const ServiceKey & { return entry.service.key; });
    for (TableEntry &entry : table) {
        sort_by(entry.destinations, [](const Destination &server) -> const Endpoint & {
            return server.config.endpoint;
        });
    }
}

void warn_if_changing(const Kernel &kernel, const Surroundings &surroundings)
{
    if (!kernel.table_is_whole()) {
        surroundings.err
            << "the table changed all the time: this is not what it was at one moment\n";
    }
}

Result<Report> list_table(const ListTable &command, Kernel &kernel)
{
    Table table;
    table.format = command.format;
    if (!command.service || command.output == Output::json) {
        auto info = kernel.info();
        if (!info) {
            return std::move(info).error();
        }
        table.info = std::move(*info);
    }
    TableQuery query;
    query.service = command.service;
    query.statistics = shows_statistics(command.format);
    auto services = kernel.table(query);
    if (!services) {
        return std::move(services).error();
    }
    if (command.service && services->empty()) {
        return no_such_service();
    }
    table.services = std::move(*services);
    if (command.format.sorted) {
        sort_table(table.services);
    }
    return Report(std::move(table));
}

Result<Report> save_table(const Save &command, Kernel &kernel)
{
    TableQuery query;
    query.statistics = false;
    return kernel.table(query).transform([&](std::vector<TableEntry> services) {
        sort_table(services);
        return Report(Rules{std::move(services), command.format.numeric, command.own_words});
    });
}

Result<Report> list_timeouts(Kernel &kernel)
{
    return kernel.timeouts().transform([](Timeouts timeouts) { return Report(timeouts); });
}

Result<Report> list_counters(Kernel &kernel)
{
    return kernel.counters().transform([](std::vector<Counter> counters) {
        return Report(CounterList{std::move(counters), {}});
    });
}

Result<Report> list_daemons(Kernel &kernel)
{
    return kernel.daemons().transform(
        [](std::vector<SyncDaemon> daemons) { return Report(DaemonList{std::move(daemons)}); });
}

Result<Report> list_limits(Kernel &kernel)
{
    return kernel.limits().transform([](Limits limits) { return Report(std::move(limits)); });
}

// Only nfvs says which module it is, and has counters.
Result<Report> list_metrics(Kernel &kernel)
{
    auto info = kernel.info();
    if (!info) {
        return std::move(info).error();
    }
    auto services = kernel.table({});
    if (!services) {
        return std::move(services).error();
    }
    sort_table(*services);
    Metrics metrics{std::move(*info), std::move(*services), {}};
    if (metrics.info.module) {
        auto counters = kernel.counters();
        if (!counters) {
            return std::move(counters).error();
        }
        metrics.counters = std::move(*counters);
    }
    return Report(std::move(metrics));
}

} // namespace ipvsctl::tool
