// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the program knows and what of it is to be seen; it touches neither kernel nor terminal.
 */
#pragma once

#include "columns.hpp"
#include "cursor.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/table.hpp"

#include <array>

namespace ipvsctl::tool::top {

struct Sort {
    Column column = Column::connections;
    bool reversed = false;

    bool operator==(const Sort &) const = default;
};

// What lies over the list, or takes the keys.
enum class Mode : std::uint8_t { list, typing_filter, help };

// Of a real server's connections so many can be looked at; more are counted.
inline constexpr std::size_t most_connections = 10000;

class Model {
public:
    explicit Model(Moment interval) : interval_(interval) {}

    // --- what is to be read ---

    Level level() const noexcept { return level_; }
    const ServiceKey &service() const noexcept { return service_; } // of servers, connections
    const Endpoint &server() const noexcept { return server_; }     // of connections

    // The list of services is sorted by what only their real servers know.
    bool needs_all_loads() const noexcept;

    // Services in view that have no load since the last reading.
    std::vector<ServiceKey> loads_wanted() const;

    // --- what was read ---

    void take_info(Info info) { info_ = std::move(info); }
    void take_services(Moment now, const std::vector<Service> &services);
    void take_table(Moment now, const std::vector<TableEntry> &table);
    void take_load(const ServiceKey &service, const Load &load);

    // One service with its real servers; none where it is gone.
    void take_servers(Moment now, const std::vector<TableEntry> &table);

    // Those that match the filter, as far as they are shown, and how many match.
    void take_connections(Moment now, std::vector<ConnectionLine> lines, std::uint64_t count);

    // Reading failed: what is shown is old. The next reading ends it.
    void fail(std::string sentence) { problem_ = std::move(sentence); }

    // --- what the user does ---

    bool open(); // false where there is nothing below
    bool close();
    void open_service(const ServiceKey &service);
    void sort_by(Column column);
    void sort_by_next(std::ptrdiff_t distance);
    void reverse();
    void set_filter(std::string filter);
    void set_mode(Mode mode) noexcept { mode_ = mode; }
    void set_paused(bool paused) noexcept { paused_ = paused; }
    void move(std::ptrdiff_t distance);
    void move_to_first() noexcept { list().cursor.to_first(); }
    void move_to_last();
    void set_page(std::size_t rows) noexcept;

    // --- what is shown ---

    Mode mode() const noexcept { return mode_; }
    bool paused() const noexcept { return paused_; }
    Moment interval() const noexcept { return interval_; }
    Moment last_reading() const noexcept { return last_reading_; }
    const Info &info() const noexcept { return info_; }
    const std::string &problem() const noexcept { return problem_; }
    const Sort &sort() const noexcept { return list().sort; }
    const std::string &filter() const noexcept { return list().filter; }
    const Cursor &cursor() const noexcept { return list().cursor; }
    bool is_gone() const noexcept { return gone_; } // the service that was opened
    std::size_t service_count() const noexcept { return services_.all().size(); }
    std::size_t server_count() const noexcept { return servers_.all().size(); }
    std::uint64_t connection_count() const noexcept { return connection_count_; }

    // In their order; one of the two is empty, which depends on the level.
    const std::vector<const Line *> &lines() const noexcept { return rows_; }
    const std::vector<const ConnectionLine *> &connections() const noexcept
    {
        return connection_rows_;
    }
    std::size_t row_count() const noexcept { return rows_.size() + connection_rows_.size(); }

    // All services, or the one that was opened, in one line.
    Line total() const;

private:
    struct List {
        Sort sort;
        std::string filter;
        Cursor cursor;
    };

    List &list() noexcept { return lists_[index(level_)]; }
    const List &list() const noexcept { return lists_[index(level_)]; }
    const std::string &name_at(std::size_t row) const;
    void end_reading(Moment now);
    void enter(Level level);
    void arrange();
    void place_cursor();

    Level level_ = Level::services;
    Mode mode_ = Mode::list;
    bool paused_ = false;
    bool gone_ = false;
    Moment interval_;
    Moment last_reading_{};
    std::string problem_;
    Info info_;

    std::array<List, level_count> lists_{{{}, {}, {{Column::name, false}, {}, {}}}};
    ServiceKey service_;
    Endpoint server_;
    Lines services_;
    Lines servers_; // of service_
    std::vector<ConnectionLine> connections_;
    std::uint64_t connection_count_ = 0;
    std::vector<const Line *> rows_;
    std::vector<const ConnectionLine *> connection_rows_;
};

} // namespace ipvsctl::tool::top
