/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Real servers.
 *
 * A real server belongs to one service.  When it is removed while connections still use it,
 * it is retired: it stays in the namespace's table, takes no new connections, and comes back
 * with its counters if it is added again.  It goes for good with its last connection.
 */
#ifndef NFVS_OBJ_DEST_H
#define NFVS_OBJ_DEST_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/llist.h>
#include <linux/netfilter.h>
#include <linux/netlink.h>
#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/spinlock.h>

#include "nfvs.h"
#include "obj/dest_route.h"
#include "obj/packet.h"
#include "obj/policy.h"
#include "obj/stats.h"

struct nfvs_dest_plan;
struct nfvs_real;

/**
 * struct nfvs_svc_key - what identifies a service
 * @addr: virtual address; zero for a service by firewall mark
 * @fwmark: firewall mark, or 0 for a service by address
 * @port: virtual port; 0 stands for all ports
 * @af: AF_INET or AF_INET6
 * @proto: IPPROTO_*, 0 with @fwmark
 * @pad: zero; keys are compared and hashed as bytes
 */
struct nfvs_svc_key {
	union nf_inet_addr addr;
	u32 fwmark;
	__be16 port;
	u16 af;
	u8 proto;
	u8 pad[3];
};

/* A byte of padding that has no name would be hashed, whatever it holds. */
static_assert(sizeof(struct nfvs_svc_key) == 28);

/**
 * struct nfvs_dest_key - what identifies a real server
 * @svc: its service
 * @addr: its address
 * @port: its port; 0 stands for the packet's virtual port
 * @af: AF_INET or AF_INET6
 */
struct nfvs_dest_key {
	struct nfvs_svc_key svc;
	union nf_inet_addr addr;
	__be16 port;
	u16 af;
};

static_assert(sizeof(struct nfvs_dest_key) == 48);

/**
 * union nfvs_tunnel - how packets to a real server are wrapped
 * @type: &enum nfvs_tun_type
 * @flags: &enum nfvs_tun_csum
 * @port: UDP destination port, 0 unless @type is GUE
 * @word: all of it: what a packet reads at once fits together
 */
union nfvs_tunnel {
	struct {
		u8 type;
		u8 flags;
		__be16 port;
	};
	u32 word;
};

static_assert(sizeof(union nfvs_tunnel) == sizeof(u32));

/**
 * struct nfvs_dest_cfg - what may be changed at a real server
 * @fwd: &enum nfvs_fwd_method
 * @tunnel: for connections whose method is NFVS_FWD_TUNNEL, whatever @fwd has become since
 * @weight: share of connections, 0 to INT_MAX; 0 takes no new ones
 * @u_thresh: connections at which it counts as overloaded, 0 for no limit
 * @l_thresh: connections below which it no longer does, 0 for three quarters of @u_thresh
 */
struct nfvs_dest_cfg {
	u32 fwd;
	union nfvs_tunnel tunnel;
	s32 weight;
	u32 u_thresh;
	u32 l_thresh;
};

/**
 * enum nfvs_dest_busy - whether a real server has traffic
 * @NFVS_DEST_IDLE: none of late.  It is on no list of &struct nfvs_net that is about traffic.
 * @NFVS_DEST_EARLY: it waits on one for counters of its own; packets count twice
 * @NFVS_DEST_BUSY: it is on one that rates are worked out for; no packet counts but in its counters
 */
enum nfvs_dest_busy {
	NFVS_DEST_IDLE,
	NFVS_DEST_EARLY,
	NFVS_DEST_BUSY,
};

/**
 * struct nfvs_dest_tally - what is remembered of a real server's traffic
 * @attached: its traffic when it joined its service
 * @zero: its traffic when it was last zeroed
 * @rate: traffic per second
 * @stats_block: what its own &nfvs_dest.stats are a part of; NULL while it has none
 */
struct nfvs_dest_tally {
	struct nfvs_counts attached;
	struct nfvs_counts zero;
	struct nfvs_rate rate;
	struct nfvs_stats_block *stats_block;
};

