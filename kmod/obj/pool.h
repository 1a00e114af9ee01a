/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A service's real servers as its scheduler sees them.
 *
 * A pool never changes its members: every change of the service publishes a new pool, and
 * readers go on with the old one until they let go of RCU.  The scheduler and its state are
 * part of the pool, so a service changes its scheduler without a moment that has none.
 */
#ifndef NFVS_OBJ_POOL_H
#define NFVS_OBJ_POOL_H

#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "nfvs.h"
#include "obj/dest.h"
#include "obj/group.h"

/**
 * struct nfvs_sched_ops - a scheduling algorithm
 * @name: as in ipvsadm -s; NFVS_SCHEDNAME_MAXLEN
 * @priv_size: bytes of state at &nfvs_pool.priv
 * @priv_per_member: further bytes for each member
 * @indexed: looks members up in &nfvs_pool.dest, which then is made anew with each pool
 * @measured: looks at &nfvs_pool.measure
 * @members_max: most members that it can deal with, 0 for any number
 * @create: make what outlives a pool, &nfvs_pool.shared.  Under &nfvs_net.cfg_lock; may sleep.
 *	NULL without memory.
 * @destroy: the last pool that shared it is going, readers may still be in that.  Under
 *	&nfvs_net.cfg_lock; may sleep.
 * @build: work out tables from @pool's members, weights and flags.  Under
 *	&nfvs_net.cfg_lock; may sleep, cannot fail.
 * @init: set up the state of @pool, whose members are set; the state is zero before.  @old is
 *	the service's former pool under the same scheduler, or NULL.  Called under
 *	&nfvs_net.cfg_lock with bottom halves disabled and @old's lock held; may not sleep.
 * @pick: choose the real server for a new connection.  Must pass over members with weight 0
 *	or not nfvs_dest_usable().  rcu_read_lock() held, bottom halves disabled.  NULL if
 *	there is none.
 *
 * All but @name and @pick may be left out.
 */
struct nfvs_sched_ops {
	const char *name;
	size_t priv_size;
	size_t priv_per_member;
	bool indexed;
	bool measured;
	u32 members_max;
	void *(*create)(struct nfvs_net *nn);
	void (*destroy)(void *shared);
	void (*build)(struct nfvs_pool *pool);
	void (*init)(struct nfvs_pool *pool, struct nfvs_pool *old);
	struct nfvs_dest *(*pick)(struct nfvs_pool *pool, const struct nfvs_pkt *pkt);
};

/**
 * struct nfvs_pool - the members of a service
 * @rcu: frees it
 * @sched: scheduler, or NULL for none
 * @shared: what @sched made with .create(); goes on to the next pool of the same scheduler
 * @flags: NFVS_SVC_F_* of the service
 * @timeout: jiffies of persistence
 * @netmask: of persistence, as in &struct nfvs_svc_cfg
 * @fastpath: &enum nfvs_fastpath of the service, for first packets
 * @lock: guards the scheduler's state
 * @count: number of members
 * @groups: number of @group
 * @made_at: of those groups that were made with this pool: the first one
 * @made: how many those are; all others are the former pool's, too
 * @cut_at: of those groups that the former pool had, and this one has not: the first one there
 * @cut: how many those are
 * @gained: it has all members of the former pool, as they were, and another one
 * @measure: of a measured scheduler: what the weights of all members have in common
 * @first: by group, the index of its first member
 * @dest: of an indexed scheduler: all members by index
 * @weight: of an indexed scheduler: their weights
 * @priv: the scheduler's state
 * @group: the members, youngest first
 */
struct nfvs_pool {
	struct rcu_head rcu;
	const struct nfvs_sched_ops *sched;
	void *shared;
	u32 flags;
	u32 timeout;
	__be32 netmask;
	u8 fastpath;
	spinlock_t lock;
	u32 count;
	u32 groups;
	u32 made_at;
	u32 made;
	u32 cut_at;
	u32 cut;
	bool gained;
	struct nfvs_measure measure;
	u32 *first;
	struct nfvs_dest **dest;
	s32 *weight;
	void *priv;
	struct nfvs_group *group[];
};

/**
 * struct nfvs_pool_cfg - what a service says of its pool
 * @nn: its namespace, whose cfg_lock is held
 * @sched: scheduler, or NULL for none
 * @flags: NFVS_SVC_F_*
 * @timeout: jiffies of persistence
 * @netmask: of persistence
 * @fastpath: &enum nfvs_fastpath
 */
