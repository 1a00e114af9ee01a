/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A few real servers of a service, in their order.
 *
 * Pools (obj/pool.h) are made of groups, and share those that a change does not touch: it costs
 * as much as a group and a list of them, however many real servers there are.  Who is in a group
 * never changes.
 *
 * A group knows who of its members has the least load.  Whoever changes the load of a real server
 * marks it in its group, and picking looks at those that are marked.
 */
#ifndef NFVS_OBJ_GROUP_H
#define NFVS_OBJ_GROUP_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/log2.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "core/least.h"
#include "nfvs.h"
#include "obj/dest.h"

#define NFVS_GROUP_MAX NFVS_LEAST_MAX
#define NFVS_GROUP_MARK_WORDS (NFVS_GROUP_MAX / sizeof(unsigned long))

/* nfvs_group_take_marks() returns a bit for each. */
static_assert(sizeof(u64) * BITS_PER_BYTE >= NFVS_GROUP_MAX);

/**
 * struct nfvs_group - real servers of a service
 * @rcu: frees it
 * @count: number of members, at least 1
 * @measure: of @weight
 * @lock: guards @least, @load, @known, and that marks are taken away.  Innermost.
 * @stale: @least is not right, or not yet.  Set without @lock.
 * @known: @least is right, but for those that are marked
 * @mark: by place, whether a member's load changed.  Set without @lock.
 * @marks: the same, to see at a glance
 * @least: which member has the least load.  Read without @lock, too, unless it is @stale.
 * @load: loads for @least, as of when they were looked at.  As @least.
 * @weight: of each member
 * @dest: the members, youngest first
 */
struct nfvs_group {
	struct rcu_head rcu;
	u32 count;
	struct nfvs_measure measure;
	spinlock_t lock;
	bool stale;
	bool known;
	union {
		bool mark[NFVS_GROUP_MAX];
		unsigned long marks[NFVS_GROUP_MARK_WORDS];
	};
	struct nfvs_least least;
	struct nfvs_load *load;
	s32 *weight;
	struct nfvs_dest *dest[];
};

struct nfvs_group *nfvs_group_alloc(u32 count);
struct nfvs_group *nfvs_group_copy(const struct nfvs_group *from);
void nfvs_group_take(struct nfvs_group *group, u32 place, const struct nfvs_group *from);
void nfvs_group_take_others(struct nfvs_group *group, struct nfvs_group *const *from, u32 groups,
			    const struct nfvs_dest *dest);
void nfvs_group_ready(struct nfvs_group *group);
void nfvs_group_free(struct nfvs_group *group);
u64 nfvs_group_take_marks(struct nfvs_group *group);
void nfvs_group_settle(struct nfvs_group *group);

/**
 * nfvs_group_leaves() - number of loads of a group
 * @group: the group
 */
static inline u32 nfvs_group_leaves(const struct nfvs_group *group)
{
	return roundup_pow_of_two(group->count);
}

/**
 * nfvs_group_eligible() - whether a member may get a new connection
 * @group: the group
 * @place: of the member
 *
 * Context: rcu_read_lock() held.
 */
static inline bool nfvs_group_eligible(const struct nfvs_group *group, u32 place)
{
	return group->weight[place] > 0 && nfvs_dest_usable(group->dest[place]);
}

/**
 * nfvs_group_forget() - a real server is leaving the pool
 * @dest: the real server
 *
 * Before the last pool that has its group is dropped.
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
static inline void nfvs_group_forget(struct nfvs_dest *dest)
{
	RCU_INIT_POINTER(dest->group, NULL);
}

/**
 * nfvs_group_mark() - the load of a real server has changed
 * @dest: the real server
 *
 * By an atomic operation, which orders that before the mark; after anything else the caller does.
 * Where nobody picks by load, marks are made once and stay: nothing is written any more.
 *
 * Context: bottom halves disabled.
 */
static inline void nfvs_group_mark(const struct nfvs_dest *dest)
{
	struct nfvs_group *group;
	u8 place;

	/*
	 * The change, before the mark and the group are looked at.  Pairs with smp_mb() in
	 * nfvs_group_take_marks(): who took the mark away, or looks at a new group for the first
	 * time, reads the load after that.
	 */
	smp_mb__after_atomic();
	group = rcu_dereference_bh(dest->group);
	if (!group)
		return;
	/* That may be the place in a group that is newer: then the mark there is not needed. */
	place = READ_ONCE(dest->place);
	if (READ_ONCE(group->mark[place]))
		return;
	WRITE_ONCE(group->mark[place], true);
	/* The mark before the word of it.  Pairs with smp_mb() in nfvs_group_settle(). */
	smp_store_release(&group->stale, true);
}

/**
 * nfvs_dest_load_changed() - a connection came or went
 * @dest: its real server
 *
 * After the atomic operation that counted it.
 *
 * Context: bottom halves disabled.
 */
static inline void nfvs_dest_load_changed(struct nfvs_dest *dest)
{
	if (unlikely(READ_ONCE(dest->cfg.u_thresh))) {
		nfvs_dest_rejudge(dest);
		/* The verdict as well before the mark. */
		smp_mb();
	}
	nfvs_group_mark(dest);
}

#endif
