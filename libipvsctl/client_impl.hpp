// SPDX-License-Identifier: LGPL-2.1-or-later
/** What the parts of the client share: the conversation, and requests built from the model. */
#pragma once

#include "client_factory.hpp"
#include "codec/daemon.hpp"
#include "codec/destination.hpp"
#include "codec/service.hpp"
#include "transport/dump_retry.hpp"

#include <functional>
#include <set>

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {

class Client::Impl {
public:
    explicit Impl(detail::Link link) : link_(std::move(link)) {}

    std::string_view family() const noexcept { return link_.family; }

    /** Whether it is nfvs, with all that ip_vs lacks. */
    bool is_nfvs() const noexcept { return family() == NFVS_GENL_NAME; }

    std::uint32_t port_id() const noexcept { return link_.port_id; }

    const detail::Namespace &network_namespace() const noexcept { return link_.network_namespace; }

    detail::Transport &transport() const noexcept { return *link_.transport; }

    Result<std::vector<detail::Message>> transact(std::uint8_t command,
                                                  const detail::NfvsAttrs &attrs) const
    {
        return transport().transact({.command = command, .attributes = detail::encoded(attrs)});
    }

    /** A request that is answered with an acknowledgement alone. */
    Result<void> change(std::uint8_t command, const detail::NfvsAttrs &attrs) const
    {
        const auto replies = transact(command, attrs);
        if (!replies)
            return replies.error();
        return {};
    }

    /** The same, of something that may not have been expressible. */
    Result<void> change(std::uint8_t command, const Result<detail::NfvsAttrs> &attrs) const
    {
        return attrs ? change(command, attrs.value()) : Result<void>(attrs.error());
    }

    Result<void> change_service(std::uint8_t command, const ServiceKey &key,
                                const ServiceConfig &config) const;

    /** A request that is answered with one message, whose command is reply. */
    template <typename Attrs>
    Result<Attrs> query(std::uint8_t command, std::uint8_t reply,
                        const detail::NfvsAttrs &attrs) const
    {
        const auto replies = transact(command, attrs);
        if (!replies)
            return replies.error();
        for (const auto &message : *replies)
            if (message.command == reply)
                return Attrs::decode(message.attributes);
        return detail::protocol_error("the kernel did not answer");
    }

    /** Visits each message of one dump whose command is reply. */
    template <typename Visit>
    Result<detail::DumpEnd> dump(std::uint8_t command, std::uint8_t reply,
                                 const detail::NfvsAttrs &request, Visit &&visit) const
    {
        return transport().dump({.command = command, .attributes = detail::encoded(request)},
                                [&](const detail::MessageView &message) -> Result<void> {
                                    if (message.command != reply)
                                        return {};
                                    const auto attrs =
                                        detail::NfvsAttrs::decode(message.attributes);
                                    return attrs ? visit(*attrs) : Result<void>(attrs.error());
                                });
    }

    /** A dump that is taken again until it is whole; append adds one message's entry. */
    template <typename Entry, typename Append>
    Result<std::vector<Entry>> list(std::uint8_t command, std::uint8_t reply,
                                    const detail::NfvsAttrs &request, Append &&append) const
    {
        bool whole = true;
        auto entries = list<Entry>(command, reply, request, append, whole);
        return detail::if_whole(std::move(entries), whole);
    }

    /** The same, but where none is whole the last one counts. */
    template <typename Entry, typename Append>
    Result<std::vector<Entry>> list(std::uint8_t command, std::uint8_t reply,
                                    const detail::NfvsAttrs &request, Append &&append,
                                    bool &whole) const
    {
        std::vector<Entry> entries;
        const auto end = detail::dump_until_whole([&] {
            entries.clear();
            return dump(command, reply, request,
                        [&](const detail::NfvsAttrs &attrs) { return append(entries, attrs); });
        });
        if (!end)
            return end.error();
        whole = *end == detail::DumpEnd::whole;
        return entries;
    }

private:
    detail::Link link_;
};

namespace detail {

/** Refuses what would otherwise be passed over in silence. */
Error not_with_ip_vs(std::string message);

/** Whether a service has settings that ip_vs does not know. */
bool wants_nfvs(const ServiceConfig &config) noexcept;
Error no_such_settings();

NfvsAttrs naming(const ServiceKey &key);
NfvsAttrs naming(const ServiceKey &key, DestAttrs destination);
Result<NfvsAttrs> configuring(const ServiceKey &key, const ServiceConfig &config);
NfvsAttrs naming(DaemonRole role);
Result<NfvsAttrs> starting(const SyncDaemon &daemon);

Result<Service> service_in(const NfvsAttrs &attrs);
Result<Destination> destination_in(const NfvsAttrs &attrs, Family service_family);

/** Moves a decoded entry to the end of a list. */
template <typename Entry> Result<void> append(std::vector<Entry> &entries, Result<Entry> entry)
{
    if (!entry)
        return std::move(entry).error();
    entries.push_back(std::move(*entry));
    return {};
}

/**
 * Leaves the last of those that have the same key: what was deleted and added again while the
 * kernel listed it is there twice.
 */
template <typename Entry, typename KeyOf>
void keep_last(std::vector<Entry> &entries, const KeyOf &key_of)
{
    std::set<std::remove_cvref_t<std::invoke_result_t<KeyOf, const Entry &>>> seen;
    std::vector<bool> repeated(entries.size());
    for (std::size_t i = entries.size(); i-- > 0;)
        repeated[i] = !seen.insert(std::invoke(key_of, std::as_const(entries[i]))).second;
    std::size_t i = 0;
    std::erase_if(entries, [&](const Entry &) { return repeated[i++]; });
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
