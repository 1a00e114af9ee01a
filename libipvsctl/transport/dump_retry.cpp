// SPDX-License-Identifier: LGPL-2.1-or-later
#include "dump_retry.hpp"

#include <cerrno>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Result<void> dump_until_whole(const std::function<Result<DumpEnd>()> &attempt)
{
    for (int i = 0; i < dump_attempts; i++) {
        const auto end = attempt();
        if (!end)
            return end.error();
        if (*end == DumpEnd::whole)
            return {};
    }
    return Error{.domain = Domain::transport,
                 .code = EAGAIN,
                 .message = "the tables changed each time while the kernel listed them",
                 .attribute = {}};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
