// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Takes apart what the kernel sends back. Works on memory alone, so that tests and the fuzzer
 * reach it without a kernel.
 */
#pragma once

#include <optional>

#include "transport.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

// A netlink message in a datagram.
struct AnswerMessage {
    std::uint16_t type;
    std::uint16_t flags;
    std::uint32_t sequence;
    ByteView payload;
};

// Takes the next message off the front of a datagram.
Result<AnswerMessage> next_message(ByteView &datagram);

// Whether a message ends the answer to a request.
bool is_verdict(const AnswerMessage &message) noexcept;

// What the kernel decided: an error of domain kernel with its errno and, where it sent them, its
// sentence and the attribute of the request that was at fault.
Result<void> verdict_of(const AnswerMessage &message, const MessageView &request);

// Collects the answer to one request.
class ReplyCollector {
public:
    enum class State { open, complete };

    // The request's attributes must live as long as the collector; errors name them.
    ReplyCollector(const MessageView &request, std::uint32_t sequence, std::uint16_t family,
                   Visitor visit)
        : request_(request), sequence_(sequence), family_(family), visit_(std::move(visit))
    {}

    // Takes one datagram. Messages that answer something else are skipped. The result is
    // complete when the kernel has nothing more to say. An error of the visitor's is returned
    // then, too, so that nothing of the answer stays in the socket.
    Result<State> feed(ByteView datagram);

    // The tables changed while the kernel dumped them.
    bool interrupted() const noexcept { return interrupted_; }

private:
    Result<State> take(const AnswerMessage &message);
    Result<void> visit(const AnswerMessage &message);

    MessageView request_;
    std::uint32_t sequence_;
    std::uint16_t family_;
    Visitor visit_;
    bool interrupted_ = false;
    std::optional<Error> visitor_error_;
};

// Collects the verdicts on requests that were sent together and numbered in a row. The kernel
// need not answer those that it accepted, but for the last.
class BatchCollector {
public:
    BatchCollector(const RequestList &requests, std::size_t first, std::size_t last,
                   std::uint32_t sequence, std::vector<Refusal> &refusals) noexcept
        : requests_(requests), first_(first), last_(last), sequence_(sequence), refusals_(refusals)
    {}

    // Takes one datagram; complete once the last request has its verdict.
    Result<ReplyCollector::State> feed(ByteView datagram);

private:
    const RequestList &requests_;
    std::size_t first_;
    std::size_t last_;
    std::uint32_t sequence_; // of the first
    std::vector<Refusal> &refusals_;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
