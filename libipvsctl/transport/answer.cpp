// SPDX-License-Identifier: LGPL-2.1-or-later
#include "answer.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>
#include <system_error>

#include <linux/netlink.h>
#include <linux/nfvs.h>

#include "../gen/nfvs_attrs.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

namespace {

Error malformed(std::string_view what)
{
    return protocol_error("the kernel sent a malformed " + std::string(what));
}

template <typename T> T load(ByteView in) noexcept
{
    T value{};
    std::memcpy(&value, in.data(), sizeof(value));
    return value;
}

constexpr std::size_t aligned(std::size_t size) noexcept
{
    return (size + 3) & ~std::size_t{3};
}

ByteView without_front(ByteView in, std::size_t size) noexcept
{
    return in.subspan(std::min(size, in.size()));
}

// What stands between the errno of a verdict and its extended attributes: for NLMSG_ERROR the
// header of the request and, unless the kernel capped it, the rest of the request.
std::size_t echoed_size(std::uint16_t type, std::uint16_t flags, ByteView after_code) noexcept
{
    if (type != NLMSG_ERROR) {
        return 0;
    }
    if ((flags & NLM_F_CAPPED) != 0 || after_code.size() < sizeof(nlmsghdr)) {
        return sizeof(nlmsghdr);
    }
    return aligned(load<std::uint32_t>(after_code));
}

// Which item it is in is said otherwise.
void leave_item(std::string &attribute)
{
    const auto dot = attribute.find('.');
    attribute.erase(0, dot == std::string::npos ? dot : dot + 1);
}

// What comes with the errno is a help, so a defect in it does not hide the errno.
Error refusal(int code, ByteView extended, const MessageView &request)
{
    Error error;
    error.domain = Domain::kernel;
    error.code = code == INT_MIN ? INT_MAX : -code;
    std::optional<std::size_t> offset;
    std::uint16_t missing_type = 0;
    (void)each_attr(extended, [&](const Attr &attr) -> Result<void> {
        if (attr.type == NLMSGERR_ATTR_MSG) {
            return attr.as_string().transform(
                [&](std::string &&text) { error.message = std::move(text); });
        }
        const auto number = attr.as_u32();
        if (!number) {
            return {};
        }
        if ((attr.type == NLMSGERR_ATTR_OFFS || attr.type == NLMSGERR_ATTR_MISS_NEST) &&
            *number >= headers_size) {
            offset = *number - headers_size;
        } else if (attr.type == NLMSGERR_ATTR_MISS_TYPE) {
            missing_type = static_cast<std::uint16_t>(*number);
        }
        return {};
    });
    if (error.message.empty())
        error.message = std::generic_category().message(error.code);
    error.attribute =
        attr_path(attributes_of(request.command), request.attributes, offset, missing_type);
    if (request.command == NFVS_CMD_COMMIT && offset) {
        error.item = place_of(request.attributes, NFVS_A_ITEM, *offset);
    }
    if (error.item) {
        leave_item(error.attribute);
    }
    return error;
}

} // namespace

Result<AnswerMessage> next_message(ByteView &datagram)
{
    if (datagram.size() < sizeof(nlmsghdr)) {
        return malformed("message");
    }
    const auto header = load<nlmsghdr>(datagram);
    if (header.nlmsg_len < sizeof(nlmsghdr) || header.nlmsg_len > datagram.size()) {
        return malformed("message");
    }
    const AnswerMessage message{
        .type = header.nlmsg_type,
        .flags = header.nlmsg_flags,
        .sequence = header.nlmsg_seq,
        .payload = datagram.subspan(sizeof(nlmsghdr), header.nlmsg_len - sizeof(nlmsghdr))};
    datagram = without_front(datagram, aligned(header.nlmsg_len));
    return message;
}

bool is_verdict(const AnswerMessage &message) noexcept
{
    return message.type == NLMSG_ERROR || message.type == NLMSG_DONE;
}

Result<void> verdict_of(const AnswerMessage &message, const MessageView &request)
{
    if (message.payload.size() < sizeof(int)) {
        // NLMSG_DONE may come without a status.
        if (message.type == NLMSG_DONE && message.payload.empty()) {
            return {};
        }
        return malformed("acknowledgement");
    }
    const int code = load<int>(message.payload);
    if (code >= 0) {
        return {};
    }
    ByteView extended;
    if ((message.flags & NLM_F_ACK_TLVS) != 0) {
        const auto after_code = message.payload.subspan(sizeof(int));
        extended = without_front(after_code, echoed_size(message.type, message.flags, after_code));
    }
    return refusal(code, extended, request);
}

Result<ReplyCollector::State> ReplyCollector::feed(ByteView datagram)
{
    while (!datagram.empty()) {
        const auto message = next_message(datagram);
        if (!message) {
            return message.error();
        }
        // An earlier request that failed half way may have left answers in the socket.
        if (message->sequence != sequence_) {
            continue;
        }
        auto state = take(*message);
        if (!state || *state == State::complete) {
            return state;
        }
    }
    return State::open;
}

Result<ReplyCollector::State> ReplyCollector::take(const AnswerMessage &message)
{
    if ((message.flags & NLM_F_DUMP_INTR) != 0) {
        interrupted_ = true;
    }
    if (is_verdict(message)) {
        if (visitor_error_) {
            return *visitor_error_;
        }
        return verdict_of(message, request_).transform([] { return State::complete; });
    }
    if (message.type == NLMSG_OVERRUN) {
        return Error{.domain = Domain::transport,
                     .code = ENOBUFS,
                     .message = "the kernel lost part of its answer",
                     .attribute = {}};
    }
    if (message.type != family_) {
        return State::open;
    }
    if (message.payload.size() < genetlink_header_size) {
        return malformed("message");
    }
    if (!visitor_error_) {
        if (const auto visited = visit(message); !visited) {
            visitor_error_ = visited.error();
        }
    }
    return State::open;
}

Result<void> ReplyCollector::visit(const AnswerMessage &message)
{
    return visit_({.command = message.payload[0],
                   .attributes = message.payload.subspan(genetlink_header_size)});
}

Result<ReplyCollector::State> BatchCollector::feed(ByteView datagram)
{
    while (!datagram.empty()) {
        const auto message = next_message(datagram);
        if (!message) {
            return message.error();
        }
        const std::size_t place = message->sequence - sequence_;
        if (message->type != NLMSG_ERROR || place >= last_ - first_) {
            continue;
        }
        const std::size_t index = first_ + place;
        auto verdict = verdict_of(*message, requests_.view(index));
        if (!verdict && verdict.error().domain != Domain::kernel) {
            return verdict.error();
        }
        if (!verdict) {
            refusals_.push_back({.index = index, .error = std::move(verdict).error()});
        }
        if (index + 1 == last_) {
            return ReplyCollector::State::complete;
        }
    }
    return ReplyCollector::State::open;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
