// SPDX-License-Identifier: GPL-2.0-or-later
#include "names.hpp"

#include <array>
#include <cstring>
#include <memory>

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

namespace ipvsctl::tool {

namespace {

struct FreeAddresses {
    void operator()(addrinfo *list) const noexcept { freeaddrinfo(list); }
};

const char *protocol_word(Protocol protocol) noexcept
{
    switch (protocol) {
    case Protocol::tcp:
        return "tcp";
    case Protocol::udp:
        return "udp";
    case Protocol::sctp:
        return "sctp";
    }
    return nullptr;
}

std::optional<std::string> look_up_host(const Address &address)
{
    sockaddr_storage storage{};
    socklen_t size = 0;
    if (address.is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        std::memcpy(&v4.sin_addr, address.bytes().data(), sizeof(v4.sin_addr));
        std::memcpy(&storage, &v4, size = sizeof(v4));
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        std::memcpy(&v6.sin6_addr, address.bytes().data(), sizeof(v6.sin6_addr));
        std::memcpy(&storage, &v6, size = sizeof(v6));
    }
    std::array<char, NI_MAXHOST> host{};
    if (getnameinfo(reinterpret_cast<const sockaddr *>(&storage), size, host.data(), host.size(),
                    nullptr, 0, NI_NAMEREQD) != 0) {
        return std::nullopt;
    }
    return std::string(host.data());
}

std::optional<std::string> look_up_service(std::uint16_t port, Protocol protocol)
{
    const char *word = protocol_word(protocol);
    servent entry{};
    servent *found = nullptr;
    std::array<char, 4096> buffer{};
    if (!word ||
        getservbyport_r(htons(port), word, &entry, buffer.data(), buffer.size(), &found) != 0 ||
        !found) {
        return std::nullopt;
    }
    return std::string(found->s_name);
}

} // namespace

std::optional<Address> SystemNames::address_of(const std::string &host)
{
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) {
        return std::nullopt;
    }
    const std::unique_ptr<addrinfo, FreeAddresses> owner(list);
    sockaddr_in first{};
    std::memcpy(&first, list->ai_addr, sizeof(first));
    return Address::v4(ntohl(first.sin_addr.s_addr));
}

std::optional<std::string> SystemNames::host_of(const Address &address)
{
    const auto known = hosts_.find(address);
    if (known != hosts_.end()) {
        return known->second;
    }
    return hosts_.emplace(address, look_up_host(address)).first->second;
}

std::optional<std::uint16_t> SystemNames::port_of(const std::string &service, Protocol protocol)
{
    const char *word = protocol_word(protocol);
    servent entry{};
    servent *found = nullptr;
    std::array<char, 4096> buffer{};
    if (!word ||
        getservbyname_r(service.c_str(), word, &entry, buffer.data(), buffer.size(), &found) != 0 ||
        !found) {
        return std::nullopt;
    }
    return ntohs(static_cast<std::uint16_t>(found->s_port));
}

std::optional<std::string> SystemNames::service_of(std::uint16_t port, Protocol protocol)
{
    const std::pair key(port, protocol);
    const auto known = services_.find(key);
    if (known != services_.end()) {
        return known->second;
    }
    return services_.emplace(key, look_up_service(port, protocol)).first->second;
}

} // namespace ipvsctl::tool
