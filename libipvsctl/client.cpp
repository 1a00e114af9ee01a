// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/client.hpp"

#include "client_factory.hpp"
#include "codec/counter.hpp"
#include "codec/destination.hpp"
#include "codec/info.hpp"
#include "codec/service.hpp"
#include "codec/timeouts.hpp"

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {

using detail::Message;
using detail::NfvsAttrs;

class Client::Impl {
public:
    explicit Impl(detail::Connection connection) : connection_(std::move(connection)) {}

    std::string_view family() const noexcept { return connection_.family; }

    /** A request that is answered with an acknowledgement alone. */
    Result<void> change(std::uint8_t command, const NfvsAttrs &attrs) const
    {
        auto replies = transact(command, attrs);
        if (!replies)
            return replies.error();
        return {};
    }

    /** A request that is answered with one message, whose command is reply. */
    template <typename Attrs>
    Result<Attrs> query(std::uint8_t command, std::uint8_t reply, const NfvsAttrs &attrs) const
    {
        const auto replies = transact(command, attrs);
        if (!replies)
            return replies.error();
        for (const auto &message : *replies)
            if (message.command == reply)
                return Attrs::decode(message.attributes);
        return detail::protocol_error("the kernel did not answer");
    }

    /** A request for a list, of which each entry comes in a message whose command is reply. */
    template <typename Entry, typename Decode>
    Result<std::vector<Entry>> list(std::uint8_t command, std::uint8_t reply,
                                    const NfvsAttrs &request, Decode &&decode) const
    {
        const auto replies = connection_.transport->dump(
            {.command = command, .attributes = detail::encoded(request)});
        if (!replies)
            return replies.error();
        std::vector<Entry> entries;
        entries.reserve(replies->size());
        for (const auto &message : *replies) {
            if (message.command != reply)
                continue;
            const auto attrs = NfvsAttrs::decode(message.attributes);
            if (!attrs)
                return attrs.error();
            auto entry = decode(*attrs);
            if (!entry)
                return entry.error();
            entries.push_back(std::move(*entry));
        }
        return entries;
    }

private:
    Result<std::vector<Message>> transact(std::uint8_t command, const NfvsAttrs &attrs) const
    {
        return connection_.transport->transact(
            {.command = command, .attributes = detail::encoded(attrs)});
    }

    detail::Connection connection_;
};

namespace {

NfvsAttrs naming(const ServiceKey &key)
{
    NfvsAttrs attrs;
    attrs.service = detail::encode_service_key(key);
    return attrs;
}

NfvsAttrs naming(const ServiceKey &key, detail::DestAttrs destination)
{
    auto attrs = naming(key);
    attrs.dest = std::move(destination);
    return attrs;
}

Result<NfvsAttrs> configuring(const ServiceKey &key, const ServiceConfig &config)
{
    auto service = detail::encode_service(key, config);
    if (!service)
        return service.error();
    NfvsAttrs attrs;
    attrs.service = std::move(*service);
    return attrs;
}

Result<Service> service_in(const NfvsAttrs &attrs)
{
    if (!attrs.service)
        return detail::missing_attribute("service");
    return detail::decode_service(*attrs.service);
}

} // namespace

Client detail::ClientFactory::make(Connection connection)
{
    return Client(std::make_unique<Client::Impl>(std::move(connection)));
}

Result<Client> Client::open(const ClientOptions &options)
{
    auto connection = detail::connect(options.load_module);
    if (!connection)
        return connection.error();
    return detail::ClientFactory::make(std::move(*connection));
}

Client::Client(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Client::Client(Client &&other) noexcept = default;
Client &Client::operator=(Client &&other) noexcept = default;
Client::~Client() = default;

std::string_view Client::family() const noexcept
{
    return impl_->family();
}

Result<Info> Client::info()
{
    return impl_->query<detail::InfoAttrs>(NFVS_CMD_GET_INFO, NFVS_CMD_SET_INFO, {})
        .and_then([](const detail::InfoAttrs &attrs) { return detail::decode_info(attrs); });
}

Result<std::vector<Service>> Client::services()
{
    return impl_->list<Service>(NFVS_CMD_GET_SERVICE, NFVS_CMD_NEW_SERVICE, {}, service_in);
}

Result<Service> Client::service(const ServiceKey &key)
{
    return impl_->query<NfvsAttrs>(NFVS_CMD_GET_SERVICE, NFVS_CMD_NEW_SERVICE, naming(key))
        .and_then(service_in);
}

Result<std::vector<Destination>> Client::destinations(const ServiceKey &key)
{
    return impl_->list<Destination>(NFVS_CMD_GET_DEST, NFVS_CMD_NEW_DEST, naming(key),
                                    [&](const NfvsAttrs &attrs) -> Result<Destination> {
                                        if (!attrs.dest)
                                            return detail::missing_attribute("dest");
                                        return detail::decode_destination(*attrs.dest,
                                                                          family_of(key));
                                    });
}

Result<void> Client::add_service(const ServiceKey &key, const ServiceConfig &config)
{
    return configuring(key, config).and_then([&](const NfvsAttrs &attrs) {
        return impl_->change(NFVS_CMD_NEW_SERVICE, attrs);
    });
}

Result<void> Client::edit_service(const ServiceKey &key, const ServiceConfig &config)
{
    return configuring(key, config).and_then([&](const NfvsAttrs &attrs) {
        return impl_->change(NFVS_CMD_SET_SERVICE, attrs);
    });
}

Result<void> Client::delete_service(const ServiceKey &key)
{
    return impl_->change(NFVS_CMD_DEL_SERVICE, naming(key));
}

Result<void> Client::add_destination(const ServiceKey &key, const DestinationConfig &config)
{
    return impl_->change(NFVS_CMD_NEW_DEST, naming(key, detail::encode_destination(config)));
}

Result<void> Client::edit_destination(const ServiceKey &key, const DestinationConfig &config)
{
    return impl_->change(NFVS_CMD_SET_DEST, naming(key, detail::encode_destination(config)));
}

Result<void> Client::delete_destination(const ServiceKey &key, const Endpoint &endpoint)
{
    return impl_->change(NFVS_CMD_DEL_DEST, naming(key, detail::encode_destination_key(endpoint)));
}

Result<void> Client::zero()
{
    return impl_->change(NFVS_CMD_ZERO, {});
}

Result<void> Client::zero(const ServiceKey &key)
{
    return impl_->change(NFVS_CMD_ZERO, naming(key));
}

Result<void> Client::flush()
{
    return impl_->change(NFVS_CMD_FLUSH, {});
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

Result<std::vector<Counter>> Client::counters()
{
    const auto attrs = impl_->query<NfvsAttrs>(NFVS_CMD_GET_COUNTERS, NFVS_CMD_GET_COUNTERS, {});
    if (!attrs)
        return attrs.error();
    std::vector<Counter> counters;
    counters.reserve(attrs->counter.size());
    for (const auto &one : attrs->counter) {
        auto counter = detail::decode_counter(one);
        if (!counter)
            return counter.error();
        counters.push_back(std::move(*counter));
    }
    return counters;
}

} // namespace v1
} // namespace ipvsctl
