// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel.hpp"

#include "ipvsctl/client.hpp"

namespace ipvsctl::tool {

namespace {

class ClientKernel final : public Kernel {
public:
    explicit ClientKernel(Client client) noexcept : client_(std::move(client)) {}

    Result<Info> info() override { return client_.info(); }
    Result<std::vector<Service>> services() override { return client_.services(); }
    Result<Service> service(const ServiceKey &key) override { return client_.service(key); }
    Result<std::vector<Destination>> destinations(const ServiceKey &key) override
    {
        return client_.destinations(key);
    }
    Result<void> add_service(const ServiceKey &key, const ServiceConfig &config) override
    {
        return client_.add_service(key, config);
    }
    Result<void> edit_service(const ServiceKey &key, const ServiceConfig &config) override
    {
        return client_.edit_service(key, config);
    }
    Result<void> delete_service(const ServiceKey &key) override
    {
        return client_.delete_service(key);
    }
    Result<void> add_destination(const ServiceKey &key, const DestinationConfig &config) override
    {
        return client_.add_destination(key, config);
    }
    Result<void> edit_destination(const ServiceKey &key, const DestinationConfig &config) override
    {
        return client_.edit_destination(key, config);
    }
    Result<void> delete_destination(const ServiceKey &key, const Endpoint &endpoint) override
    {
        return client_.delete_destination(key, endpoint);
    }
    Result<void> zero(const std::optional<ServiceKey> &key) override
    {
        return key ? client_.zero(*key) : client_.zero();
    }
    Result<void> flush() override { return client_.flush(); }
    Result<Timeouts> timeouts() override { return client_.timeouts(); }
    Result<void> set_timeouts(const Timeouts &timeouts) override
    {
        return client_.set_timeouts(timeouts);
    }
    Result<std::vector<Counter>> counters() override { return client_.counters(); }

private:
    Client client_;
};

} // namespace

Result<std::unique_ptr<Kernel>> open_kernel()
{
    return Client::open().transform([](Client client) -> std::unique_ptr<Kernel> {
        return std::make_unique<ClientKernel>(std::move(client));
    });
}

} // namespace ipvsctl::tool