struct nfvs_pool_cfg {
	struct nfvs_net *nn;
	const struct nfvs_sched_ops *sched;
	u32 flags;
	u32 timeout;
	__be32 netmask;
	u8 fastpath;
};

/**
 * struct nfvs_pool_range - groups of a pool that are next to each other
 * @at: the first one
 * @groups: how many
 */
struct nfvs_pool_range {
	u32 at;
	u32 groups;
};

struct nfvs_pool *nfvs_pool_alloc(const struct nfvs_pool_cfg *cfg);
struct nfvs_pool *nfvs_pool_copy(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old);
struct nfvs_pool *nfvs_pool_with(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old);
void nfvs_pool_join(struct nfvs_pool *pool, struct nfvs_dest *dest);
struct nfvs_pool *nfvs_pool_renew(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				  const struct nfvs_dest *dest);
struct nfvs_pool *nfvs_pool_without(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				    const struct nfvs_dest *dest);
void nfvs_pool_range_include(struct nfvs_pool_range *range, const struct nfvs_pool *pool,
			     const struct nfvs_dest *dest);
void nfvs_pool_range_widen(struct nfvs_pool_range *range, const struct nfvs_pool *pool, u32 left);
struct nfvs_pool *nfvs_pool_rebuild(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				    const struct nfvs_pool_range *range,
				    struct nfvs_dest *const *members, u32 count);
void nfvs_pool_ready(struct nfvs_pool *pool, struct nfvs_pool *old);
void nfvs_pool_discard(struct nfvs_pool *pool, const struct nfvs_pool *old);
void nfvs_pool_retire(struct nfvs_pool *old, const struct nfvs_pool *pool);
void nfvs_pool_free(struct nfvs_pool *pool);

u32 nfvs_pool_after(const struct nfvs_pool *pool, u64 id);
u32 nfvs_pool_find(const void *pool, u32 from, u32 to, s32 bar);
s32 nfvs_pool_highest(const void *pool);

/**
 * nfvs_pool_fits() - whether a scheduler can deal with so many members
 * @sched: the scheduler, or NULL
 * @count: how many
 */
static inline bool nfvs_pool_fits(const struct nfvs_sched_ops *sched, u32 count)
{
	return !sched || !sched->members_max || count <= sched->members_max;
}

/**
 * nfvs_pool_eligible() - whether a member of an indexed pool may get a new connection
 * @pool: the pool
 * @index: of the member
 *
 * Context: rcu_read_lock() held.
 */
static inline bool nfvs_pool_eligible(const struct nfvs_pool *pool, u32 index)
{
	return pool->weight[index] > 0 && nfvs_dest_usable(pool->dest[index]);
}

/**
 * nfvs_pool_group_of() - which of a pool's groups has a member
 * @pool: the pool
 * @index: of the member, below the pool's count
 */
static inline u32 nfvs_pool_group_of(const struct nfvs_pool *pool, u32 index)
{
	u32 low = 0, high = pool->groups;

	while (high - low > 1) {
		u32 middle = low + (high - low) / 2;

		if (pool->first[middle] <= index)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/**
 * nfvs_pool_first() - which index the first member of a group has
 * @pool: the pool
 * @group: one of its groups, or their number
 *
 * Return: the index, or the pool's count.
 */
static inline u32 nfvs_pool_first(const struct nfvs_pool *pool, u32 group)
{
	return group < pool->groups ? pool->first[group] : pool->count;
}

/**
 * nfvs_pool_dest() - a member by its index
 * @pool: the pool
 * @index: as from a search; the pool's count stands for nobody
 *
 * Return: the real server, or NULL.
 */
static inline struct nfvs_dest *nfvs_pool_dest(const struct nfvs_pool *pool, u32 index)
{
	u32 group;

	if (index >= pool->count)
		return NULL;
	group = nfvs_pool_group_of(pool, index);
	return pool->group[group]->dest[index - pool->first[group]];
}

/**
 * nfvs_pool_eligible_dest() - a member by its index, if it may get a new connection
 * @pool: the pool
 * @index: as for nfvs_pool_dest()
 *
 * Context: rcu_read_lock() held.
 * Return: the real server, or NULL.
 */
static inline struct nfvs_dest *nfvs_pool_eligible_dest(const struct nfvs_pool *pool, u32 index)
{
	const struct nfvs_group *group;
	u32 at;

	if (index >= pool->count)
		return NULL;
	at = nfvs_pool_group_of(pool, index);
	group = pool->group[at];
	index -= pool->first[at];
	return group->weight[index] > 0 && nfvs_dest_usable(group->dest[index]) ?
		       group->dest[index] :
		       NULL;
}

#endif
