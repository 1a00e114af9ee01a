// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Messages without their headers, and requests with them, in a row, as one datagram holds them.
 */
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "../codec/nla.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

inline constexpr std::size_t netlink_header_size = 16;
inline constexpr std::size_t genetlink_header_size = 4;
inline constexpr std::size_t headers_size = netlink_header_size + genetlink_header_size;

// A message that lies elsewhere.
struct MessageView {
    std::uint8_t command;
    ByteView attributes;
};

// A message without its netlink and genetlink headers.
struct Message {
    std::uint8_t command;
    Bytes attributes;

    bool operator==(const Message &) const = default;
    operator MessageView() const noexcept { return {command, attributes}; }
};

// What the headers of a request hold beside its command.
struct Envelope {
    std::uint16_t family;
    std::uint16_t flags;
    std::uint32_t sequence;
};

// The headers of a request whose attributes lie elsewhere.
std::array<std::uint8_t, headers_size> headers_of(const MessageView &request,
                                                  const Envelope &envelope) noexcept;

class RequestList {
public:
    template <typename Attrs> void add(std::uint8_t command, const Attrs &attrs)
    {
        append(command, [&] { attrs.encode(bytes_); });
    }

    void add(const MessageView &request);

    std::size_t size() const noexcept { return starts_.size(); }
    void clear() noexcept;

    // Where a request lies in the bytes of all; that of size() is where they end.
    std::size_t start(std::size_t index) const noexcept
    {
        return index < starts_.size() ? starts_[index] : bytes_.view().size();
    }

    MessageView view(std::size_t index) const noexcept;
    void seal(std::size_t index, const Envelope &envelope) noexcept;

    // The requests from first up to last, as they go out.
    ByteView bytes(std::size_t first, std::size_t last) const noexcept;

private:
    // Where memory does not suffice, there is no request more than before.
    template <typename Encode> void append(std::uint8_t command, Encode &&encode)
    {
        const std::size_t start = bytes_.view().size();
        bytes_.all_or_nothing([&] {
            bytes_.put_fixed(std::array<std::uint32_t, headers_size / sizeof(std::uint32_t)>{});
            std::forward<Encode>(encode)();
            starts_.push_back(start);
        });
        write_headers(command);
    }

    void write_headers(std::uint8_t command) noexcept;

    AttrWriter bytes_;
    std::vector<std::size_t> starts_;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
