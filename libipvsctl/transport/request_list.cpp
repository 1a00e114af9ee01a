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

void RequestList::add(const MessageView &request)
{
    append(request.command, [&] { bytes_.put_encoded(request.attributes); });
}

void RequestList::clear() noexcept
{
    bytes_.truncate(0);
    starts_.clear();
}

// The length of each attribute is a multiple of four, and so is that of the message.
void RequestList::write_headers(std::uint8_t command) noexcept
{
    const std::size_t begin = starts_.back();
    nlmsghdr header{};
    header.nlmsg_len = static_cast<std::uint32_t>(bytes_.view().size() - begin);
    const genlmsghdr generic{.cmd = command, .version = NFVS_GENL_VERSION, .reserved = 0};
    bytes_.overwrite(begin, header);
    bytes_.overwrite(begin + sizeof(header), generic);
}

MessageView RequestList::view(std::size_t index) const noexcept
{
    const auto whole = bytes(index, index + 1);
    return {.command = whole[netlink_header_size], .attributes = whole.subspan(headers_size)};
}

void RequestList::seal(std::size_t index, const Envelope &envelope) noexcept
{
    nlmsghdr header{};
    std::memcpy(&header, bytes_.view().data() + starts_[index], sizeof(header));
    header.nlmsg_type = envelope.family;
    header.nlmsg_flags = envelope.flags;
    header.nlmsg_seq = envelope.sequence;
    bytes_.overwrite(starts_[index], header);
}

ByteView RequestList::bytes(std::size_t first, std::size_t last) const noexcept
{
    return bytes_.view().subspan(start(first), start(last) - start(first));
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
