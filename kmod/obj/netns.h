/* SPDX-License-Identifier: GPL-2.0-only */
/* The state of one network namespace.  Nothing of nfvs is shared between namespaces. */
#ifndef NFVS_OBJ_NETNS_H
#define NFVS_OBJ_NETNS_H

#include <linux/llist.h>
#include <linux/mutex.h>
#include <linux/netfilter.h>
#include <linux/percpu_counter.h>
#include <linux/rhashtable-types.h>
#include <linux/siphash.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "core/sctp_fsm.h"
#include "core/tcp_fsm.h"
#include "nfvs.h"
#include "obj/counter.h"
#include "obj/defense.h"
#include "obj/policy.h"
#include "obj/settings.h"
#include "obj/stats.h"

struct ctl_table_header;
struct nfvs_event_ops;
struct nfvs_nl_burst;
struct nfvs_conn_table;
struct nfvs_fast;

/* Of each family: see hook/hook.c. */
#define NFVS_NET_HOOKS 3

/* Multicast groups, each of which has its numbers: see nl/gen.h. */
#define NFVS_EVENT_GROUPS 3

/**
 * struct nfvs_timeouts - how long an idle connection lives
 * @sctp: jiffies, by SCTP state
 * @tcp: jiffies, by TCP state
 * @udp: jiffies
 *
 * Written under &struct nfvs_net.cfg_lock with WRITE_ONCE(), read by packets with READ_ONCE().
 */
struct nfvs_timeouts {
	u32 sctp[NFVS_SCTP_STATES];
	u32 tcp[NFVS_TCP_STATES];
	u32 udp;
};

/**
 * struct nfvs_net - everything nfvs knows in one network namespace
 * @net: the namespace; outlives this structure
 * @node: among all namespaces, in a list of main
 * @cfg_lock: serialises every change of services, real servers and settings.  Nests outside
 *	all other locks of nfvs.
 * @svcs: services by &struct nfvs_svc_key.  Changed under @cfg_lock, read under RCU.
 * @svc_ids: services in order of creation; dumps resume here.  As @svcs.
 * @dests: real servers by &struct nfvs_dest_key, retired ones included.  @cfg_lock only.
 * @reals: addresses of real servers in service by &struct nfvs_real_key.  As @svcs.
 * @retired: real servers that left their service while connections still use them. @cfg_lock.
 * @bypass: real server of connections that bypass all others; NULL until cache_bypass is first set,
 *	then for good
 * @route_changes: counts what may make a real server's route invalid while a packet looks for it
 * @next_svc_id: @cfg_lock: where xa_alloc_cyclic() goes on
 * @next_dest_id: @cfg_lock: id of the next real server
 * @svc_count: number of services.  Written under @cfg_lock, read anywhere.
 * @fwmark_svcs: of these, services by firewall mark
 * @wildcard_svcs: of these, services on port 0
 * @ftp_svcs: of these, services on FTP's port
 * @generation: counts the changes of services and real servers.  Changed under @cfg_lock, read
 *	anywhere.
 * @hooked: bit NFPROTO_* is set while that family's hooks are registered. @cfg_lock.
 * @see_packets: registers the hooks of a family, for its first service.  Set by main: hooks
 *	are above services, so services cannot call them by name.
 * @early: what real servers counted that had no counters of their own yet
 * @kept: counters of real servers that no longer exist, by CPU. @cfg_lock.
 * @zero: what was counted when the namespace's total was last zeroed. @cfg_lock.
 * @counted: what real servers told that they gained, for @rate. @cfg_lock.
 * @rate: traffic per second. @cfg_lock.
 * @rate_work: works out rates while anything is busy
 * @stats_work: gives real servers counters of their own
 * @busy_new: real servers that have just become busy
 * @early_dests: those that have no counters yet. @cfg_lock, as all of these
 * @given_dests: those that have some that a packet may not have found
 * @busy_dests: all other busy real servers
 * @busy_svcs: services with rates that are not 0
 * @stepped_dests: of @busy_dests and @early_dests, those that @rate_work will come to
 * @stepped_svcs: of @busy_svcs, the same
 * @sysctls: settings
 * @fastpaths: what services and @sysctls say of the fast path
 * @settle: has packets taken from devices, or not, as @fastpaths now says.  Set by main, as
 *	@see_packets.
 * @settle_work: does the same for packets
 * @tell: tells of what happens.  Set by main, as @see_packets.
 * @events: how many events each group was told of
 * @conn_events: those of connections that are being told, or NULL.  @reap_work only.
 * @overload_lock: events of that group are told one after the other.  Inside load_lock of real
 *	servers.
 * @defenses: against floods
 * @sweep_work: ends the connections of removed real servers
 * @timeouts: see &struct nfvs_timeouts
 * @conns: the connection table; NULL until the first service is added, then for good
 * @fast: state of the fast path; as @conns
 * @counters: event counters
 * @conn_count: connections that live, or whose memory is not back yet
 * @conn_max: most connections that may live at a time; sysctl
 * @reap_armed: bit 0 is set while @reap_work is queued or runs on its own behalf
 * @reap_work: ends connections whose time has come
 * @resize_work: makes the connection table fit @conn_count
 * @ended: connections that wait until nobody reads them any more
 * @free_work: frees these
 * @retire_due: a retired real server may have lost its last connection
 * @sysctl: handle of net.ipv4.vs or net.nfvs, NULL if the namespace has none
 * @sysctl_table: this namespace's copy of the table
 * @proc_names: what its files in /proc/net are called; there are none while it is NULL
 * @hooks4: the hooks of IPv4, while they are registered. @cfg_lock.
 * @hooks6: those of IPv6
 */
