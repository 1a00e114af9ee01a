// SPDX-License-Identifier: LGPL-2.1-or-later
#include "dump_retry.hpp"

#include <cerrno>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Result<DumpEnd> dump_until_whole(const std::function<Result<DumpEnd>()> &attempt)
{
    Result<DumpEnd> end = DumpEnd::interrupted;
    for (int i = 0; i < dump_attempts && end && *end == DumpEnd::interrupted; i++)
        end = attempt();
    return end;
}

Error never_whole()
{
    return Error{.domain = Domain::transport,
                 .code = EAGAIN,
                 .message = "the tables changed each time while the kernel listed them",
                 .attribute = {}};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
