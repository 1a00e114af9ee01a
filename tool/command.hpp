// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a command line asks for, one struct per command.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"
#include "ipvsctl/timeouts.hpp"

#include <optional>
#include <string>
#include <variant>

namespace ipvsctl::tool {

// What the columns of a listing show.
enum class View : std::uint8_t { plain, stats, rate, thresholds, persistent_conn, tunnels };

struct ListFormat {
    View view = View::plain;
    bool numeric = false; // no names for addresses and ports
    bool exact = false;   // no K, M, G, T
    bool sorted = true;

    bool operator==(const ListFormat &) const = default;
};

struct AddService {
    ServiceKey key;
    ServiceConfig config;
};

struct EditService {
    ServiceKey key;
    ServiceConfig config;
};

struct DeleteService {
    ServiceKey key;
};

struct AddServer {
    ServiceKey service;
    DestinationConfig config;
};

struct EditServer {
    ServiceKey service;
    DestinationConfig config;
};

struct DeleteServer {
    ServiceKey service;
    Endpoint endpoint;
};

struct Clear {};

struct Zero {
    std::optional<ServiceKey> service; // all without
};

struct ListTable {
    std::optional<ServiceKey> service; // all without
    ListFormat format;
};

struct ListTimeouts {};

struct SetTimeouts {
    Timeouts timeouts;
};

struct ListCounters {};

struct ShowHelp {
    std::string program;
};

struct ShowVersion {};

using Command =
    std::variant<AddService, EditService, DeleteService, AddServer, EditServer, DeleteServer, Clear,
                 Zero, ListTable, ListTimeouts, SetTimeouts, ListCounters, ShowHelp, ShowVersion>;

// A visitor made of lambdas.
template <typename... F> struct Overloaded : F... {
    using F::operator()...;
};
template <typename... F> Overloaded(F...) -> Overloaded<F...>;

} // namespace ipvsctl::tool