/**
 * struct nfvs_dest - a real server
 * @stats: traffic.  As @cfg; &nfvs_net.early until it has counters of its own.
 * @route: route to it, or NULL until a packet has found one
 * @busy: &enum nfvs_dest_busy.  Whoever takes it away from NFVS_DEST_IDLE puts the real server on a
 *	list, with a reference.
 * @last_weight: the weight that it had last, other than 0; 0 if it had none since it joined its
 *	service. &nfvs_net.cfg_lock.
 * @group: which hears of changes of its load; NULL unless it is in a service's pool.  Written
 *	under &nfvs_net.cfg_lock.
 * @available: belongs to a service.  As @cfg.
 * @policy: that of its service, as it is or was last.  As @cfg.
 * @overloaded: no new connections, until enough have gone.  Under @load_lock.
 * @by_mark: rules may lead packets to it by their marks: no route is kept for all
 * @place: its place in @group.  As @cfg.
 * @cfg: settings.  Written under &nfvs_net.cfg_lock with WRITE_ONCE() each, read anywhere.
 * @key: what it is called
 * @load_lock: orders changes of @overloaded
 * @nn: its namespace
 * @svc: its service, or, when it is retired, none that may be looked at. &nfvs_net.cfg_lock.
 * @load: connections that have not ended, by NFVS_LOAD_ACTIVE and NFVS_LOAD_INACTIVE: in one, for
 *	who makes or changes one to write once.  Or NFVS_LOAD_GONE.
 * @refs: one of the configuration (service or &nfvs_net.retired), one of each template and of
 *	each connection that has ended, one while @busy is not NFVS_DEST_IDLE
 * @templates: templates; they are no load
 * @plan: what a transaction wants of it, while one is made. &nfvs_net.cfg_lock.
 * @early: what packets counted while @stats were &nfvs_net.early; a part of its traffic for good
 * @id: grows with each real server that joins a service; dumps resume here
 * @tally: NULL as long as nobody had to remember anything. &nfvs_net.cfg_lock.
 * @busy_new: in &nfvs_net.busy_new, or
 * @busy_node: in one of those that follow it
 * @node: in &nfvs_net.dests
 * @real: its address, while it is available; else NULL. &nfvs_net.cfg_lock.
 * @retired: in &nfvs_net.retired, or empty. &nfvs_net.cfg_lock.
 * @rcu: frees it, when it is on no list any more
 */
struct nfvs_dest {
	/* What packets of established connections read. */
	struct nfvs_cpu_stats __percpu *stats;
	struct nfvs_dest_route __rcu *route;
	enum nfvs_dest_busy busy;
	s32 last_weight;
	struct nfvs_group __rcu *group;
	bool available;
	struct nfvs_policy policy;
	bool overloaded;
	bool by_mark;
	u8 place;
	struct nfvs_dest_cfg cfg;

	struct nfvs_dest_key key;
	spinlock_t load_lock;
	struct nfvs_net *nn;
	struct nfvs_svc *svc;

	/* What first packets write, and the end of a connection. */
	atomic64_t load ____cacheline_aligned_in_smp;
	refcount_t refs;
	atomic_t templates;
	struct nfvs_dest_plan *plan;
	struct nfvs_early_stats early;

	u64 id ____cacheline_aligned_in_smp;
	struct nfvs_dest_tally *tally;
	union {
		struct llist_node busy_new;
		struct list_head busy_node;
	};
	struct rhash_head node;
	struct nfvs_real *real;
	union {
		struct list_head retired;
		struct rcu_head rcu;
	};
};

/* One line is enough for the former, and no write of the latter takes it away from them. */
static_assert(offsetofend(struct nfvs_dest, cfg) <= 64);

/* Real servers are many.  Locks that are watched are larger. */
static_assert(sizeof(struct nfvs_dest) <= 256 || sizeof(spinlock_t) > sizeof(u32));

/*
 * What a connection is in &nfvs_dest.load: in use; opening, closing or of a protocol without
 * connections.  And what is there when no connection may come any more.
 */
#define NFVS_LOAD_SHIFT 32
#define NFVS_LOAD_ACTIVE ((s64)BIT_ULL(NFVS_LOAD_SHIFT))
#define NFVS_LOAD_INACTIVE 1LL
#define NFVS_LOAD_GONE (-1LL)

extern const struct rhashtable_params nfvs_dest_params;

int nfvs_dest_module_init(void);
void nfvs_dest_module_exit(void);

