// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/address.hpp"

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace ipvsctl {
inline namespace v1 {

namespace {

Error bad_address(std::string_view text)
{
    return parse_error("'" + std::string(text) + "' is not an IPv4 or IPv6 address");
}

// What inet_ntop() writes, too, by way of sprintf(). Returns the end.
char *write_v4(char *out, std::span<const std::uint8_t> bytes) noexcept
{
    for (std::size_t i = 0; i < 4; i++) {
        const unsigned value = bytes[i];
        if (i > 0)
            *out++ = '.';
        if (value >= 100)
            *out++ = static_cast<char>('0' + value / 100);
        if (value >= 10)
            *out++ = static_cast<char>('0' + value / 10 % 10);
        *out++ = static_cast<char>('0' + value % 10);
    }
    return out;
}

} // namespace

Result<Address> Address::from_bytes(Family family, std::span<const std::uint8_t> bytes)
{
    const std::size_t size = family == Family::inet ? 4 : max_size;
    if (bytes.size() < size)
        return parse_error("an address is shorter than its family asks for");
    Address address = any(family);
    std::copy_n(bytes.begin(), size, address.bytes_.begin());
    return address;
}

Result<Address> Address::parse(std::string_view text)
{
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (text.size() >= buffer.size() || text.find('\0') != std::string_view::npos)
        return bad_address(text);
    std::copy(text.begin(), text.end(), buffer.begin());

    Address address = any(text.find(':') == std::string_view::npos ? Family::inet : Family::inet6);
    if (inet_pton(static_cast<int>(address.family_), buffer.data(), address.bytes_.data()) != 1)
        return bad_address(text);
    return address;
}

void Address::append_to(std::string &out) const
{
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (is_v4()) {
        const char *const end = write_v4(buffer.data(), bytes_);
        out.append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
        return;
    }
    out += inet_ntop(AF_INET6, bytes_.data(), buffer.data(), buffer.size());
}

std::string Address::to_string() const
{
    std::string text;
    append_to(text);
    return text;
}

} // namespace v1
} // namespace ipvsctl
