// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Transaction: changes that happen together, or not at all.
 */
#pragma once

#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace ipvsctl {
inline namespace v1 {

/** What a transaction came to. */
struct CommitResult {
    std::uint64_t generation = 0; ///< of the table since, see Info
    std::uint32_t count = 0;      ///< services and real servers that changed

    friend bool operator==(const CommitResult &, const CommitResult &) = default;
};

/**
 * A list of changes for Client::commit(). Each means what the function of the same name in Client
 * means, and is checked as if those before it had been carried out. Packets and listings find
 * what comes of all of them at once. A Batch, on the other hand, is carried out change by change,
 * whatever becomes of the others; and it takes changes of other things than the table, too.
 *
 * What is deleted and added again in the same transaction has not been away: its connections and
 * counters stay. So flush() and everything that shall be replaces the table.
 *
 * Changes of one service that follow each other are cheaper than others.
 */
class Transaction {
public:
    IPVSCTL_API Transaction();
    IPVSCTL_API Transaction(Transaction &&other) noexcept;
    IPVSCTL_API Transaction &operator=(Transaction &&other) noexcept;
    IPVSCTL_API ~Transaction();

    IPVSCTL_API void add_service(const ServiceKey &key, const ServiceConfig &config);
    IPVSCTL_API void edit_service(const ServiceKey &key, const ServiceConfig &config);
    IPVSCTL_API void delete_service(const ServiceKey &key);
    IPVSCTL_API void add_destination(const ServiceKey &key, const DestinationConfig &config);
    IPVSCTL_API void edit_destination(const ServiceKey &key, const DestinationConfig &config);
    IPVSCTL_API void delete_destination(const ServiceKey &key, const Endpoint &endpoint);
    IPVSCTL_API void flush();

    /** Only if the table is still of this generation, see Info; else ESTALE. */
    IPVSCTL_API void expect_generation(std::uint64_t generation);

    /** Makes room for so many changes more, which are then not copied as their number grows. */
    IPVSCTL_API void reserve(std::size_t changes);

    /** The number of changes. */
    [[nodiscard]] IPVSCTL_API std::size_t size() const noexcept;

    /** Forgets the changes and the generation; memory is kept for the next ones. */
    IPVSCTL_API void clear() noexcept;

private:
    friend class Client;
    class Impl;

    std::unique_ptr<Impl> impl_;
};

} // namespace v1
} // namespace ipvsctl
