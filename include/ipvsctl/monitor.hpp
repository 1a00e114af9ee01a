// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Monitor: hears of what happens in the balancer, at once and without asking.
 */
#pragma once

#include "ipvsctl/event.hpp"
#include "ipvsctl/result.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace ipvsctl {
inline namespace v1 {

/** What to listen to, where, and with how much patience. */
struct MonitorOptions {
    bool config = true;
    bool overload = false;
    bool connections = false; ///< each one: up to hundreds of thousands per second

    /**
     * How much the kernel keeps for a reader that is busy, in bytes. An event that comes alone
     * takes about a kilobyte of it, of many at a time each takes some hundred bytes.
     */
    std::size_t receive_buffer = std::size_t{4} << 20;

    bool load_module = true;       ///< as in ClientOptions
    std::string network_namespace; ///< as in ClientOptions
};

/**
 * A subscription to events of nfvs in one network namespace.
 *
 * To follow the table without a gap: open the monitor, then read the table with a Client, then
 * apply the events whose generation is greater than the table's.
 *
 * Different objects are independent of each other; one object must not be used by two threads
 * at a time. Nothing here blocks once it is open, and nothing throws, except std::bad_alloc when
 * memory is short. If the module is unloaded, no more events come.
 */
class Monitor {
public:
    /**
     * Subscribes. Fails as Client::open does, and with domain kernel: EPERM without CAP_NET_ADMIN
     * in the network namespace; EOPNOTSUPP: ip_vs, or an older nfvs, announces nothing.
     */
    [[nodiscard]] IPVSCTL_API static Result<Monitor> open(const MonitorOptions &options = {});

    IPVSCTL_API Monitor(Monitor &&other) noexcept;
    IPVSCTL_API Monitor &operator=(Monitor &&other) noexcept;
    IPVSCTL_API ~Monitor();

    /**
     * Readable, to poll and its kin, when there may be something to read. Read until next() has
     * nothing before waiting for it again. It stays the monitor's own.
     */
    [[nodiscard]] IPVSCTL_API int descriptor() const noexcept;

    /**
     * The next event, or nothing where none is at hand. An error of domain protocol is about one
     * message, which is dropped; of domain transport, about the socket.
     */
    [[nodiscard]] IPVSCTL_API Result<std::optional<Event>> next();

private:
    class Impl;

    explicit Monitor(std::unique_ptr<Impl> impl) noexcept;

    std::unique_ptr<Impl> impl_;
};

} // namespace v1
} // namespace ipvsctl
