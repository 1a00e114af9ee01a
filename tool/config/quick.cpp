// SPDX-License-Identifier: GPL-2.0-or-later
#include "quick.hpp"

#include "../draft.hpp"
#include "../option_table.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

constexpr std::uint64_t max_int = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t max_scheduler_name = 15;

// Takes a number without signs and leading zeros off the front of a text.
inline bool take_number(std::string_view &text, std::uint64_t max, std::uint32_t &number) noexcept
{
    constexpr std::ptrdiff_t most_digits = 10;
    std::uint64_t value = 0;
    auto end = text.begin();
    for (; end != text.end() && *end >= '0' && *end <= '9'; ++end) {
        value = value * 10 + static_cast<std::uint64_t>(*end - '0');
    }
    // With more digits it is not the number that they say.
    const auto digits = end - text.begin();
    if (digits == 0 || digits > most_digits || value > max || (digits > 1 && text[0] == '0')) {
        return false;
    }
    text = {end, text.end()};
    number = static_cast<std::uint32_t>(value);
    return true;
}

bool read_number(std::string_view text, std::uint64_t max, std::uint32_t &number) noexcept
{
    return take_number(text, max, number) && text.empty();
}

bool take_mark(std::string_view &text, char mark) noexcept
{
    const bool there = text.starts_with(mark);
    text.remove_prefix(there ? 1 : 0);
    return there;
}

bool take_v4(std::string_view &text, Address &address) noexcept
{
    std::uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        std::uint32_t part = 0;
        if ((i > 0 && !take_mark(text, '.')) || !take_number(text, 255, part)) {
            return false;
        }
        value = value << 8 | part;
    }
    address = Address::v4(value);
    return true;
}

bool take_v6(std::string_view &text, Address &address)
{
    const auto end = text.find(']');
    if (end == std::string_view::npos) {
        return false;
    }
    const auto parsed = Address::parse(text.substr(1, end - 1));
    if (!parsed || !parsed->is_v6()) {
        return false;
    }
    address = *parsed;
    text.remove_prefix(end + 1);
    return true;
}

// An address and a port that is not 0, in figures.
bool read_endpoint(std::string_view text, Endpoint &endpoint)
{
    std::uint32_t port = 0;
    const bool read =
        text.starts_with('[') ? take_v6(text, endpoint.address) : take_v4(text, endpoint.address);
    if (!read || !take_mark(text, ':') || !read_number(text, 65535, port) || port == 0) {
        return false;
    }
    endpoint.port = static_cast<std::uint16_t>(port);
    return true;
}

bool is_name(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= max_scheduler_name &&
           std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

} // namespace

void QuickRule::begin(CommandId command)
{
    command_ = command;
    given_.reset();
    if (command == CommandId::add_service) {
        config_ = {};
    } else {
        server_ = {};
    }
}

void QuickRule::set_service(const ServiceKey &key)
{
    service_ = key;
    name_ = {};
    given_.set(index(Group::service));
}

bool QuickRule::mark(Group group)
{
    auto given = given_[index(group)];
    const bool is_new = !given;
    given = true;
    return is_new;
}

bool QuickRule::take(OptionId id, std::string_view value)
{
    const Group group = spec_of(id).group;
    if (group == Group::unchecked || !mark(group)) {
        return false;
    }
    if (id == OptionId::tcp_service || id == OptionId::udp_service) {
        return take_service(id, value);
    }
    return command_ == CommandId::add_service ? take_of_service(id, value)
                                              : take_of_server(id, value);
}

// Of one service there are many real servers.
bool QuickRule::take_service(OptionId id, std::string_view value)
{
    if (id == named_by_ && !name_.empty() && value == name_) {
        return true;
    }
    AddressServiceKey key;
    key.protocol = id == OptionId::tcp_service ? Protocol::tcp : Protocol::udp;
    if (!read_endpoint(value, key.endpoint)) {
        return false;
    }
    service_ = key;
    named_by_ = id;
    name_ = value;
    return true;
}

bool QuickRule::take_of_service(OptionId id, std::string_view value)
{
    switch (id) {
    case OptionId::scheduler:
        config_.scheduler = value;
        return is_name(value);
    case OptionId::persistent:
        config_.flags |= service_flag::persistent;
        config_.persistence_timeout = default_persistence_timeout;
        return value.empty() ||
               (read_number(value, std::uint64_t{max_timeout}, config_.persistence_timeout) &&
                config_.persistence_timeout > 0);
    default:
        return false;
    }
}

bool QuickRule::take_of_server(OptionId id, std::string_view value)
{
    switch (id) {
    case OptionId::real_server:
        return read_endpoint(value, server_.endpoint);
    case OptionId::gatewaying:
        server_.method = ForwardingMethod::direct;
        return true;
    case OptionId::ipip:
        server_.method = ForwardingMethod::tunnel;
        return true;
    case OptionId::masquerading:
        server_.method = ForwardingMethod::masquerade;
        return true;
    case OptionId::weight:
        return read_number(value, max_int, server_.weight);
    case OptionId::upper_threshold:
        return read_number(value, max_int, server_.upper_threshold);
    case OptionId::lower_threshold:
        return read_number(value, max_int, server_.lower_threshold);
    default:
        return false;
    }
}

bool QuickRule::finish()
{
    if (!given_.test(index(Group::service))) {
        return false;
    }
    if (command_ != CommandId::add_service) {
        return finish_server();
    }
    const auto *key = std::get_if<AddressServiceKey>(&service_);
    if (!key || key->endpoint.port == 0) {
        return false;
    }
    if (config_.scheduler.empty()) {
        config_.scheduler = default_scheduler;
    }
    config_.netmask = Netmask::host(family_of(service_));
    return true;
}

bool QuickRule::take_next(std::string_view address)
{
    return read_endpoint(address, server_.endpoint) && finish_server();
}

// Only address translation leads to another port.
bool QuickRule::finish_server()
{
    if (!given_.test(index(Group::real_server)) ||
        server_.endpoint.address.family() != family_of(service_)) {
        return false;
    }
    if (server_.method != ForwardingMethod::masquerade &&
        std::holds_alternative<AddressServiceKey>(service_)) {
        server_.endpoint.port = port_of(service_);
    }
    return true;
}

} // namespace ipvsctl::tool
