// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/error.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace ipvsctl {
inline namespace v1 {

std::string_view to_string(Domain domain) noexcept
{
    switch (domain) {
    case Domain::usage:
        return "usage";
    case Domain::parse:
        return "parse";
    case Domain::transport:
        return "transport";
    case Domain::kernel:
        return "kernel";
    case Domain::protocol:
        return "protocol";
    }
    return "unknown";
}

Error &Error::add_context(std::string_view what)
{
    if (message.empty())
        message = what;
    else
        message.insert(0, ": ").insert(0, what);
    return *this;
}

std::string Error::describe() const
{
    std::string text = item ? "item " + std::to_string(*item) + ": " + message : message;
    if (!attribute.empty())
        text += " (attribute " + attribute + ")";
    if (code != 0) {
        const auto reason = std::generic_category().message(code);
        if (text.find(reason) == std::string::npos)
            text += text.empty() ? reason : ": " + reason;
    }
    return text;
}

Error parse_error(std::string message)
{
    return Error{Domain::parse, EINVAL, std::move(message), {}};
}

Error usage_error(std::string message)
{
    return Error{Domain::usage, EINVAL, std::move(message), {}};
}

} // namespace v1
} // namespace ipvsctl
