// SPDX-License-Identifier: GPL-2.0-or-later
// Something of each part of the library; succeeds with or without a balancer in the kernel.
#include <ipvsctl/client.hpp>
#include <ipvsctl/monitor.hpp>
#include <ipvsctl/version.hpp>

#include <cerrno>
#include <iostream>

int main()
{
    using namespace ipvsctl;
    ClientOptions options;
    options.load_module = false;
    const auto endpoint = Endpoint::parse("[2001:db8::1]:80");
    const auto client = Client::open(options);
    MonitorOptions events;
    events.network_namespace = "no-such-namespace";
    const auto monitor = Monitor::open(events);
    std::cout << version() << ' ' << endpoint.value().to_string() << ' '
              << (client ? client->family() : "no balancer") << '\n';
    return !monitor && monitor.error().code == ENOENT &&
                   (client || client.error().code == ENOPROTOOPT)
               ? 0
               : 1;
}
