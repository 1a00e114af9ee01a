// SPDX-License-Identifier: LGPL-2.1-or-later
#include "request_list.hpp"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

static_assert(sizeof(nlmsghdr) == netlink_header_size);
static_assert(sizeof(genlmsghdr) == genetlink_header_size);

std::array<std::uint8_t, headers_size> headers_of(const MessageView &request,
                                                  const Envelope &envelope) noexcept
{
    nlmsghdr header{};
    header.nlmsg_len = static_cast<std::uint32_t>(headers_size + request.attributes.size());
    header.nlmsg_type = envelope.family;
    header.nlmsg_flags = envelope.flags;
    header.nlmsg_seq = envelope.sequence;
    const genlmsghdr generic{.cmd = request.command, .version = NFVS_GENL_VERSION, .reserved = 0};
    std::array<std::uint8_t, headers_size> bytes{};
    std::memcpy(bytes.data(), &header, sizeof(header));
    std::memcpy(bytes.data() + sizeof(header), &generic, sizeof(generic));
    return bytes;
}

void RequestList::add(const Message &request)
{
    starts_.push_back(bytes_.size());
    bytes_.resize(bytes_.size() + headers_size);
    bytes_.insert(bytes_.end(), request.attributes.begin(), request.attributes.end());
    write_headers(request.command);
}

void RequestList::clear() noexcept
{
    bytes_.clear();
    starts_.clear();
}

// The length of each attribute is a multiple of four, and so is that of the message.
void RequestList::write_headers(std::uint8_t command) noexcept
{
    std::uint8_t *const start = bytes_.data() + starts_.back();
    nlmsghdr header{};
    header.nlmsg_len = static_cast<std::uint32_t>(bytes_.size() - starts_.back());
    const genlmsghdr generic{.cmd = command, .version = NFVS_GENL_VERSION, .reserved = 0};
    std::memcpy(start, &header, sizeof(header));
    std::memcpy(start + sizeof(header), &generic, sizeof(generic));
}

MessageView RequestList::view(std::size_t index) const noexcept
{
    const auto whole = bytes(index, index + 1);
    return {.command = whole[netlink_header_size], .attributes = whole.subspan(headers_size)};
}

void RequestList::seal(std::size_t index, const Envelope &envelope) noexcept
{
    std::uint8_t *const start = bytes_.data() + starts_[index];
    nlmsghdr header{};
    std::memcpy(&header, start, sizeof(header));
    header.nlmsg_type = envelope.family;
    header.nlmsg_flags = envelope.flags;
    header.nlmsg_seq = envelope.sequence;
    std::memcpy(start, &header, sizeof(header));
}

ByteView RequestList::bytes(std::size_t first, std::size_t last) const noexcept
{
    return ByteView(bytes_).subspan(start(first), start(last) - start(first));
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
