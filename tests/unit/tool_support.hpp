// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A kernel and a name service for tests of the tool: both answer from memory.
 */
#pragma once

#include "tool/app.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ipvsctl::test {

using FakeService = TableEntry;

// What the fake kernel holds, and what it was asked for.
struct FakeState {
    Info info{.version = 0x010201,
              .connection_table_size = 4096,
              .module = {},
              .connections = {},
              .connection_limit = {}};
    Limits limits;
    std::vector<FakeService> services;
    Timeouts timeouts{900, 120, 300};
    std::vector<Counter> counters;
    std::vector<SyncDaemon> daemons;
    std::vector<Connection> connections;
    std::string input;                                       // standard input
    std::size_t input_chunk = std::string::npos;             // how much of it comes at a time
    std::map<std::size_t, std::optional<Error>> call_errors; // of changes, counted from 1
    std::optional<Error> open_error;                         // there is no kernel
    std::optional<Error> info_error;
    std::optional<Error> error; // every other request fails
    bool terminal = false;
    std::function<bool()> on_wait; // whether to go on; a second and a half passes
    int requests = 0;              // for services, the table, connections
    std::optional<tool::WatchTable> watched;
    std::deque<Result<Event>> events;

    std::vector<std::string> calls; // of changes
    int settled = 0;                // how often the queue was carried out
    tool::Watch last_watch;
    TableQuery last_query;
    ConnectionFilter last_filter;
    SyncDaemon last_daemon;
    std::string last_call; // name of the last request that was not a question
    std::optional<ServiceKey> last_key;
    ServiceConfig last_service;
    DestinationConfig last_server;
    Endpoint last_endpoint;
    Timeouts last_timeouts;
    std::vector<std::chrono::seconds> waits;
};

std::unique_ptr<tool::Kernel> make_fake_kernel(FakeState &state);

class FakeNames final : public tool::Names {
public:
    std::map<std::string, Address> hosts;
    std::map<Address, std::string> addresses;
    std::map<std::string, std::uint16_t> ports; // of every protocol
    int questions = 0;

    std::optional<Address> address_of(const std::string &host) override;
    std::optional<std::string> host_of(const Address &address) override;
    std::optional<std::uint16_t> port_of(const std::string &service, Protocol protocol) override;
    std::optional<std::string> service_of(std::uint16_t port, Protocol protocol) override;
};

struct Outcome {
    int status = 0;
    std::string out;
    std::string err;
};

Outcome run_tool(const std::vector<std::string> &words, FakeState &state, FakeNames &names);

// Splits at blanks.
std::vector<std::string> split_words(const std::string &line);

inline Error kernel_error(int code, std::string message = {}, std::string attribute = {})
{
    return {Domain::kernel, code, std::move(message), std::move(attribute)};
}

} // namespace ipvsctl::test
