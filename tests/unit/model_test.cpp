// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Service keys, destinations, info.
 */
#include "ipvsctl/destination.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/service.hpp"
#include "ipvsctl/version.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace ipvsctl;

namespace {

ServiceKey tcp(const char *endpoint)
{
    return AddressServiceKey{Protocol::tcp, Endpoint::parse(endpoint).value()};
}

} // namespace

TEST_CASE("services are ordered by address, then by mark", "[model]")
{
    const std::vector<ServiceKey> sorted{
        tcp("10.0.0.1:80"),
        tcp("10.0.0.1:443"),
        tcp("127.255.255.255:1"),
        tcp("200.0.0.1:1"),
        AddressServiceKey{Protocol::udp, Endpoint::parse("1.0.0.1:53").value()},
        tcp("[::1]:1"),
        tcp("[ff00::1]:1"),
        FwmarkServiceKey{1, Family::inet},
        FwmarkServiceKey{1, Family::inet6},
        FwmarkServiceKey{0x80000001, Family::inet},
    };
    auto shuffled = sorted;
    std::reverse(shuffled.begin(), shuffled.end());
    std::sort(shuffled.begin(), shuffled.end());
    CHECK(shuffled == sorted);
}

TEST_CASE("a service key tells its family, port and name", "[model]")
{
    CHECK(family_of(tcp("[::1]:80")) == Family::inet6);
    CHECK(port_of(tcp("[::1]:80")) == 80);
    CHECK(to_string(tcp("[::1]:80")) == "TCP [::1]:80");
    const ServiceKey mark = FwmarkServiceKey{7, Family::inet6};
    CHECK(family_of(mark) == Family::inet6);
    CHECK(port_of(mark) == 0);
    CHECK(to_string(mark) == "FWM 7 IPv6");
    CHECK(to_string(ServiceKey(FwmarkServiceKey{4294967295, Family::inet})) == "FWM 4294967295");
}

TEST_CASE("the kernel's numbers have names", "[model]")
{
    CHECK(to_string(ForwardingMethod::masquerade) == "Masq");
    CHECK(to_string(ForwardingMethod::local) == "Local");
    CHECK(to_string(ForwardingMethod::tunnel) == "Tunnel");
    CHECK(to_string(ForwardingMethod::direct) == "Route");
    CHECK(to_string(ForwardingMethod::bypass) == "Bypass");
    CHECK(to_string(static_cast<ForwardingMethod>(7)) == "Unknown");
    CHECK(to_string(TunnelType::ipip) == "ipip");
    CHECK(to_string(TunnelType::gue) == "gue");
    CHECK(to_string(TunnelType::gre) == "gre");
    CHECK(to_string(static_cast<TunnelType>(9)) == "unknown");
}

TEST_CASE("versions are written", "[model]")
{
    Info info;
    info.version = 0x010201;
    CHECK(info.version_string() == "1.2.1");
    CHECK_FALSE(version().empty());
}
