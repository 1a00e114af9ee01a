// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Takes the datagrams that answer one request apart. Works on memory alone, so that tests and
 * the fuzzer reach it without a kernel.
 */
#pragma once

#include <cstdint>
#include <vector>

#include "transport.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

inline constexpr std::size_t netlink_header_size = 16;
inline constexpr std::size_t genetlink_header_size = 4;

class ReplyCollector {
public:
    enum class State { open, complete };

    // request must live as long as the collector; errors name attributes of it.
    ReplyCollector(const Message &request, std::uint32_t sequence, std::uint16_t family) noexcept
        : request_(request), sequence_(sequence), family_(family)
    {}

    // Takes one datagram. Messages that answer something else are skipped. The result is
    // complete when the kernel has nothing more to say; a refusal is an error of domain kernel,
    // with the kernel's errno and, where it sent them, its sentence and the attribute.
    Result<State> feed(ByteView datagram);

    // The tables changed while the kernel dumped them.
    bool interrupted() const noexcept { return interrupted_; }

    std::vector<Message> take() && { return std::move(messages_); }

private:
    struct Header;

    Result<State> message(const Header &header, ByteView payload);
    Result<State> verdict(const Header &header, ByteView payload);
    Error refusal(int code, ByteView extended) const;

    const Message &request_;
    std::uint32_t sequence_;
    std::uint16_t family_;
    bool interrupted_ = false;
    std::vector<Message> messages_;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
