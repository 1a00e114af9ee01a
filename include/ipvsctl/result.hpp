// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Result<T>: a value or an Error, with the names of std::expected, so that it can become an
 * alias of it one day.
 */
#pragma once

#include "ipvsctl/error.hpp"

#include <cstdlib>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace ipvsctl {
inline namespace v1 {

template <typename T> class Result;

namespace detail {

template <typename T> struct IsResult : std::false_type {};
template <typename T> struct IsResult<Result<T>> : std::true_type {};

template <typename T>
concept AnyResult = IsResult<std::remove_cvref_t<T>>::value;

/** Reading the side that is not there is a bug of the caller; no exception hides it. */
template <typename Pointer> constexpr decltype(auto) checked(Pointer *pointer) noexcept
{
    if (!pointer)
        std::abort();
    return *pointer;
}

} // namespace detail

/** A value of type T, or an Error. Reading the wrong side aborts. */
template <typename T> class [[nodiscard]] Result {
    static_assert(!std::is_same_v<std::remove_cv_t<T>, Error>);
    static_assert(!std::is_reference_v<T>);

public:
    using value_type = T;
    using error_type = Error;

    Result(const T &value) : state_(std::in_place_index<0>, value) {}
    Result(T &&value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(const Error &error) : state_(std::in_place_index<1>, error) {}
    Result(Error &&error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] T &value() &noexcept { return detail::checked(std::get_if<0>(&state_)); }
    [[nodiscard]] const T &value() const &noexcept
    {
        return detail::checked(std::get_if<0>(&state_));
    }
    [[nodiscard]] T &&value() &&noexcept { return std::move(value()); }

    [[nodiscard]] Error &error() &noexcept { return detail::checked(std::get_if<1>(&state_)); }
    [[nodiscard]] const Error &error() const &noexcept
    {
        return detail::checked(std::get_if<1>(&state_));
    }
    [[nodiscard]] Error &&error() &&noexcept { return std::move(error()); }

    T &operator*() &noexcept { return value(); }
    const T &operator*() const &noexcept { return value(); }
    T &&operator*() &&noexcept { return std::move(value()); }
    T *operator->() noexcept { return &value(); }
    const T *operator->() const noexcept { return &value(); }

    template <typename U> [[nodiscard]] T value_or(U &&fallback) const &
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

    /** f(value) -> Result<U>; an error passes through. */
    template <typename F> auto and_then(F &&f) &&
    {
        using Next = std::remove_cvref_t<std::invoke_result_t<F, T &&>>;
        static_assert(detail::AnyResult<Next>);
        if (has_value())
            return std::invoke(std::forward<F>(f), std::move(value()));
        return Next(std::move(error()));
    }

    /** f(value) -> U, giving Result<U>; an error passes through. */
    template <typename F> auto transform(F &&f) &&
    {
        using U = std::remove_cvref_t<std::invoke_result_t<F, T &&>>;
        if constexpr (std::is_void_v<U>) {
            if (!has_value())
                return Result<U>(std::move(error()));
            std::invoke(std::forward<F>(f), std::move(value()));
            return Result<U>();
        } else {
            if (!has_value())
                return Result<U>(std::move(error()));
            return Result<U>(std::invoke(std::forward<F>(f), std::move(value())));
        }
    }

    /** f(error) -> Result<T>; a value passes through. */
    template <typename F> Result or_else(F &&f) &&
    {
        if (has_value())
            return std::move(*this);
        return std::invoke(std::forward<F>(f), std::move(error()));
    }

    /** Adds what was being done to the error, if there is one. */
    Result with_context(std::string_view what) &&
    {
        if (!has_value())
            error().add_context(what);
        return std::move(*this);
    }

private:
    std::variant<T, Error> state_;
};

/** Success, or an Error. */
template <> class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    using error_type = Error;

    Result() = default;
    Result(const Error &error) : state_(std::in_place_index<1>, error) {}
    Result(Error &&error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    void value() const noexcept { detail::checked(std::get_if<0>(&state_)); }

    [[nodiscard]] Error &error() &noexcept { return detail::checked(std::get_if<1>(&state_)); }
    [[nodiscard]] const Error &error() const &noexcept
    {
        return detail::checked(std::get_if<1>(&state_));
    }
    [[nodiscard]] Error &&error() &&noexcept { return std::move(error()); }

    /** f() -> Result<U>; an error passes through. */
    template <typename F> auto and_then(F &&f) &&
    {
        using Next = std::remove_cvref_t<std::invoke_result_t<F>>;
        static_assert(detail::AnyResult<Next>);
        if (has_value())
            return std::invoke(std::forward<F>(f));
        return Next(std::move(error()));
    }

    /** f() -> U, giving Result<U>; an error passes through. */
    template <typename F> auto transform(F &&f) &&
    {
        using U = std::remove_cvref_t<std::invoke_result_t<F>>;
        if (!has_value())
            return Result<U>(std::move(error()));
        if constexpr (std::is_void_v<U>) {
            std::invoke(std::forward<F>(f));
            return Result<U>();
        } else {
            return Result<U>(std::invoke(std::forward<F>(f)));
        }
    }

    /** f(error) -> Result<void>; success passes through. */
    template <typename F> Result or_else(F &&f) &&
    {
        if (has_value())
            return std::move(*this);
        return std::invoke(std::forward<F>(f), std::move(error()));
    }

    /** Adds what was being done to the error, if there is one. */
    Result with_context(std::string_view what) &&
    {
        if (!has_value())
            error().add_context(what);
        return std::move(*this);
    }

private:
    std::variant<std::monostate, Error> state_;
};

} // namespace v1
} // namespace ipvsctl
