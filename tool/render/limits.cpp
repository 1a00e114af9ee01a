// SPDX-License-Identifier: GPL-2.0-or-later
#include "limits.hpp"

#include "column.hpp"
#include "ipvsctl/version.hpp"
#include "json_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ipvsctl::tool {

namespace {

constexpr std::size_t limit_width = 22;

using Words = std::vector<std::string>;

template <typename Item> Words words_of(const std::vector<Item> &items)
{
    Words words;
    words.reserve(items.size());
    for (const Item &item : items) {
        if constexpr (std::is_enum_v<Item>) {
            words.push_back(lower_case(to_string(item)));
        } else {
            words.push_back(lower_case(item));
        }
    }
    return words;
}

// Numbers that the interface itself sets, by their names in JSON.
std::array<std::pair<std::string_view, std::uint32_t>, 6> bounds_of(const Limits &limits)
{
    return {{{"weight", limits.max_weight},
             {"threshold", limits.max_threshold},
             {"persistence_timeout", limits.max_persistence_timeout},
             {"scheduler_name", limits.max_scheduler_name},
             {"persistence_engine_name", limits.max_persistence_engine_name},
             {"interface_name", limits.max_interface_name}}};
}

class LimitsText {
public:
    explicit LimitsText(std::string &out) noexcept : out_(out) {}

    void row(std::string_view name, std::string_view value)
    {
        append_left(out_, name, limit_width);
        out_ += ' ';
        out_ += value;
        out_ += '\n';
    }
    void row(std::string_view name, std::uint64_t value) { row(name, Digits(value).view()); }
    void row(std::string_view name, const Words &words)
    {
        std::string text;
        for (const std::string &word : words) {
            text += text.empty() ? word : ' ' + word;
        }
        row(name, text.empty() ? "-" : text);
    }
    template <typename T> void row(std::string_view name, const std::optional<T> &maybe)
    {
        maybe ? row(name, *maybe) : row(name, "unknown");
    }

private:
    std::string &out_;
};

void write_words(JsonWriter &json, std::string_view name, const Words &words)
{
    json.key(name);
    json.begin_array();
    for (const std::string &word : words) {
        json.value(word);
    }
    json.end_array();
}

void write_words(JsonWriter &json, std::string_view name, const std::optional<Words> &words)
{
    if (words) {
        write_words(json, name, *words);
    } else {
        json.member(name, nullptr);
    }
}

} // namespace

void render_limits(std::string &out, const Limits &limits)
{
    LimitsText text(out);
    text.row("ipvsctl", version());
    text.row("module", limits.info.module.value_or("ip_vs"));
    text.row("netlink family", limits.family);
    text.row("interface", limits.info.version_string());
    text.row("schedulers", limits.schedulers);
    text.row("persistence engines", limits.persistence_engines);
    text.row("protocols", words_of(limits.protocols));
    text.row("methods", words_of(limits.methods));
    text.row("tunnel types", words_of(limits.tunnel_types));
    text.row("features", limits.features);
    text.row("connection table", limits.info.connection_table_size);
    text.row("connections", limits.info.connections);
    text.row("connection limit", limits.info.connection_limit);
    for (const auto &[name, highest] : bounds_of(limits)) {
        std::string spaced = "max " + std::string(name);
        std::ranges::replace(spaced, '_', ' ');
        text.row(spaced, highest);
    }
}

void render_json_limits(std::ostream &out, const Limits &limits)
{
    JsonWriter json(out, "limits");
    json.member("ipvsctl", version());
    json.member("family", limits.family);
    write_balancer(json, limits.info);
    write_words(json, "schedulers", limits.schedulers);
    write_words(json, "persistence_engines", limits.persistence_engines);
    write_words(json, "protocols", words_of(limits.protocols));
    write_words(json, "methods", words_of(limits.methods));
    write_words(json, "tunnel_types", words_of(limits.tunnel_types));
    write_words(json, "features", limits.features);
    json.key("max");
    json.begin_object();
    for (const auto &[name, highest] : bounds_of(limits)) {
        json.member(name, highest);
    }
    json.end_object();
    json.end_document();
}

} // namespace ipvsctl::tool
