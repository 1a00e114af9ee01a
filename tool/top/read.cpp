// SPDX-License-Identifier: GPL-2.0-or-later
#include "read.hpp"

namespace ipvsctl::tool::top {

namespace {

EndpointFilter exactly(const Endpoint &endpoint) noexcept
{
    EndpointFilter filter{Prefix::host(endpoint.address), {}};
    if (endpoint.port != 0) {
        filter.port = endpoint.port;
    }
    return filter;
}

bool is_of(const Connection &connection, const ServiceKey &service) noexcept
{
    const auto *const marked = std::get_if<FwmarkServiceKey>(&service);
    const std::uint32_t mark = marked ? marked->fwmark : 0;
    return connection.fwmark.value_or(mark) == mark;
}

Result<void> read_services(Model &model, Kernel &kernel, Moment now)
{
    if (model.needs_all_loads()) {
        return kernel.table({}).transform(
            [&](const std::vector<TableEntry> &table) { model.take_table(now, table); });
    }
    return kernel.services().transform(
        [&](const std::vector<Service> &services) { model.take_services(now, services); });
}

Result<void> read_servers(Model &model, Kernel &kernel, Moment now)
{
    TableQuery query;
    query.service = model.service();
    return kernel.table(query).transform(
        [&](const std::vector<TableEntry> &table) { model.take_servers(now, table); });
}

Result<void> read_connections(Model &model, Kernel &kernel, Moment now)
{
    std::vector<ConnectionLine> lines;
    std::uint64_t count = 0;
    const auto take = [&](const Connection &connection) {
        if (!is_of(connection, model.service())) {
            return;
        }
        ConnectionLine line = line_of(connection);
        if (!matches(line, model.filter())) {
            return;
        }
        count++;
        if (lines.size() < most_connections) {
            lines.push_back(std::move(line));
        }
    };
    return kernel.connections(filter_for(model.service(), model.server()), take).transform([&] {
        model.take_connections(now, std::move(lines), count);
    });
}

} // namespace

ConnectionFilter filter_for(const ServiceKey &service, const Endpoint &server) noexcept
{
    ConnectionFilter filter;
    filter.family = family_of(service);
    filter.real_server = exactly(server);
    if (const auto *const by_address = std::get_if<AddressServiceKey>(&service)) {
        filter.protocol = static_cast<std::uint16_t>(by_address->protocol);
        filter.virtual_server = exactly(by_address->endpoint);
    }
    return filter;
}

Result<void> read(Model &model, Kernel &kernel, Moment now)
{
    auto info = kernel.info();
    if (!info) {
        return std::move(info).error();
    }
    model.take_info(std::move(*info));
    switch (model.level()) {
    case Level::services:
        return read_services(model, kernel, now);
    case Level::servers:
        return read_servers(model, kernel, now);
    case Level::connections:
        break;
    }
    return read_connections(model, kernel, now);
}

Result<void> read_loads(Model &model, Kernel &kernel)
{
    for (const ServiceKey &service : model.loads_wanted()) {
        TableQuery query;
        query.service = service;
        query.statistics = false;
        auto table = kernel.table(query);
        if (!table) {
            return std::move(table).error();
        }
        if (!table->empty()) {
            model.take_load(service, load_of(table->front().destinations));
        }
    }
    return {};
}

} // namespace ipvsctl::tool::top
