// SPDX-License-Identifier: LGPL-2.1-or-later
/** Does something in another network namespace, without taking the calling thread there. */
#pragma once

#include "ipvsctl/result.hpp"

#include <functional>
#include <future>
#include <string>
#include <system_error>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Takes the calling thread to the network namespace that ClientOptions would name so. */
Result<void> enter_namespace(const std::string &name);

Error no_thread(const std::error_code &code);

/**
 * Calls work, which returns a Result, in the network namespace: in a thread that lives no longer,
 * or right here where the name is empty. A socket or an open file stays of that namespace.
 */
template <typename Work> auto in_namespace(const std::string &name, Work &&work)
{
    using Outcome = std::invoke_result_t<Work>;
    if (name.empty())
        return std::invoke(std::forward<Work>(work));
    try {
        return std::async(std::launch::async,
                          [&]() -> Outcome {
                              if (auto entered = enter_namespace(name); !entered)
                                  return std::move(entered).error();
                              return std::invoke(std::forward<Work>(work));
                          })
            .get();
    } catch (const std::system_error &problem) {
        return Outcome(no_thread(problem.code()));
    }
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
