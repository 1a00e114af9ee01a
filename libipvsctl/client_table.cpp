// SPDX-License-Identifier: LGPL-2.1-or-later
/** The whole table, or a part of it, in one go. */
#include "client_impl.hpp"

#include <cerrno>

namespace ipvsctl {
inline namespace v1 {

namespace {

using detail::NfvsAttrs;

NfvsAttrs encode_query(const TableQuery &query)
{
    NfvsAttrs attrs;
    if (query.service)
        attrs.service = detail::encode_service_key(*query.service);
    if (query.server_address) {
        attrs.dest = detail::encode_destination_key({*query.server_address, 0});
        attrs.dest->port = query.server_port;
    }
    if (!query.statistics)
        attrs.brief = std::uint8_t{1};
    return attrs;
}

/** A message holds a service, or a real server of the service before it. */
Result<void> append_row(std::vector<TableEntry> &table, const NfvsAttrs &attrs)
{
    if (!attrs.dest)
        return detail::service_in(attrs).transform([&](Service service) {
            table.push_back({.service = std::move(service), .destinations = {}});
        });
    if (table.empty())
        return detail::protocol_error("the kernel sent a real server without its service", "dest");
    TableEntry &last = table.back();
    return detail::append(last.destinations,
                          detail::destination_in(attrs, family_of(last.service.key)));
}

bool wanted(const TableQuery &query, const Destination &destination)
{
    const Endpoint &endpoint = destination.config.endpoint;
    return endpoint.address == query.server_address &&
           query.server_port.value_or(endpoint.port) == endpoint.port;
}

/** What nfvs would have left out. */
void leave_out(const TableQuery &query, std::vector<TableEntry> &table)
{
    if (query.server_address) {
        for (TableEntry &entry : table)
            std::erase_if(entry.destinations,
                          [&](const Destination &one) { return !wanted(query, one); });
        std::erase_if(table, [](const TableEntry &entry) { return entry.destinations.empty(); });
    }
    if (query.statistics)
        return;
    for (TableEntry &entry : table) {
        entry.service.stats = {};
        for (Destination &destination : entry.destinations)
            destination.stats = {};
    }
}

Result<std::vector<Service>> services_for(Client &client, const TableQuery &query)
{
    if (!query.service)
        return client.services();
    auto service = client.service(*query.service);
    if (service)
        return std::vector{std::move(*service)};
    if (service.error().domain == Domain::kernel && service.error().code == ESRCH)
        return std::vector<Service>();
    return std::move(service).error();
}

Result<std::vector<TableEntry>> table_by_parts(Client &client, const TableQuery &query)
{
    auto services = services_for(client, query);
    if (!services)
        return std::move(services).error();
    std::vector<TableEntry> table;
    table.reserve(services->size());
    for (Service &service : *services) {
        auto destinations = client.destinations(service.key);
        if (!destinations)
            return std::move(destinations).error();
        table.push_back({.service = std::move(service), .destinations = std::move(*destinations)});
    }
    leave_out(query, table);
    return table;
}

void drop_repeated(std::vector<TableEntry> &table)
{
    detail::keep_last(table, [](const TableEntry &entry) { return entry.service.key; });
    for (TableEntry &entry : table)
        detail::keep_last(entry.destinations,
                          [](const Destination &one) { return one.config.endpoint; });
}

} // namespace

Result<std::vector<TableEntry>> Client::table(const TableQuery &query)
{
    bool whole = true;
    auto entries = table(query, whole);
    return detail::if_whole(std::move(entries), whole);
}

Result<std::vector<TableEntry>> Client::table(const TableQuery &query, bool &whole)
{
    whole = true;
    if (!impl_->is_nfvs())
        return table_by_parts(*this, query);
    auto entries = impl_->list<TableEntry>(NFVS_CMD_GET_TABLE, NFVS_CMD_GET_TABLE,
                                           encode_query(query), append_row, whole);
    if (entries && !whole)
        drop_repeated(*entries);
    return entries;
}

} // namespace v1
} // namespace ipvsctl
