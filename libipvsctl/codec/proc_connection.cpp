// SPDX-License-Identifier: LGPL-2.1-or-later
#include "proc_connection.hpp"

#include "nla.hpp"

#include <algorithm>
#include <charconv>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/** Takes the next word off the front of a line; empty at its end. */
std::string_view next_word(std::string_view &line) noexcept
{
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const auto word = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(word.size());
    return word;
}

template <typename T> std::optional<T> parse_whole(std::string_view text, int base) noexcept
{
    T number{};
    const char *const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number, base);
    if (problem != std::errc{} || stop != end)
        return std::nullopt;
    return number;
}

/** Eight hexadecimal digits for IPv4, colons for IPv6. */
std::optional<Address> parse_proc_address(std::string_view text)
{
    if (text.find(':') == std::string_view::npos) {
        const auto value = parse_whole<std::uint32_t>(text, 16);
        return value ? std::optional(Address::v4(*value)) : std::nullopt;
    }
    const auto address = Address::parse(text);
    return address ? std::optional(*address) : std::nullopt;
}

std::optional<Endpoint> next_endpoint(std::string_view &line)
{
    const auto address = parse_proc_address(next_word(line));
    const auto port = parse_whole<std::uint16_t>(next_word(line), 16);
    if (!address || !port)
        return std::nullopt;
    return Endpoint{.address = *address, .port = *port};
}

} // namespace

Result<Connection> parse_proc_connection(std::string_view line)
{
    const auto whole = line;
    const auto protocol = protocol_number(next_word(line));
    const auto client = next_endpoint(line);
    const auto virtual_server = next_endpoint(line);
    const auto real_server = next_endpoint(line);
    const auto state = next_word(line);
    const auto expires = parse_whole<std::uint32_t>(next_word(line), 10);
    if (!protocol || !client || !virtual_server || !real_server || state.empty() || !expires)
        return protocol_error("a line of the connection table makes no sense: '" +
                              std::string(whole) + "'");
    const auto engine = next_word(line);
    const auto data = next_word(line);
    return Connection{.protocol = *protocol,
                      .client = *client,
                      .virtual_server = *virtual_server,
                      .real_server = *real_server,
                      .state = std::string(state),
                      .expires = *expires,
                      .method = {},
                      .fwmark = {},
                      .persistence_engine = std::string(engine),
                      .persistence_data = std::string(data)};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
