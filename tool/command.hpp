// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a command line asks for, one struct per command.
 */
#pragma once

#include "grammar.hpp"
#include "ipvsctl/connection.hpp"
#include "ipvsctl/daemon.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"
#include "ipvsctl/timeouts.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace ipvsctl::tool {

// What the columns of a listing show.
enum class View : std::uint8_t { plain, stats, rate, thresholds, persistent_conn, tunnels };

enum class Output : std::uint8_t { text, json };

// How long after it was shown something is shown again; only once without.
using Interval = std::optional<std::chrono::seconds>;

struct ListFormat {
    View view = View::plain;
    bool numeric = false; // no names for addresses and ports
    bool exact = false;   // no K, M, G, T
    bool sorted = true;
    bool stats = false; // a view has one of these, JSON may have both
    bool rate = false;
    bool own_words = true; // or only those that ipvsadm shows

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
    Output output = Output::text;
    Interval interval;
};

struct ListTimeouts {
    Output output = Output::text;
};

struct ListDaemons {
    Output output = Output::text;
};

// The table as commands that make it again.
struct Save {
    ListFormat format;
    bool own_words = true; // or only what ipvsadm can restore
};

// Reads commands, a line each.
struct Restore {
    std::string program;
};

struct StartDaemon {
    SyncDaemon daemon;
};

struct StopDaemon {
    DaemonRole role = DaemonRole::master;
};

struct ListConnections {
    ConnectionFilter filter;
    bool numeric = false;
    bool persistence = false; // with engine and data
    Output output = Output::text;
    Interval interval;
};

struct FlushConnections {
    ConnectionFilter filter;
};

struct SetTimeouts {
    Timeouts timeouts;
};

struct ListCounters {
    Output output = Output::text;
    Interval interval;
};

inline constexpr std::uint32_t default_interval = 2;

// Full-screen, until the user has seen enough.
struct WatchTable {
    std::optional<ServiceKey> service;     // that is opened at once
    std::uint32_t pace = default_interval; // seconds between readings
};

// Makes the table what a file says.
struct Apply {
    std::string file; // - is standard input
    bool dry_run = false;
    bool quiet = false;
    bool verbose = false;
};

// The table as a file for Apply.
struct SaveConfig {
    std::string file; // none, or -, is standard output
};

// Shows events until it is interrupted.
struct Watch {
    bool config = false;
    bool overload = false;
    bool connections = false;
    bool json = false;
    bool timestamp = false;
};

struct ShowHelp {
    std::string program;
    Voice voice = Voice::ipvsctl;
    std::optional<CommandId> topic; // this command alone
};

struct ShowVersion {
    Output output = Output::text;
};

struct ShowCompletion {};

// What Prometheus asks for.
struct ListMetrics {};

struct ShowLimits {
    Output output = Output::text;
};

using Command =
    std::variant<AddService, EditService, DeleteService, AddServer, EditServer, DeleteServer, Clear,
                 Zero, SetTimeouts, StartDaemon, StopDaemon, ListTable, ListTimeouts, ListDaemons,
                 ListCounters, ListConnections, FlushConnections, Save, Restore, Apply, SaveConfig,
                 ShowHelp, ShowVersion, ShowCompletion, ListMetrics, ShowLimits, WatchTable, Watch>;

// How what the command says is to be written.
Output output_of(const Command &command);

// A visitor made of lambdas.
template <typename... F> struct Overloaded : F... {
    using F::operator()...;
};
template <typename... F> Overloaded(F...) -> Overloaded<F...>;

} // namespace ipvsctl::tool
