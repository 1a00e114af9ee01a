// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

Result<ServiceEntry> complete(Service service, bool sorted, Kernel &kernel)
{
    auto servers = kernel.destinations(service.key);
    if (!servers) {
        return std::move(servers).error();
    }
    if (sorted) {
        std::stable_sort(servers->begin(), servers->end(),
                         [](const Destination &a, const Destination &b) {
                             return a.config.endpoint < b.config.endpoint;
                         });
    }
    return ServiceEntry{std::move(service), std::move(*servers)};
}

Result<std::vector<Service>> wanted_services(const ListTable &command, Kernel &kernel)
{
    if (!command.service) {
        return kernel.services();
    }
    return kernel.service(*command.service).transform([](Service service) {
        return std::vector{std::move(service)};
    });
}

} // namespace

Result<Report> list_table(const ListTable &command, Kernel &kernel)
{
    Table table;
    table.format = command.format;
    if (!command.service) {
        auto info = kernel.info();
        if (!info) {
            return std::move(info).error();
        }
        table.info = std::move(*info);
    }
    auto services = wanted_services(command, kernel);
    if (!services) {
        return std::move(services).error();
    }
    const bool sorted = command.format.sorted;
    if (sorted) {
        std::stable_sort(services->begin(), services->end(),
                         [](const Service &a, const Service &b) { return a.key < b.key; });
    }
    table.services.reserve(services->size());
    for (Service &service : *services) {
        auto entry = complete(std::move(service), sorted, kernel);
        if (!entry) {
            return std::move(entry).error();
        }
        table.services.push_back(std::move(*entry));
    }
    return Report(std::move(table));
}

Result<Report> list_timeouts(Kernel &kernel)
{
    return kernel.timeouts().transform([](Timeouts timeouts) { return Report(timeouts); });
}

Result<Report> list_counters(Kernel &kernel)
{
    return kernel.counters().transform(
        [](std::vector<Counter> counters) { return Report(CounterList{std::move(counters)}); });
}

} // namespace ipvsctl::tool
