// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/client.hpp"

#include "client_impl.hpp"
#include "codec/counter.hpp"
#include "codec/info.hpp"
#include "codec/timeouts.hpp"

namespace ipvsctl {
inline namespace v1 {

using detail::NfvsAttrs;

Client detail::ClientFactory::make(Link link)
{
    return Client(std::make_unique<Client::Impl>(std::move(link)));
}

Result<Client> Client::open(const ClientOptions &options)
{
    auto link = detail::connect(options.load_module, options.network_namespace);
    if (!link)
        return link.error();
    return detail::ClientFactory::make(std::move(*link));
}

Client::Client(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Client::Client(Client &&other) noexcept = default;
Client &Client::operator=(Client &&other) noexcept = default;
Client::~Client() = default;

std::string_view Client::family() const noexcept
{
    return impl_->family();
}

std::uint32_t Client::port_id() const noexcept
{
    return impl_->port_id();
}

Result<Info> Client::info()
{
    return impl_->query<detail::InfoAttrs>(NFVS_CMD_GET_INFO, NFVS_CMD_SET_INFO, {})
        .and_then([](const detail::InfoAttrs &attrs) { return detail::decode_info(attrs); });
}

Result<std::vector<Service>> Client::services()
{
    bool whole = true;
    auto found = services(whole);
    return detail::if_whole(std::move(found), whole);
}

Result<std::vector<Service>> Client::services(bool &whole)
{
    auto found = impl_->list<Service>(
        NFVS_CMD_GET_SERVICE, NFVS_CMD_NEW_SERVICE, {},
        [](auto &services, const NfvsAttrs &attrs) {
            return detail::append(services, detail::service_in(attrs));
        },
        whole);
    if (found && !whole)
        detail::keep_last(*found, &Service::key);
    return found;
}

Result<Service> Client::service(const ServiceKey &key)
{
    return impl_->query<NfvsAttrs>(NFVS_CMD_GET_SERVICE, NFVS_CMD_NEW_SERVICE, detail::naming(key))
        .and_then(detail::service_in);
}

Result<std::vector<Destination>> Client::destinations(const ServiceKey &key)
{
    const Family family = family_of(key);
    return impl_->list<Destination>(NFVS_CMD_GET_DEST, NFVS_CMD_NEW_DEST, detail::naming(key),
                                    [&](auto &destinations, const NfvsAttrs &attrs) {
                                        return detail::append(
                                            destinations, detail::destination_in(attrs, family));
                                    });
}

Result<void> Client::add_service(const ServiceKey &key, const ServiceConfig &config)
{
    return impl_->change_service(NFVS_CMD_NEW_SERVICE, key, config);
}

Result<void> Client::edit_service(const ServiceKey &key, const ServiceConfig &config)
{
    return impl_->change_service(NFVS_CMD_SET_SERVICE, key, config);
}

Result<void> Client::delete_service(const ServiceKey &key)
{
    return impl_->change(NFVS_CMD_DEL_SERVICE, detail::naming(key));
}

Result<void> Client::add_destination(const ServiceKey &key, const DestinationConfig &config)
{
    return impl_->change(NFVS_CMD_NEW_DEST,
                         detail::naming(key, detail::encode_destination(config)));
}

Result<void> Client::edit_destination(const ServiceKey &key, const DestinationConfig &config)
{
    return impl_->change(NFVS_CMD_SET_DEST,
                         detail::naming(key, detail::encode_destination(config)));
}

Result<void> Client::delete_destination(const ServiceKey &key, const Endpoint &endpoint)
{
    return impl_->change(NFVS_CMD_DEL_DEST,
                         detail::naming(key, detail::encode_destination_key(endpoint)));
}

Result<void> Client::zero()
{
    return impl_->change(NFVS_CMD_ZERO, NfvsAttrs());
}

Result<void> Client::zero(const ServiceKey &key)
{
    return impl_->change(NFVS_CMD_ZERO, detail::naming(key));
}

Result<void> Client::flush()
{
    return impl_->change(NFVS_CMD_FLUSH, NfvsAttrs());
}

Result<Timeouts> Client::timeouts()
{
    return impl_->query<NfvsAttrs>(NFVS_CMD_GET_CONFIG, NFVS_CMD_SET_CONFIG, {})
        .transform([](const NfvsAttrs &attrs) { return detail::decode_timeouts(attrs); });
}

Result<void> Client::set_timeouts(const Timeouts &timeouts)
{
    return impl_->change(NFVS_CMD_SET_CONFIG, detail::encode_timeouts(timeouts));
}

Result<std::vector<SyncDaemon>> Client::daemons()
{
    return impl_->list<SyncDaemon>(NFVS_CMD_GET_DAEMON, NFVS_CMD_NEW_DAEMON, {},
                                   [](auto &daemons, const NfvsAttrs &attrs) -> Result<void> {
                                       if (!attrs.daemon)
                                           return detail::missing_attribute("daemon");
                                       return detail::append(daemons,
                                                             detail::decode_daemon(*attrs.daemon));
                                   });
}

Result<void> Client::start_daemon(const SyncDaemon &daemon)
{
    return impl_->change(NFVS_CMD_NEW_DAEMON, detail::starting(daemon));
}

Result<void> Client::stop_daemon(DaemonRole role)
{
    return impl_->change(NFVS_CMD_DEL_DAEMON, detail::naming(role));
}

Result<std::vector<Counter>> Client::counters()
{
    const auto attrs = impl_->query<NfvsAttrs>(NFVS_CMD_GET_COUNTERS, NFVS_CMD_GET_COUNTERS, {});
    if (!attrs)
        return attrs.error();
    std::vector<Counter> counters;
    counters.reserve(attrs->counter.size());
    for (const auto &one : attrs->counter)
        if (auto ok = detail::append(counters, detail::decode_counter(one)); !ok)
            return ok.error();
    return counters;
}

} // namespace v1
} // namespace ipvsctl
