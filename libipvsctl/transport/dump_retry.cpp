// SPDX-License-Identifier: LGPL-2.1-or-later
#include "dump_retry.hpp"

#include <cerrno>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Result<std::vector<Message>> dump_until_whole(const std::function<Result<DumpAnswer>()> &attempt)
{
    for (int i = 0; i < dump_attempts; i++) {
        auto answer = attempt();
        if (!answer)
            return answer.error();
        if (!answer->interrupted)
            return std::move(answer->messages);
    }
    return Error{.domain = Domain::transport,
                 .code = EAGAIN,
                 .message = "the tables changed each time while the kernel listed them",
                 .attribute = {}};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
