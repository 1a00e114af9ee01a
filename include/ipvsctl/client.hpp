// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Client: reads and changes the balancer's tables.
 */
#pragma once

#include "ipvsctl/batch.hpp"
#include "ipvsctl/connection.hpp"
#include "ipvsctl/counter.hpp"
#include "ipvsctl/daemon.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/info.hpp"
#include "ipvsctl/limits.hpp"
#include "ipvsctl/service.hpp"
#include "ipvsctl/table.hpp"
#include "ipvsctl/timeouts.hpp"
#include "ipvsctl/transaction.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ipvsctl {
inline namespace v1 {

namespace detail {
struct ClientFactory;
} // namespace detail

/** How Client::open finds the module. */
struct ClientOptions {
    /** Load nfvs, else ip_vs, where neither is there and the process may load modules. */
    bool load_module = true;

    /**
     * The network namespace whose tables are meant: a name as `ip netns` has it, or a path with a
     * slash in it, such as /proc/42/ns/net or, of a descriptor, /proc/self/fd/7. Empty: the one
     * that the thread is in. The thread stays in its own; only one that lives for a moment enters
     * the other, which takes CAP_SYS_ADMIN.
     */
    std::string network_namespace;
};

/**
 * A connection to the balancer in the kernel, nfvs or ip_vs, in one network namespace for good:
 * the one that was chosen, or that the thread is in when it is opened.
 *
 * It holds one netlink socket for its whole life. Different objects are independent of each
 * other; one object must not be used by two threads at a time. Requests block until the kernel
 * has answered, which it does at once.
 *
 * Nothing here throws, except std::bad_alloc when memory is short. Every operation can fail
 * with these domains, beside the errno values of domain kernel that are listed at each:
 * kernel EPERM without CAP_NET_ADMIN in the initial user namespace, kernel ENOMEM; transport
 * when the socket fails, transport ENODEV when the module was unloaded, also if one was loaded
 * since: open another client; protocol when the answer makes no sense.
 * A change that fails has changed nothing.
 */
class Client {
public:
    /**
     * Connects to nfvs, or to ip_vs where nfvs is not there. The family's list is readable for
     * everyone, so this needs no privilege when a module is loaded. Fails with domain transport,
     * code ENOPROTOOPT, when the kernel has neither; with what the system says where it cannot
     * enter the network namespace, such as ENOENT or EPERM.
     */
    [[nodiscard]] IPVSCTL_API static Result<Client> open(const ClientOptions &options = {});

    IPVSCTL_API Client(Client &&other) noexcept;
    IPVSCTL_API Client &operator=(Client &&other) noexcept;
    IPVSCTL_API ~Client();

    /** The name of the netlink family in use: `NFVS`, or `IPVS` (ip_vs, or an older name). */
    [[nodiscard]] IPVSCTL_API std::string_view family() const noexcept;

    /** The netlink port of its socket, by which events say who asked for a change. */
    [[nodiscard]] IPVSCTL_API std::uint32_t port_id() const noexcept;

    /** Version and table size; from nfvs more, see Info. */
    [[nodiscard]] IPVSCTL_API Result<Info> info();

    /** What the balancer can do, and how much of it. Of ip_vs, as far as anybody can say. */
    [[nodiscard]] IPVSCTL_API Result<Limits> limits();

    /** All services, in the kernel's order, as they were at one moment (else EAGAIN). */
    [[nodiscard]] IPVSCTL_API Result<std::vector<Service>> services();

    /** The same, of a table that changes all the time: as table() with whole. */
    [[nodiscard]] IPVSCTL_API Result<std::vector<Service>> services(bool &whole);

    /** One service. ESRCH: there is none. */
    [[nodiscard]] IPVSCTL_API Result<Service> service(const ServiceKey &key);

    /** The real servers of a service, in the kernel's order; none where there is no service. */
    [[nodiscard]] IPVSCTL_API Result<std::vector<Destination>> destinations(const ServiceKey &key);

    /**
     * Services with their real servers. From nfvs, as they were at one moment (else EAGAIN); from
     * ip_vs each service is asked for its real servers in turn, and whatever the query leaves out
     * is dropped here.
     */
    [[nodiscard]] IPVSCTL_API Result<std::vector<TableEntry>> table(const TableQuery &query = {});

    /**
     * The same, of a table that changes all the time, where that would be EAGAIN: then whole is
     * set to false, and the answer has whoever was there from the beginning to the end, and of
     * what came, went or changed meanwhile some, each once, as it was found last. From ip_vs it is
     * EAGAIN all the same, since that may leave out others, too.
     */
    [[nodiscard]] IPVSCTL_API Result<std::vector<TableEntry>> table(const TableQuery &query,
                                                                    bool &whole);

    /**
     * Adds a service. The scheduler's name has at most 15 bytes, the persistence engine's at
     * most 16 (domain usage). A host netmask fits both families, any other must be of the
     * service's own (domain usage). EEXIST: the service is there. ENOENT: no such scheduler or
     * persistence engine. EAFNOSUPPORT: the kernel has no IPv6. EINVAL: an IPv6 netmask outside
     * 1 to 128, or a port of 0 where the kernel does not take it. EOPNOTSUPP: it is ip_vs, which
     * knows neither on_removal nor fastpath.
     */
    [[nodiscard]] IPVSCTL_API Result<void> add_service(const ServiceKey &key,
                                                       const ServiceConfig &config);

    /** Replaces a service's configuration. ESRCH: there is none; otherwise as add_service. */
    [[nodiscard]] IPVSCTL_API Result<void> edit_service(const ServiceKey &key,
                                                        const ServiceConfig &config);

    /** Deletes a service with its real servers. ESRCH: there is none. */
    [[nodiscard]] IPVSCTL_API Result<void> delete_service(const ServiceKey &key);

    /**
     * Adds a real server. Weights are 0 to 2147483647, with 0 for no new connections; the lower
     * threshold is at most the upper one (ERANGE). ESRCH: no such service. EEXIST: it has this
     * real server. EINVAL: the address is not unicast, or of another family than the service's
     * without a tunnel, or GUE lacks its port.
     */
    [[nodiscard]] IPVSCTL_API Result<void> add_destination(const ServiceKey &key,
                                                           const DestinationConfig &config);

    /** Replaces a real server's configuration. ENOENT: no such one; as add_destination. */
    [[nodiscard]] IPVSCTL_API Result<void> edit_destination(const ServiceKey &key,
                                                            const DestinationConfig &config);

    /** Deletes a real server. ESRCH: no such service. ENOENT: no such real server. */
    [[nodiscard]] IPVSCTL_API Result<void> delete_destination(const ServiceKey &key,
                                                              const Endpoint &endpoint);

    /** Zeroes all statistics, the totals too. */
    [[nodiscard]] IPVSCTL_API Result<void> zero();

    /** Zeroes the statistics of one service and its real servers. ESRCH: there is none. */
    [[nodiscard]] IPVSCTL_API Result<void> zero(const ServiceKey &key);

    /** Deletes all services. */
    [[nodiscard]] IPVSCTL_API Result<void> flush();

    /**
     * Carries out a list of changes, each by itself, and says which were refused, in their order.
     * An error instead means that nobody knows how far it got.
     */
    [[nodiscard]] IPVSCTL_API Result<std::vector<BatchFailure>> apply(const Batch &batch);

    /**
     * Carries out changes together, or none of them. An error that is due to one of them has its
     * place in Error::item, and is what the function of the same name would return. ESTALE: the
     * table is of another generation than the transaction expects. EOPNOTSUPP: ip_vs has no
     * transactions. Domain transport, EMSGSIZE: it is larger than a gigabyte or, without
     * CAP_NET_ADMIN, than net.core.wmem_max allows.
     *
     * To change the table by what it holds: take the generation from info(), then read the table,
     * then commit with that generation; and all of it again on ESTALE. The table that was read
     * need not be of one moment then.
     */
    [[nodiscard]] IPVSCTL_API Result<CommitResult> commit(const Transaction &transaction);

    /**
     * Calls visit for each connection that matches, in the kernel's order. One that exists from
     * the beginning to the end is visited once; nothing is said about others. visit must not use
     * the client. ip_vs has them in /proc/net/ip_vs_conn only, where they are chosen here: an
     * error of domain transport if that cannot be read. Domain usage: client and virtual server
     * are not of one family, or a prefix is longer than its address.
     */
    [[nodiscard]] IPVSCTL_API Result<void>
    connections(const ConnectionFilter &filter,
                const std::function<void(const Connection &)> &visit);

    /**
     * Ends the connections that match and returns their number. Packets that follow are
     * scheduled like first ones. EOPNOTSUPP: ip_vs cannot do that.
     */
    [[nodiscard]] IPVSCTL_API Result<std::uint32_t> end_connections(const ConnectionFilter &filter);

    /** The synchronisation daemons that run, the master first. */
    [[nodiscard]] IPVSCTL_API Result<std::vector<SyncDaemon>> daemons();

    /**
     * Starts a synchronisation daemon. EEXIST: one of this role runs. ENODEV: no such interface.
     * EINVAL: the group is not multicast. EOPNOTSUPP: this version of nfvs has none. Domain
     * usage: the interface's name has more than 15 bytes.
     */
    [[nodiscard]] IPVSCTL_API Result<void> start_daemon(const SyncDaemon &daemon);

    /** Stops a synchronisation daemon. ESRCH: none of this role runs. */
    [[nodiscard]] IPVSCTL_API Result<void> stop_daemon(DaemonRole role);

    /** The timeouts in force, in seconds. */
    [[nodiscard]] IPVSCTL_API Result<Timeouts> timeouts();

    /** Sets timeouts in seconds; 0 keeps one. EINVAL: more than the kernel's clock can hold. */
    [[nodiscard]] IPVSCTL_API Result<void> set_timeouts(const Timeouts &timeouts);

    /** The event counters of nfvs. EOPNOTSUPP: ip_vs has none. */
    [[nodiscard]] IPVSCTL_API Result<std::vector<Counter>> counters();

private:
    friend struct detail::ClientFactory;
    class Impl;

    explicit Client(std::unique_ptr<Impl> impl) noexcept;

    std::unique_ptr<Impl> impl_;
};

} // namespace v1
} // namespace ipvsctl
