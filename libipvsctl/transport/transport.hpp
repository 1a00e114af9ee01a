// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * One conversation with the kernel. The client knows nothing below this interface, so that
 * its tests can play the kernel's part from a script.
 */
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../codec/nla.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

// A message without its netlink and genetlink headers.
struct Message {
    std::uint8_t command;
    Bytes attributes;

    bool operator==(const Message &) const = default;
};

class Transport {
public:
    Transport() = default;
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;
    virtual ~Transport() = default;

    // Sends a request and waits until the kernel acknowledges it. Returns what came before the
    // acknowledgement: one message for a query, none for a change.
    virtual Result<std::vector<Message>> transact(const Message &request) = 0;

    // Sends a request for a dump and returns all of it, in one piece: a dump during which the
    // tables changed is taken again.
    virtual Result<std::vector<Message>> dump(const Message &request) = 0;
};

} // namespace detail
} // namespace v1
} // namespace ipvsctl
