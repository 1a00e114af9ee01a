// SPDX-License-Identifier: GPL-2.0-or-later
#include "lines.hpp"

#include <algorithm>

namespace ipvsctl::tool::top {

namespace {

std::string name_of(const LineId &id)
{
    if (const auto *service = std::get_if<ServiceKey>(&id)) {
        return to_string(*service);
    }
    return std::get<Endpoint>(id).to_string();
}

char lower(char letter) noexcept
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

void add(Load &sum, const Load &load) noexcept
{
    sum.active += load.active;
    sum.inactive += load.inactive;
    sum.weight += load.weight;
}

bool has(std::string_view text, std::string_view part)
{
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    return part.empty() ||
           std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

} // namespace

Load load_of(const Destination &server) noexcept
{
    return {server.active_connections, server.inactive_connections, server.config.weight};
}

Load load_of(const std::vector<Destination> &servers) noexcept
{
    Load sum;
    for (const Destination &server : servers) {
        add(sum, load_of(server));
    }
    return sum;
}

Line &Lines::take(const LineId &id, const std::string &note, const Stats &counters, Moment now)
{
    const auto [place, is_new] = lines_.try_emplace(id);
    Line &line = place->second;
    line.seen = now;
    line.note = note;
    if (is_new) {
        line.id = id;
        line.name = name_of(id);
    } else if (now - line.read < shortest) {
        return line;
    } else {
        line.measured = true;
        line.rates = rates_between(line.counters, counters, now - line.read);
        line.history.add(line.read, now, line.rates);
    }
    line.counters = counters;
    line.read = now;
    return line;
}

void Lines::end(Moment now)
{
    std::erase_if(lines_, [now](const Map::value_type &entry) { return entry.second.seen != now; });
}

Line *Lines::find(const LineId &id)
{
    const auto found = lines_.find(id);
    return found == lines_.end() ? nullptr : &found->second;
}

Rates Lines::total() const noexcept
{
    Rates sum{};
    for (const auto &[id, line] : lines_) {
        for (std::size_t i = 0; i < metric_count; i++) {
            sum[i] += line.rates[i];
        }
    }
    return sum;
}

bool Lines::any_measured() const noexcept
{
    return std::ranges::any_of(lines_,
                               [](const Map::value_type &entry) { return entry.second.measured; });
}

std::optional<Load> Lines::total_load(Moment now) const noexcept
{
    Load sum;
    for (const auto &[id, line] : lines_) {
        if (!line.load || line.load_read != now) {
            return std::nullopt;
        }
        add(sum, *line.load);
    }
    return sum;
}

ConnectionLine line_of(const Connection &connection)
{
    return {connection.client,
            protocol_name(connection.protocol) + ' ' + connection.client.to_string(),
            connection.virtual_server.to_string(), connection.state, connection.expires};
}

bool matches(const Line &line, std::string_view text)
{
    return has(line.name, text) || has(line.note, text);
}

bool matches(const ConnectionLine &line, std::string_view text)
{
    return has(line.name, text) || has(line.virtual_server, text) || has(line.state, text);
}

} // namespace ipvsctl::tool::top
