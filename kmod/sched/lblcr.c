// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locality-based least connections with replication, for caches: as lblc, but a destination whose
 * real servers have too much to do gets one more, and loses the busiest one when that has not
 * happened for long.
 */

#include <linux/jiffies.h>

#include "obj/netns.h"
#include "sched/lblc_cache.h"
#include "sched/sched.h"

/* Most real servers that serve one destination. */
#define NFVS_LBLCR_SET_MAX 64

/**
 * struct nfvs_lblcr_set - the real servers of a destination while one of them is picked
 * @pool: what @index counts in
 * @count: how many there are
 * @index: those that have not left the service, the one that came last first
 */
struct nfvs_lblcr_set {
	struct nfvs_pool *pool;
	u32 count;
	u32 index[NFVS_LBLCR_SET_MAX];
};

static void *nfvs_lblcr_create(struct nfvs_net *nn)
{
	return nfvs_lblc_cache_create(nn, &nn->sysctls.lblcr_expiration);
}

static void nfvs_lblcr_load_set(struct nfvs_lblcr_set *set, struct nfvs_pool *pool,
				const struct nfvs_lblc_entry *entry)
{
	u32 i;

	set->pool = pool;
	set->count = 0;
	for (i = 0; entry && i < entry->count; i++) {
		u32 index = nfvs_lblc_member(pool, entry->id[i]);

		if (index < pool->count)
			set->index[set->count++] = index;
	}
}

static bool nfvs_lblcr_less(const struct nfvs_lblcr_set *set, u32 a, u32 b)
{
	const struct nfvs_pool *pool = set->pool;

	return nfvs_load_less(nfvs_dest_lc_load(pool->dest[a]), pool->weight[a],
			      nfvs_dest_lc_load(pool->dest[b]), pool->weight[b]);
}

/* The index in the pool of the least loaded one that may be picked; the pool's count if none. */
static u32 nfvs_lblcr_least(const struct nfvs_lblcr_set *set)
{
	u32 least = set->pool->count, i;

	for (i = 0; i < set->count; i++) {
		if (!nfvs_pool_eligible(set->pool, set->index[i]))
			continue;
		if (least == set->pool->count || nfvs_lblcr_less(set, set->index[i], least))
			least = set->index[i];
	}
	return least;
}

/* Takes the most loaded one out; one of weight 0 has no load to speak of. */
static bool nfvs_lblcr_drop_most(struct nfvs_lblcr_set *set)
{
	u32 most = set->count, i;

	for (i = 0; i < set->count; i++) {
		if (!set->pool->weight[set->index[i]])
			continue;
		if (most == set->count || nfvs_lblcr_less(set, set->index[most], set->index[i]))
			most = i;
	}
	if (most == set->count)
		return false;
	set->count--;
	memmove(&set->index[most], &set->index[most + 1],
		(set->count - most) * sizeof(set->index[0]));
	return true;
}

static bool nfvs_lblcr_add(struct nfvs_lblcr_set *set, u32 index)
{
	u32 i;

	for (i = 0; i < set->count; i++)
		if (set->index[i] == index)
			return false;
	if (set->count == NFVS_LBLCR_SET_MAX)
		return false;
	memmove(&set->index[1], &set->index[0], set->count * sizeof(set->index[0]));
	set->index[0] = index;
	set->count++;
	return true;
}

static void nfvs_lblcr_remember(const struct nfvs_lblcr_set *set, struct nfvs_lblc_entry *seen,
				const union nf_inet_addr *addr)
{
	u64 id[NFVS_LBLCR_SET_MAX];
	u32 i;

	for (i = 0; i < set->count; i++)
		id[i] = nfvs_lblc_id(set->pool, set->index[i]);
	nfvs_lblc_remember(set->pool->shared, seen, addr, id, set->count);
}

static bool nfvs_lblcr_unchanged_for_long(const struct nfvs_lblc_entry *entry,
					  const struct nfvs_net *nn)
{
	int expiration = max(READ_ONCE(nn->sysctls.lblcr_expiration), 0);

	return time_after(jiffies, entry->changed + expiration);
}

static struct nfvs_dest *nfvs_lblcr_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	const union nf_inet_addr *addr = &pkt->tuple.dst;
	struct nfvs_lblc_entry *entry = nfvs_lblc_lookup_rcu(pool->shared, addr);
	struct nfvs_lblcr_set set;
	bool changed = false;
	u32 index;

	nfvs_lblcr_load_set(&set, pool, entry);
	index = nfvs_lblcr_least(&set);
	if (set.count > 1 && nfvs_lblcr_unchanged_for_long(entry, nfvs_pernet(pkt->net)))
		changed = nfvs_lblcr_drop_most(&set);
	if (index == pool->count || nfvs_lblc_overloaded(pool, index)) {
		index = nfvs_least_loaded(pool, nfvs_dest_lc_load);
		if (index < pool->count)
			changed |= nfvs_lblcr_add(&set, index);
	}
	if (changed)
		nfvs_lblcr_remember(&set, entry, addr);
	return nfvs_pool_at(pool, index);
}

const struct nfvs_sched_ops nfvs_sched_lblcr = {
	.name = "lblcr",
	.priv_per_member = sizeof(u64),
	.create = nfvs_lblcr_create,
	.destroy = nfvs_lblc_cache_destroy,
	.build = nfvs_lblc_build,
	.pick = nfvs_lblcr_pick,
};
