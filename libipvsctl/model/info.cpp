// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/info.hpp"
#include "ipvsctl/version.hpp"

#ifndef NFVS_VERSION
#error "the build defines NFVS_VERSION"
#endif

namespace ipvsctl {
inline namespace v1 {

std::string Info::version_string() const
{
    return std::to_string(version >> 16 & 0xff) + '.' + std::to_string(version >> 8 & 0xff) + '.' +
           std::to_string(version & 0xff);
}

std::string_view version() noexcept
{
    return NFVS_VERSION;
}

} // namespace v1
} // namespace ipvsctl
