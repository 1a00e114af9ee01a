// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * The one error type of the library: where a failure arose, its raw errno, and a sentence.
 */
#pragma once

#include "ipvsctl/export.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ipvsctl {
inline namespace v1 {

/** Where a failure arose. */
enum class Domain {
    usage,     ///< the caller asked for something that makes no sense
    parse,     ///< a text (address, number, file) could not be understood
    transport, ///< the message did not get to the kernel or the answer did not get back
    kernel,    ///< the kernel refused the request; Error::code is its errno
    protocol,  ///< the kernel answered with something that the protocol does not allow
};

/** Name of a domain, for logs. */
[[nodiscard]] IPVSCTL_API std::string_view to_string(Domain domain) noexcept;

/**
 * A failure.
 *
 * `code` is a positive errno, never a library's own number; 0 where no errno applies.
 * `message` is the kernel's own sentence (extack) where there is one, else a description.
 * `attribute` names the netlink attribute that the kernel objected to, empty if it named none.
 * `item` is the place, from 0, of the change that was at fault in a Transaction.
 */
struct Error {
    Domain domain = Domain::usage;
    int code = 0;
    std::string message;
    std::string attribute;
    std::optional<std::size_t> item = {};

    /** Puts what was being done in front of the message: "what: message". */
    IPVSCTL_API Error &add_context(std::string_view what);

    /** One line for a log: item, message, attribute and errno text, as far as they are known. */
    [[nodiscard]] IPVSCTL_API std::string describe() const;

    friend bool operator==(const Error &, const Error &) = default;
};

/** An error of the parse domain (EINVAL). */
[[nodiscard]] IPVSCTL_API Error parse_error(std::string message);

/** An error of the usage domain (EINVAL). */
[[nodiscard]] IPVSCTL_API Error usage_error(std::string message);

} // namespace v1
} // namespace ipvsctl
