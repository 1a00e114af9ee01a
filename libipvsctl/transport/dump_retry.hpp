// SPDX-License-Identifier: LGPL-2.1-or-later
/** A dump that the tables changed under is not of one moment. */
#pragma once

#include "transport.hpp"

#include <functional>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** A busy director changes its table while we read it, but hardly eight times in a row. */
inline constexpr int dump_attempts = 8;

/** Dumps until one is whole, at most dump_attempts times, and says how the last one ended. */
Result<DumpEnd> dump_until_whole(const std::function<Result<DumpEnd>()> &attempt);

/** None of them was: EAGAIN. */
Error never_whole();

/** What was listed, unless that is not of one moment. */
template <typename T> Result<T> if_whole(Result<T> listed, bool whole)
{
    if (listed && !whole)
        return never_whole();
    return listed;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
