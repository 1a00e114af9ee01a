/* SPDX-License-Identifier: GPL-2.0-only */
/* The search that the schedulers by least load have in common. */
#ifndef NFVS_SCHED_LEAST_H
#define NFVS_SCHED_LEAST_H

#include "core/sched_math.h"
#include "obj/pool.h"

typedef u64 (*nfvs_load_fn)(const struct nfvs_dest *dest);

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

/**
 * nfvs_least_loaded() - the member with the least load for its weight
 * @pool: the pool
 * @load: what to compare; inlined
 *
 * Of equals the first one, which is the youngest.
 *
 * Context: rcu_read_lock() held.
 * Return: its index, or the pool's count if nobody may be picked.
 */
static __always_inline u32 nfvs_least_loaded(const struct nfvs_pool *pool, nfvs_load_fn load)
{
	u32 least = pool->count, i;
	u64 least_load = 0;

	for (i = 0; i < pool->count; i++) {
		u64 its_load;

		if (!nfvs_pool_eligible(pool, i))
			continue;
		its_load = load(pool->dest[i]);
		if (least == pool->count ||
		    nfvs_load_less(its_load, pool->weight[i], least_load, pool->weight[least])) {
			least = i;
			least_load = its_load;
		}
	}
	return least;
}

/**
 * nfvs_pool_at() - a member by its index
 * @pool: the pool
 * @index: as from a search; the pool's count stands for nobody
 *
 * Return: the real server, or NULL.
 */
static inline struct nfvs_dest *nfvs_pool_at(const struct nfvs_pool *pool, u32 index)
{
	return index < pool->count ? pool->dest[index] : NULL;
}

#endif
