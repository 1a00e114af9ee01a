/* SPDX-License-Identifier: GPL-2.0-only */
/* The search that the schedulers by least load have in common. */
#ifndef NFVS_SCHED_LEAST_H
#define NFVS_SCHED_LEAST_H

#include "core/least.h"
#include "obj/pool.h"

/* So many are looked at sooner than kept order of. */
#define NFVS_LEAST_FEW 8

typedef u64 (*nfvs_load_fn)(const struct nfvs_dest *dest);

struct nfvs_dest *nfvs_least_by_conns(const struct nfvs_pool *pool);

/* Load for lc and wlc: see nfvs_lc_load(). */
static inline u64 nfvs_dest_lc_load(const struct nfvs_dest *dest)
{
	return nfvs_lc_load(nfvs_dest_active(dest), nfvs_dest_inactive(dest));
}

/* Load for sed and nq: see nfvs_sed_load(). */
static inline u64 nfvs_dest_sed_load(const struct nfvs_dest *dest)
{
	return nfvs_sed_load(nfvs_dest_active(dest));
}

static __always_inline void nfvs_least_weigh(struct nfvs_load *now, const struct nfvs_group *group,
					     u32 place, nfvs_load_fn load, bool weighted)
{
	now->weight = 0;
	if (!nfvs_group_eligible(group, place))
		return;
	now->weight = weighted ? group->weight[place] : 1;
	now->load = load(group->dest[place]);
}

/* The search by looking at everybody in a group; the group's count if nobody may be picked. */
static __always_inline u32 nfvs_least_scan(struct nfvs_load *least, const struct nfvs_group *group,
					   nfvs_load_fn load, bool weighted)
{
	struct nfvs_load now = {};
	u32 found = group->count, i;

	*least = now;
	for (i = 0; i < group->count; i++) {
		nfvs_least_weigh(&now, group, i, load, weighted);
		if (nfvs_load_beats(&now, least)) {
			*least = now;
			found = i;
		}
	}
	return found;
}

/* Looks at those members whose load has changed; the first time at all. */
static __always_inline void nfvs_least_refresh_locked(struct nfvs_group *group, nfvs_load_fn load,
						      bool weighted)
{
	u64 marked = nfvs_group_take_marks(group);
	u32 place;

	if (unlikely(!group->known))
		marked = GENMASK_ULL(group->count - 1, 0);
	for (; marked; marked &= marked - 1) {
		place = __ffs64(marked);
		nfvs_least_weigh(&group->load[place], group, place, load, weighted);
		if (group->known)
			nfvs_least_replay(&group->least, group->load, place);
	}
	if (unlikely(!group->known))
		nfvs_least_play(&group->least, group->load, nfvs_group_leaves(group));
	group->known = true;
	nfvs_group_settle(group);
}

/* The member of a group with the least load, and that. */
static __always_inline u32 nfvs_least_of_group(struct nfvs_load *least, struct nfvs_group *group,
					       nfvs_load_fn load, bool weighted)
{
	u32 found;

	/* Pairs with smp_store_release() in nfvs_group_settle(). */
	if (unlikely(smp_load_acquire(&group->stale))) {
		/* Another CPU is at it, and has not found it yet. */
		if (!spin_trylock(&group->lock))
			return nfvs_least_scan(least, group, load, weighted);
		nfvs_least_refresh_locked(group, load, weighted);
		spin_unlock(&group->lock);
	}
	/* If that changes meanwhile, who has just had the least is no worse. */
	found = data_race(nfvs_least_winner(&group->least));
	/* Of that one, before a change or after it. */
	*least = data_race(group->load[found]);
	return found;
}

/* The search by looking at everybody. */
static __always_inline struct nfvs_dest *nfvs_least_of_all(const struct nfvs_pool *pool,
							   nfvs_load_fn load, bool weighted)
{
	struct nfvs_load least = {}, now;
	struct nfvs_dest *dest = NULL;
	u32 found, i;

	for (i = 0; i < pool->groups; i++) {
		found = nfvs_least_scan(&now, pool->group[i], load, weighted);
		if (nfvs_load_beats(&now, &least)) {
			least = now;
			dest = pool->group[i]->dest[found];
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
	struct nfvs_load least = {}, now;
	u32 place = 0, found, i;

	if (pool->count <= NFVS_LEAST_FEW)
		return nfvs_least_of_all(pool, load, weighted);
	for (i = 0; i < pool->groups; i++) {
		found = nfvs_least_of_group(&now, pool->group[i], load, weighted);
		if (nfvs_load_beats(&now, &least)) {
			least = now;
			group = pool->group[i];
			place = found;
		}
	}
	if (likely(group && nfvs_group_eligible(group, place)))
		return group->dest[place];
	/* It became overloaded this very moment; or nobody was free, and somebody is now. */
	return nfvs_least_of_all(pool, load, weighted);
}

#endif
