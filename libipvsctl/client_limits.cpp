// SPDX-License-Identifier: LGPL-2.1-or-later
/** What the balancer can do: nfvs says so itself, of ip_vs the kernel's modules do. */
#include "client_impl.hpp"
#include "codec/limits.hpp"

#include <algorithm>
#include <fstream>

#include <sys/utsname.h>

namespace ipvsctl {
inline namespace v1 {

namespace {

using detail::NfvsAttrs;
using Names = std::vector<std::string>;

bool read_modules(const std::string &path, Names &schedulers, Names &engines)
{
    std::ifstream file(path);
    if (!file)
        return false;
    for (std::string line; std::getline(file, line);)
        detail::take_module(line, schedulers, engines);
    return true;
}

/** Nothing is known where there is no list of modules. */
void add_installed(Limits &limits)
{
    utsname kernel{};
    if (uname(&kernel) != 0)
        return;
    const std::string folder = std::string("/lib/modules/") + kernel.release;
    Names schedulers;
    Names engines;
    if (!read_modules(folder + "/modules.dep", schedulers, engines))
        return;
    read_modules(folder + "/modules.builtin", schedulers, engines);
    std::ranges::sort(schedulers);
    std::ranges::sort(engines);
    limits.schedulers = std::move(schedulers);
    limits.persistence_engines = std::move(engines);
}

} // namespace

Result<Limits> Client::limits()
{
    auto info = this->info();
    if (!info)
        return std::move(info).error();
    Limits limits;
    if (impl_->is_nfvs()) {
        auto told = impl_->query<NfvsAttrs>(NFVS_CMD_GET_LIMITS, NFVS_CMD_GET_LIMITS, {})
                        .and_then([](const NfvsAttrs &attrs) {
                            return attrs.limits
                                       ? detail::decode_limits(*attrs.limits)
                                       : Result<Limits>(detail::missing_attribute("limits"));
                        });
        if (!told)
            return std::move(told).error();
        limits = std::move(*told);
    } else {
        limits = detail::limits_of_ip_vs();
        add_installed(limits);
    }
    limits.family = family();
    limits.info = std::move(*info);
    return limits;
}

} // namespace v1
} // namespace ipvsctl
