// SPDX-License-Identifier: LGPL-2.1-or-later
/** Does something in another network namespace, without taking the calling thread there. */
#pragma once

#include "ipvsctl/result.hpp"

#include <functional>
#include <future>
#include <string>
#include <system_error>
#include <utility>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** Holds a network namespace by a descriptor of it; nothing where there was none to be had. */
class Namespace {
public:
    /** That of the calling thread. */
    static Namespace current() noexcept;

    Namespace() = default;
    Namespace(Namespace &&other) noexcept : file_(std::exchange(other.file_, -1)) {}
    Namespace &operator=(Namespace &&other) noexcept
    {
        std::swap(file_, other.file_);
        return *this;
    }
    ~Namespace();

    /** Whether there is no need to go there: the calling thread is in it, or nothing is held. */
    bool is_here() const noexcept;

    /** Takes the calling thread there. */
    Result<void> enter() const;

private:
    int file_ = -1;
};

/** Takes the calling thread to the network namespace that ClientOptions would name so. */
Result<void> enter_namespace(const std::string &name);

Error no_thread(const std::error_code &code);

/** Calls work, which returns a Result, in a thread that lives no longer, once that has entered. */
template <typename Enter, typename Work> auto in_thread(Enter &&enter, Work &&work)
{
    using Outcome = std::invoke_result_t<Work>;
    try {
        return std::async(std::launch::async,
                          [&]() -> Outcome {
                              if (auto entered = enter(); !entered)
                                  return std::move(entered).error();
                              return std::invoke(std::forward<Work>(work));
                          })
            .get();
    } catch (const std::system_error &problem) {
        return Outcome(no_thread(problem.code()));
    }
}

/**
 * Calls work, which returns a Result, in the network namespace: in a thread of its own, or right
 * here where the name is empty. A socket or an open file stays of that namespace.
 */
template <typename Work> auto in_namespace(const std::string &name, Work &&work)
{
    if (name.empty())
        return std::invoke(std::forward<Work>(work));
    return in_thread([&] { return enter_namespace(name); }, std::forward<Work>(work));
}

/** The same for one that is held. */
template <typename Work> auto in_namespace(const Namespace &held, Work &&work)
{
    if (held.is_here())
        return std::invoke(std::forward<Work>(work));
    return in_thread([&] { return held.enter(); }, std::forward<Work>(work));
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
