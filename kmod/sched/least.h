/* SPDX-License-Identifier: GPL-2.0-only */
/* The search that the schedulers by least load have in common. */
#ifndef NFVS_SCHED_LEAST_H
#define NFVS_SCHED_LEAST_H

#include "core/least.h"
#include "obj/pool.h"

typedef u64 (*nfvs_load_fn)(const struct nfvs_dest *dest);

struct nfvs_dest *nfvs_least_by_conns(const struct nfvs_pool *pool);

/* Load for lc and wlc: see nfvs_lc_load(). */
static inline u64 nfvs_dest_lc_load(const struct nfvs_dest *dest)
{
	return nfvs_lc_load(atomic_read(&dest->active), atomic_read(&dest->inactive));
}

/* Load for sed and nq: see nfvs_sed_load(). */
static inline u64 nfvs_dest_sed_load(const struct nfvs_dest *dest)
{
	return nfvs_sed_load(atomic_read(&dest->active));
}

static __always_inline void nfvs_least_weigh(struct nfvs_least *now, const struct nfvs_group *group,
					     u32 place, nfvs_load_fn load, bool weighted)
{
	now->index = place;
	now->weight = 0;
	if (!nfvs_group_eligible(group, place))
		return;
	now->weight = weighted ? group->weight[place] : 1;
	now->load = load(group->dest[place]);
}

static __always_inline void nfvs_least_scan(struct nfvs_least *least,
					    const struct nfvs_group *group, nfvs_load_fn load,
					    bool weighted)
{
	struct nfvs_least now = {};
	u32 i;

	*least = now;
	for (i = 0; i < group->count; i++) {
		nfvs_least_weigh(&now, group, i, load, weighted);
		if (nfvs_least_beats(&now, least))
			*least = now;
	}
}

/* Looks at those members whose load has changed, and at all if that may be somebody else's gain. */
static __always_inline void nfvs_least_refresh_locked(struct nfvs_group *group, nfvs_load_fn load,
						      bool weighted)
{
	unsigned long marked = nfvs_group_take_marks(group);
	struct nfvs_least now = {};
	unsigned int place;

	for_each_set_bit(place, &marked, NFVS_GROUP_MAX) {
		if (!group->known)
			break;
		nfvs_least_weigh(&now, group, place, load, weighted);
		group->known = nfvs_least_update(&group->least, &now);
	}
	if (!group->known)
		nfvs_least_scan(&group->least, group, load, weighted);
	group->known = true;
	nfvs_group_settle(group);
}

static __always_inline void nfvs_least_of_group(struct nfvs_least *least, struct nfvs_group *group,
						nfvs_load_fn load, bool weighted)
{
	/* Pairs with smp_store_release() in nfvs_group_settle(). */
	if (likely(!smp_load_acquire(&group->stale))) {
		/* If that changes meanwhile, a bit of each: no worse than any member. */
		*least = data_race(group->least);
		return;
	}
	/* Another CPU is at it, and has not found it yet. */
	if (unlikely(!spin_trylock(&group->lock))) {
		nfvs_least_scan(least, group, load, weighted);
		return;
	}
	nfvs_least_refresh_locked(group, load, weighted);
	*least = group->least;
	spin_unlock(&group->lock);
}

/* The search by looking at everybody. */
static __always_inline struct nfvs_dest *nfvs_least_of_all(const struct nfvs_pool *pool,
							   nfvs_load_fn load, bool weighted)
{
	struct nfvs_least least = {}, now;
	struct nfvs_dest *dest = NULL;
	u32 p;

	for (p = 0; p < pool->parts; p++) {
		nfvs_least_scan(&now, pool->part[p].group, load, weighted);
		if (nfvs_least_beats(&now, &least)) {
			least = now;
			dest = pool->part[p].group->dest[now.index];
		}
	}
	return dest;
}

/**
 * nfvs_least_loaded() - the member with the least load for its weight
 * @pool: the pool
 * @load: what to compare; inlined
 * @weighted: by weight, or else all members whose weight is not 0 are equal
 *
 * Of equals the first one, which is the youngest.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the real server, or NULL if nobody may be picked.
 */
static __always_inline struct nfvs_dest *nfvs_least_loaded(const struct nfvs_pool *pool,
							   nfvs_load_fn load, bool weighted)
{
	const struct nfvs_group *group = NULL;
	struct nfvs_least least = {}, now;
	u32 p;

	for (p = 0; p < pool->parts; p++) {
		nfvs_least_of_group(&now, pool->part[p].group, load, weighted);
		if (nfvs_least_beats(&now, &least)) {
			least = now;
			group = pool->part[p].group;
		}
	}
	if (likely(group && nfvs_group_eligible(group, least.index)))
		return group->dest[least.index];
	/* It became overloaded this very moment; or nobody was free, and somebody is now. */
	return nfvs_least_of_all(pool, load, weighted);
}

#endif
