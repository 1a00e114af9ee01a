// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel.hpp"

#include "ipvsctl/client.hpp"

namespace ipvsctl::tool {

namespace {

class ClientKernel final : public Kernel {
public:
    explicit ClientKernel(Client client) noexcept : client_(std::move(client)) {}

    Result<Info> info() override { return client_.info(); }
    Result<Limits> limits() override { return client_.limits(); }
    Result<std::vector<Service>> services() override { return client_.services(whole_); }
    Result<std::vector<TableEntry>> table(const TableQuery &query) override
    {
        return client_.table(query, whole_);
    }
    bool table_is_whole() const override { return whole_; }
    Result<CommitResult> commit(const Transaction &transaction) override
    {
        return client_.commit(transaction);
    }
    Result<Timeouts> timeouts() override { return client_.timeouts(); }
    Result<std::vector<Counter>> counters() override { return client_.counters(); }
    Result<std::vector<SyncDaemon>> daemons() override { return client_.daemons(); }
    Result<void> connections(const ConnectionFilter &filter,
                             const ConnectionVisitor &visit) override
    {
        return client_.connections(filter, visit);
    }
    Result<std::uint32_t> end_connections(const ConnectionFilter &filter) override
    {
        return client_.end_connections(filter);
    }
    void post(const Command &change) override;
    Result<std::vector<BatchFailure>> settle() override
    {
        auto failures = client_.apply(batch_);
        batch_.clear();
        return failures;
    }

private:
    Client client_;
    Batch batch_;
    bool whole_ = true; // of what was read last
};

void ClientKernel::post(const Command &change)
{
    const Overloaded visitor{
        [&](const AddService &add) { batch_.add_service(add.key, add.config); },
        [&](const EditService &edit) { batch_.edit_service(edit.key, edit.config); },
        [&](const DeleteService &del) { batch_.delete_service(del.key); },
        [&](const AddServer &add) { batch_.add_destination(add.service, add.config); },
        [&](const EditServer &edit) { batch_.edit_destination(edit.service, edit.config); },
        [&](const DeleteServer &del) { batch_.delete_destination(del.service, del.endpoint); },
        [&](const Clear &) { batch_.flush(); },
        [&](const Zero &zero) { zero.service ? batch_.zero(*zero.service) : batch_.zero(); },
        [&](const SetTimeouts &set) { batch_.set_timeouts(set.timeouts); },
        [&](const StartDaemon &start) { batch_.start_daemon(start.daemon); },
        [&](const StopDaemon &stop) { batch_.stop_daemon(stop.role); },
        [](const auto &) {},
    };
    std::visit(visitor, change);
}

Result<std::unique_ptr<Kernel>> open(const ClientOptions &options)
{
    return Client::open(options).transform(make_kernel);
}

} // namespace

std::unique_ptr<Kernel> make_kernel(Client client)
{
    return std::make_unique<ClientKernel>(std::move(client));
}

Result<std::unique_ptr<Kernel>> open_kernel()
{
    return open({});
}

Result<std::unique_ptr<Kernel>> open_loaded_kernel()
{
    return open({.load_module = false, .network_namespace = {}});
}

} // namespace ipvsctl::tool
