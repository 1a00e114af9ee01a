// SPDX-License-Identifier: LGPL-2.1-or-later
#include "client_impl.hpp"

#include <cerrno>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Error not_with_ip_vs(std::string message)
{
    return Error{.domain = Domain::kernel,
                 .code = EOPNOTSUPP,
                 .message = std::move(message),
                 .attribute = {}};
}

bool wants_nfvs(const ServiceConfig &config) noexcept
{
    return config.on_removal.value_or(Removal::by_default) != Removal::by_default ||
           config.fastpath.value_or(FastPath::by_default) != FastPath::by_default;
}

Error no_such_settings()
{
    return not_with_ip_vs("ip_vs has neither on-removal nor fastpath");
}

NfvsAttrs naming(const ServiceKey &key)
{
    NfvsAttrs attrs;
    attrs.service = encode_service_key(key);
    return attrs;
}

NfvsAttrs naming(const ServiceKey &key, DestAttrs destination)
{
    auto attrs = naming(key);
    attrs.dest = std::move(destination);
    return attrs;
}

Result<NfvsAttrs> configuring(const ServiceKey &key, const ServiceConfig &config)
{
    auto service = encode_service(key, config);
    if (!service)
        return std::move(service).error();
    NfvsAttrs attrs;
    attrs.service = std::move(*service);
    return attrs;
}

NfvsAttrs naming(DaemonRole role)
{
    NfvsAttrs attrs;
    attrs.daemon = encode_daemon_key(role);
    return attrs;
}

Result<NfvsAttrs> starting(const SyncDaemon &daemon)
{
    auto encoded_daemon = encode_daemon(daemon);
    if (!encoded_daemon)
        return std::move(encoded_daemon).error();
    NfvsAttrs attrs;
    attrs.daemon = std::move(*encoded_daemon);
    return attrs;
}

Result<Service> service_in(const NfvsAttrs &attrs)
{
    if (!attrs.service)
        return missing_attribute("service");
    return decode_service(*attrs.service);
}

Result<Destination> destination_in(const NfvsAttrs &attrs, Family service_family)
{
    if (!attrs.dest)
        return missing_attribute("dest");
    return decode_destination(*attrs.dest, service_family);
}

} // namespace detail

Result<void> Client::Impl::change_service(std::uint8_t command, const ServiceKey &key,
                                          const ServiceConfig &config) const
{
    if (!is_nfvs() && detail::wants_nfvs(config))
        return detail::no_such_settings();
    return change(command, detail::configuring(key, config));
}

} // namespace v1
} // namespace ipvsctl