struct nfvs_dest *nfvs_dest_find(struct nfvs_net *nn, const struct nfvs_dest_key *key);
struct nfvs_dest *nfvs_dest_prepare(struct nfvs_net *nn, const struct nfvs_dest_key *key,
				    struct nfvs_dest *returning, struct netlink_ext_ack *extack);
void nfvs_dest_abandon(struct nfvs_net *nn, struct nfvs_dest *dest);
void nfvs_dest_join(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_dest *dest,
		    const struct nfvs_dest_cfg *cfg);
void nfvs_dest_edit(struct nfvs_dest *dest, const struct nfvs_dest_cfg *cfg);
void nfvs_dest_set_policy(struct nfvs_dest *dest, const struct nfvs_policy *policy);
void nfvs_dest_leave(struct nfvs_net *nn, struct nfvs_dest *dest);
void nfvs_dest_reap_retired(struct nfvs_net *nn);
void nfvs_dest_edit_retired(struct nfvs_net *nn, const struct nfvs_svc_key *svc,
			    const struct nfvs_policy *policy);
void nfvs_dest_counts(const struct nfvs_dest *dest, struct nfvs_counts *shown,
		      struct nfvs_counts *of_service);
void nfvs_dest_zero(struct nfvs_dest *dest);

int nfvs_dest_enable_bypass(struct nfvs_net *nn);
void nfvs_dest_free_bypass(struct nfvs_net *nn);

void nfvs_dest_put(struct nfvs_net *nn, struct nfvs_dest *dest);
void nfvs_dest_rejudge(struct nfvs_dest *dest);

/**
 * nfvs_dest_get() - take a reference
 * @dest: found under RCU
 *
 * Context: rcu_read_lock() held.
 * Return: false if the real server is on its way out.
 */
static inline bool nfvs_dest_get(struct nfvs_dest *dest)
{
	return refcount_inc_not_zero(&dest->refs);
}

/**
 * nfvs_dest_has_stats() - whether a real server has counters of its own
 * @dest: the real server; its namespace's cfg_lock is held, or nobody else has it
 */
static inline bool nfvs_dest_has_stats(const struct nfvs_dest *dest)
{
	return dest->tally && dest->tally->stats_block;
}

/**
 * nfvs_dest_load() - a connection is about to be: the real server stays while it lives
 * @dest: found under RCU
 * @load: NFVS_LOAD_ACTIVE or NFVS_LOAD_INACTIVE
 *
 * Context: rcu_read_lock() held.
 * Return: false if the real server is on its way out.
 */
static inline bool nfvs_dest_load(struct nfvs_dest *dest, s64 load)
{
	return atomic64_add_unless(&dest->load, load, NFVS_LOAD_GONE);
}

/**
 * nfvs_dest_unload() - a connection has ended: a reference is left, until its memory goes
 * @dest: its real server
 * @load: what it was
 *
 * Context: any.
 */
static inline void nfvs_dest_unload(struct nfvs_dest *dest, s64 load)
{
	refcount_inc(&dest->refs);
	/* Without either the real server would go; see nfvs_dest_drop(). */
	smp_mb__before_atomic();
	atomic64_sub(load, &dest->load);
}

/**
 * nfvs_dest_active() - connections in use
 * @dest: the real server
 */
static inline u32 nfvs_dest_active(const struct nfvs_dest *dest)
{
	return atomic64_read(&dest->load) >> NFVS_LOAD_SHIFT;
}

/**
 * nfvs_dest_inactive() - all others
 * @dest: the real server
 */
static inline u32 nfvs_dest_inactive(const struct nfvs_dest *dest)
{
	return atomic64_read(&dest->load);
}

/**
 * nfvs_dest_conns() - connections that a real server has
 * @dest: the real server
 */
static inline u32 nfvs_dest_conns(const struct nfvs_dest *dest)
{
	u64 load = atomic64_read(&dest->load);

	return (load >> NFVS_LOAD_SHIFT) + (u32)load;
}

/**
 * nfvs_dest_usable() - whether a real server may take a new connection
 * @dest: the real server
 *
 * Context: rcu_read_lock() held.
 */
static inline bool nfvs_dest_usable(const struct nfvs_dest *dest)
{
	return READ_ONCE(dest->available) && !READ_ONCE(dest->overloaded);
}

#endif
