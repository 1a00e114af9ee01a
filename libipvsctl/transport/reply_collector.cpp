// SPDX-License-Identifier: LGPL-2.1-or-later
#include "reply_collector.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>
#include <system_error>

#include <linux/netlink.h>

#include "../gen/nfvs_attrs.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

struct ReplyCollector::Header {
    std::uint32_t length;
    std::uint16_t type;
    std::uint16_t flags;
    std::uint32_t sequence;
    std::uint32_t port;
};

namespace {

static_assert(sizeof(nlmsghdr) == netlink_header_size);

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

} // namespace

Result<ReplyCollector::State> ReplyCollector::feed(ByteView datagram)
{
    while (!datagram.empty()) {
        if (datagram.size() < sizeof(Header)) {
            return malformed("message");
        }
        const auto header = load<Header>(datagram);
        if (header.length < sizeof(Header) || header.length > datagram.size()) {
            return malformed("message");
        }
        const auto payload = datagram.subspan(sizeof(Header), header.length - sizeof(Header));
        datagram = without_front(datagram, aligned(header.length));
        // An earlier request that failed half way may have left answers in the socket.
        if (header.sequence != sequence_) {
            continue;
        }
        auto state = message(header, payload);
        if (!state || *state == State::complete) {
            return state;
        }
    }
    return State::open;
}

Result<ReplyCollector::State> ReplyCollector::message(const Header &header, ByteView payload)
{
    if ((header.flags & NLM_F_DUMP_INTR) != 0) {
        interrupted_ = true;
    }
    if (header.type == NLMSG_ERROR || header.type == NLMSG_DONE) {
        return verdict(header, payload);
    }
    if (header.type == NLMSG_OVERRUN) {
        return Error{.domain = Domain::transport,
                     .code = ENOBUFS,
                     .message = "the kernel lost part of its answer",
                     .attribute = {}};
    }
    if (header.type != family_) {
        return State::open;
    }
    if (payload.size() < genetlink_header_size) {
        return malformed("message");
    }
    const auto attributes = payload.subspan(genetlink_header_size);
    messages_.push_back({.command = load<std::uint8_t>(payload),
                         .attributes = Bytes(attributes.begin(), attributes.end())});
    return State::open;
}

Result<ReplyCollector::State> ReplyCollector::verdict(const Header &header, ByteView payload)
{
    if (payload.size() < sizeof(int)) {
        // NLMSG_DONE may come without a status.
        if (header.type == NLMSG_DONE && payload.empty()) {
            return State::complete;
        }
        return malformed("acknowledgement");
    }
    const int code = load<int>(payload);
    if (code >= 0) {
        return State::complete;
    }
    ByteView extended;
    if ((header.flags & NLM_F_ACK_TLVS) != 0) {
        const auto after_code = payload.subspan(sizeof(int));
        extended = without_front(after_code, echoed_size(header.type, header.flags, after_code));
    }
    return refusal(code, extended);
}

Error ReplyCollector::refusal(int code, ByteView extended) const
{
    Error error;
    error.domain = Domain::kernel;
    error.code = code == INT_MIN ? INT_MAX : -code;
    std::optional<std::size_t> offset;
    std::uint16_t missing_type = 0;
    // What comes with the errno is a help, so a defect in it does not hide the errno.
    (void)each_attr(extended, [&](const Attr &attr) -> Result<void> {
        if (attr.type == NLMSGERR_ATTR_MSG) {
            return attr.as_string().transform(
                [&](std::string &&text) { error.message = std::move(text); });
        }
        const auto number = attr.as_u32();
        constexpr std::size_t headers = netlink_header_size + genetlink_header_size;
        if (!number) {
            return {};
        }
        if ((attr.type == NLMSGERR_ATTR_OFFS || attr.type == NLMSGERR_ATTR_MISS_NEST) &&
            *number >= headers) {
            offset = *number - headers;
        } else if (attr.type == NLMSGERR_ATTR_MISS_TYPE) {
            missing_type = static_cast<std::uint16_t>(*number);
        }
        return {};
    });
    if (error.message.empty())
        error.message = std::generic_category().message(error.code);
    error.attribute =
        attr_path(attributes_of(request_.command), request_.attributes, offset, missing_type);
    return error;
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
