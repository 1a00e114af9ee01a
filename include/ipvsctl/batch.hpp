// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Batch: changes that are sent together, which is many times cheaper than one by one.
 */
#pragma once

#include "ipvsctl/daemon.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"
#include "ipvsctl/timeouts.hpp"

#include <cstddef>
#include <memory>

namespace ipvsctl {
inline namespace v1 {

/** A change of a batch that was refused, by its place in the batch. */
struct BatchFailure {
    std::size_t index = 0;
    Error error;

    friend bool operator==(const BatchFailure &, const BatchFailure &) = default;
};

/**
 * A list of changes for Client::apply(). Each does what the function of the same name in Client
 * does, with the same errors. They are carried out in their order, and each by itself: one that
 * is refused keeps none of the others from happening. See Transaction for all or nothing.
 */
class Batch {
public:
    IPVSCTL_API Batch();
    IPVSCTL_API Batch(Batch &&other) noexcept;
    IPVSCTL_API Batch &operator=(Batch &&other) noexcept;
    IPVSCTL_API ~Batch();

    IPVSCTL_API void add_service(const ServiceKey &key, const ServiceConfig &config);
    IPVSCTL_API void edit_service(const ServiceKey &key, const ServiceConfig &config);
    IPVSCTL_API void delete_service(const ServiceKey &key);
    IPVSCTL_API void add_destination(const ServiceKey &key, const DestinationConfig &config);
    IPVSCTL_API void edit_destination(const ServiceKey &key, const DestinationConfig &config);
    IPVSCTL_API void delete_destination(const ServiceKey &key, const Endpoint &endpoint);
    IPVSCTL_API void zero();
    IPVSCTL_API void zero(const ServiceKey &key);
    IPVSCTL_API void flush();
    IPVSCTL_API void set_timeouts(const Timeouts &timeouts);
    IPVSCTL_API void start_daemon(const SyncDaemon &daemon);
    IPVSCTL_API void stop_daemon(DaemonRole role);

    [[nodiscard]] IPVSCTL_API std::size_t size() const noexcept;

    /** Forgets all changes; memory is kept for the next ones. */
    IPVSCTL_API void clear() noexcept;

private:
    friend class Client;
    class Impl;

    std::unique_ptr<Impl> impl_;
};

} // namespace v1
} // namespace ipvsctl
