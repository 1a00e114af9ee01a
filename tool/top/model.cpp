// SPDX-License-Identifier: GPL-2.0-or-later
#include "model.hpp"

#include <algorithm>

namespace ipvsctl::tool::top {

namespace {

template <typename T> void sort_rows(std::vector<const T *> &rows, const Sort &sort)
{
    std::ranges::stable_sort(
        rows, [&](const T *a, const T *b) { return goes_before(sort.column, *a, *b); });
    if (sort.reversed) {
        std::ranges::reverse(rows);
    }
}

bool is_load(Column column) noexcept
{
    return column == Column::active || column == Column::inactive || column == Column::weight;
}

void give_load(Line &line, const Load &load, Moment now) noexcept
{
    line.load = load;
    line.load_read = now;
}

} // namespace

bool Model::needs_all_loads() const noexcept
{
    return level_ == Level::services && is_load(sort().column);
}

std::vector<ServiceKey> Model::loads_wanted() const
{
    std::vector<ServiceKey> wanted;
    if (level_ != Level::services) {
        return wanted;
    }
    for (std::size_t row = cursor().first_in_view(); row < cursor().end_of_view(); row++) {
        const Line &line = *rows_[row];
        if (!line.load || line.load_read < last_reading_) {
            wanted.push_back(std::get<ServiceKey>(line.id));
        }
    }
    return wanted;
}

void Model::take_services(Moment now, const std::vector<Service> &services)
{
    for (const Service &service : services) {
        services_.take(service.key, service.config.scheduler, service.stats, now);
    }
    services_.end(now);
    end_reading(now);
}

void Model::take_table(Moment now, const std::vector<TableEntry> &table)
{
    for (const auto &[service, servers] : table) {
        Line &line = services_.take(service.key, service.config.scheduler, service.stats, now);
        give_load(line, load_of(servers), now);
    }
    services_.end(now);
    end_reading(now);
}

void Model::take_load(const ServiceKey &service, const Load &load)
{
    if (Line *const line = services_.find(service)) {
        give_load(*line, load, last_reading_);
    }
}

void Model::take_servers(Moment now, const std::vector<TableEntry> &table)
{
    gone_ = table.empty();
    for (const auto &[service, servers] : table) {
        Line &total = services_.take(service.key, service.config.scheduler, service.stats, now);
        give_load(total, load_of(servers), now);
        for (const Destination &server : servers) {
            const std::string method(to_string(server.config.method));
            Line &line = servers_.take(server.config.endpoint, method, server.stats, now);
            give_load(line, load_of(server), now);
        }
    }
    servers_.end(now);
    end_reading(now);
}

void Model::take_connections(Moment now, std::vector<ConnectionLine> lines, std::uint64_t count)
{
    connections_ = std::move(lines);
    connection_count_ = count;
    end_reading(now);
}

void Model::end_reading(Moment now)
{
    last_reading_ = now;
    problem_.clear();
    arrange();
}

// Another service's real servers are none of this list's.
void Model::open_service(const ServiceKey &service)
{
    if (service_ != service) {
        service_ = service;
        servers_.clear();
        lists_[index(Level::servers)].filter.clear();
        lists_[index(Level::servers)].cursor.to_first();
    }
    gone_ = false;
    enter(Level::servers);
}

bool Model::open()
{
    if (row_count() == 0 || level_ == Level::connections) {
        return false;
    }
    const LineId id = rows_[cursor().row()]->id;
    if (level_ == Level::services) {
        open_service(std::get<ServiceKey>(id));
        return true;
    }
    server_ = std::get<Endpoint>(id);
    connections_.clear();
    connection_count_ = 0;
    lists_[index(Level::connections)].filter.clear();
    lists_[index(Level::connections)].cursor.to_first();
    enter(Level::connections);
    return true;
}

bool Model::close()
{
    if (level_ == Level::services) {
        return false;
    }
    enter(level_ == Level::servers ? Level::services : Level::servers);
    return true;
}

void Model::enter(Level level)
{
    const std::size_t page = cursor().page();
    level_ = level;
    list().cursor.set_page(page);
    arrange();
}

void Model::sort_by(Column column)
{
    list().sort = {column, false};
    arrange();
}

void Model::sort_by_next(std::ptrdiff_t distance)
{
    const auto columns = columns_of(level_);
    const auto here = std::ranges::find(columns, sort().column, &ColumnSpec::id);
    const auto place =
        std::clamp<std::ptrdiff_t>((here - columns.begin()) + distance, 0, std::ssize(columns) - 1);
    sort_by(columns[static_cast<std::size_t>(place)].id);
}

void Model::reverse()
{
    list().sort.reversed = !list().sort.reversed;
    arrange();
}

void Model::set_filter(std::string filter)
{
    list().filter = std::move(filter);
    arrange();
}

void Model::move(std::ptrdiff_t distance)
{
    list().cursor.move(distance);
    if (row_count() > 0) {
        list().cursor.stay_with(name_at(cursor().row()));
    }
}

void Model::move_to_last()
{
    list().cursor.to_last();
    move(0);
}

void Model::set_page(std::size_t rows) noexcept
{
    list().cursor.set_page(rows);
}

Line Model::total() const
{
    Line total;
    total.id = service_;
    if (level_ == Level::services) {
        total.rates = services_.total();
        total.measured = services_.any_measured();
        total.load = services_.total_load(last_reading_);
        return total;
    }
    const auto found = services_.all().find(service_);
    return found == services_.all().end() ? total : found->second;
}

const std::string &Model::name_at(std::size_t row) const
{
    return level_ == Level::connections ? connection_rows_[row]->name : rows_[row]->name;
}

void Model::arrange()
{
    rows_.clear();
    connection_rows_.clear();
    if (level_ == Level::connections) {
        for (const ConnectionLine &line : connections_) {
            if (matches(line, filter())) {
                connection_rows_.push_back(&line);
            }
        }
        sort_rows(connection_rows_, sort());
    } else {
        for (const auto &[id, line] : (level_ == Level::services ? services_ : servers_).all()) {
            if (matches(line, filter())) {
                rows_.push_back(&line);
            }
        }
        sort_rows(rows_, sort());
    }
    place_cursor();
}

void Model::place_cursor()
{
    Cursor &cursor = list().cursor;
    if (cursor.name().empty()) {
        cursor.to_first();
    }
    for (std::size_t row = 0; row < row_count() && !cursor.name().empty(); row++) {
        if (name_at(row) == cursor.name()) {
            cursor.place(row_count(), row);
            return;
        }
    }
    cursor.lose(row_count());
}

} // namespace ipvsctl::tool::top