struct nfvs_net {
	struct net *net;
	struct list_head node;
	struct mutex cfg_lock;
	struct rhashtable svcs;
	struct xarray svc_ids;
	struct rhashtable dests;
	struct rhashtable reals;
	struct list_head retired;
	struct nfvs_dest *bypass;
	atomic_t route_changes;
	u32 next_svc_id;
	u64 next_dest_id;
	u32 svc_count;
	u32 fwmark_svcs;
	u32 wildcard_svcs;
	u32 ftp_svcs;
	atomic64_t generation;
	unsigned long hooked;
	int (*see_packets)(struct nfvs_net *nn, u8 af);
	struct nfvs_cpu_stats __percpu *early;
	struct nfvs_counts *kept;
	struct nfvs_counts zero;

	struct nfvs_counts counted;
	struct nfvs_rate rate;
	struct delayed_work rate_work;
	struct work_struct stats_work;
	struct llist_head busy_new;
	struct list_head early_dests;
	struct list_head given_dests;
	struct list_head busy_dests;
	struct list_head busy_svcs;
	struct list_head stepped_dests;
	struct list_head stepped_svcs;

	struct nfvs_sysctls sysctls;
	struct nfvs_fastpaths fastpaths;
	void (*settle)(struct nfvs_net *nn);
	struct delayed_work settle_work;

	const struct nfvs_event_ops *tell;
	atomic64_t events[NFVS_EVENT_GROUPS];
	struct nfvs_nl_burst *conn_events;
	spinlock_t overload_lock;

	struct nfvs_defenses defenses;
	struct work_struct sweep_work;

	struct nfvs_timeouts timeouts;

	struct nfvs_conn_table *conns;
	struct nfvs_fast *fast;
	struct nfvs_counters __percpu *counters;

	/* Written now and then by first packets: nothing is beside it that all packets read. */
	struct percpu_counter conn_count ____cacheline_aligned_in_smp;
	unsigned long conn_max;
	unsigned long reap_armed;
	struct delayed_work reap_work;
	struct work_struct resize_work;
	struct llist_head ended;
	struct work_struct free_work;
	bool retire_due;

	struct ctl_table_header *sysctl;
	struct ctl_table *sysctl_table;
	const char *const *proc_names;
	struct nf_hook_ops hooks4[NFVS_NET_HOOKS];
	struct nf_hook_ops hooks6[NFVS_NET_HOOKS];
};

extern unsigned int nfvs_net_id;

/**
 * nfvs_pernet() - the state of a namespace
 * @net: the namespace
 *
 * Context: any, between the namespace's init and exit.
 */
static inline struct nfvs_net *nfvs_pernet(const struct net *net)
{
	return net_generic(net, nfvs_net_id);
}

int nfvs_net_init(struct nfvs_net *nn, struct net *net);
void nfvs_net_exit(struct nfvs_net *nn);

#endif
