// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the commands need from the balancer; Client behind an interface that a test can play.
 */
#pragma once

#include "command.hpp"
#include "ipvsctl/batch.hpp"
#include "ipvsctl/counter.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/limits.hpp"
#include "ipvsctl/result.hpp"
#include "ipvsctl/table.hpp"
#include "ipvsctl/transaction.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ipvsctl {
inline namespace v1 {
class Client;
} // namespace v1
} // namespace ipvsctl

namespace ipvsctl::tool {

// Reads as Client does; changes go through a queue.
class Kernel {
public:
    using ConnectionVisitor = std::function<void(const Connection &)>;

    Kernel() = default;
    Kernel(const Kernel &) = delete;
    Kernel &operator=(const Kernel &) = delete;
    virtual ~Kernel() = default;

    virtual Result<Info> info() = 0;
    virtual Result<Limits> limits() = 0;
    virtual Result<std::vector<Service>> services() = 0;
    virtual Result<std::vector<TableEntry>> table(const TableQuery &query) = 0;
    // Whether what services() or table() returned last was so at one moment.
    virtual bool table_is_whole() const { return true; }
    virtual Result<Timeouts> timeouts() = 0;
    virtual Result<std::vector<Counter>> counters() = 0;
    virtual Result<std::vector<SyncDaemon>> daemons() = 0;
    virtual Result<void> connections(const ConnectionFilter &filter,
                                     const ConnectionVisitor &visit) = 0;
    virtual Result<std::uint32_t> end_connections(const ConnectionFilter &filter) = 0;

    virtual Result<CommitResult> commit(const Transaction &transaction) = 0;

    // Queues a command that changes something; others are no changes and do not belong here.
    virtual void post(const Command &change) = 0;

    // Carries out what was queued, and says which of it was refused, counted from the first that
    // was queued since the last time.
    virtual Result<std::vector<BatchFailure>> settle() = 0;
};

// The balancer of this machine; loads its module where neither nfvs nor ip_vs is there.
Result<std::unique_ptr<Kernel>> open_kernel();

// The same where a module is loaded.
Result<std::unique_ptr<Kernel>> open_loaded_kernel();
// The one that a client speaks to.
std::unique_ptr<Kernel> make_kernel(Client client);

} // namespace ipvsctl::tool
