// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What is shown line by line: services or real servers with their rates, or connections.
 */
#pragma once

#include "ipvsctl/connection.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"
#include "rates.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ipvsctl::tool::top {

// Of a real server, or of all of a service's.
struct Load {
    std::uint64_t active = 0;
    std::uint64_t inactive = 0;
    std::uint64_t weight = 0;

    bool operator==(const Load &) const = default;
};

Load load_of(const Destination &server) noexcept;
Load load_of(const std::vector<Destination> &servers) noexcept;

using LineId = std::variant<ServiceKey, Endpoint>;

struct Line {
    LineId id;
    std::string name;
    std::string note;      // scheduler or forwarding method
    bool measured = false; // the rates are known, from two readings
    Rates rates{};
    History history;
    std::optional<Load> load;
    Moment load_read{};

    Stats counters; // the rates count from these
    Moment read{};
    Moment seen{};
};

// Lines with what was read of each before. Readings that follow each other at once, as they do
// where the user goes from one list to another and back, make no rate.
class Lines {
public:
    using Map = std::map<LineId, Line>;
    static constexpr Moment shortest{500};

    Line &take(const LineId &id, const std::string &note, const Stats &counters, Moment now);

    // After all of a reading was taken: forgets what it did not have.
    void end(Moment now);

    void clear() noexcept { lines_.clear(); }
    const Map &all() const noexcept { return lines_; }
    Line *find(const LineId &id);

    Rates total() const noexcept;
    bool any_measured() const noexcept;

    // Nothing where that of a line was not read then.
    std::optional<Load> total_load(Moment now) const noexcept;

private:
    Map lines_;
};

struct ConnectionLine {
    Endpoint client;
    std::string name; // protocol and client
    std::string virtual_server;
    std::string state;
    std::uint32_t expires = 0; // seconds

    bool operator==(const ConnectionLine &) const = default;
};

ConnectionLine line_of(const Connection &connection);

// Whether a line has the text in it; upper and lower case are the same.
bool matches(const Line &line, std::string_view text);
bool matches(const ConnectionLine &line, std::string_view text);

} // namespace ipvsctl::tool::top
