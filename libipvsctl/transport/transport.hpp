// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * One conversation with the kernel. The client knows nothing below this interface, so that
 * its tests can play the kernel's part from a script.
 */
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "request_list.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

// Takes one message of an answer, whose attributes it may only use during the call.
using Visitor = std::function<Result<void>(const MessageView &)>;

// Whether the tables stayed as they were while the kernel listed them.
enum class DumpEnd { whole, interrupted };

// A request of a list that the kernel refused.
struct Refusal {
    std::size_t index;
    Error error;
};

class Transport {
public:
    Transport() = default;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;
    virtual ~Transport() = default;

    // Sends a request and waits until the kernel acknowledges it. Returns what came before the
    // acknowledgement: one message for a query, none for a change.
    virtual Result<std::vector<Message>> transact(const MessageView &request) = 0;

    // Sends a request for a dump and hands its messages over as they come. An error of the
    // visitor's ends the visits; the rest of the dump is received all the same.
    virtual Result<DumpEnd> dump(const Message &request, const Visitor &visit) = 0;

    // Sends changes, many at a time, and waits until the kernel has seen to all of them. Returns
    // those that it refused, in their order.
    virtual Result<std::vector<Refusal>> batch(RequestList &requests) = 0;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
