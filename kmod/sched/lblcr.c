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
 * @count: how many there are
 * @dest: those that have not left the service, the one that came last first
 */
struct nfvs_lblcr_set {
	u32 count;
	struct nfvs_dest *dest[NFVS_LBLCR_SET_MAX];
};

static void *nfvs_lblcr_create(struct nfvs_net *nn)
{
	return nfvs_lblc_cache_create(nn, &nn->sysctls.lblcr_expiration);
}

static void nfvs_lblcr_load_set(struct nfvs_lblcr_set *set, const struct nfvs_pool *pool,
				const struct nfvs_lblc_entry *entry)
{
	u32 i;

	set->count = 0;
	for (i = 0; entry && i < entry->count; i++) {
		struct nfvs_dest *dest = nfvs_lblc_member(pool, entry->id[i]);

		if (dest)
			set->dest[set->count++] = dest;
	}
}

static bool nfvs_lblcr_less(const struct nfvs_dest *a, const struct nfvs_dest *b)
{
	return nfvs_load_less(nfvs_dest_lc_load(a), READ_ONCE(a->cfg.weight), nfvs_dest_lc_load(b),
			      READ_ONCE(b->cfg.weight));
}

/* The least loaded one that may be picked, or NULL. */
static struct nfvs_dest *nfvs_lblcr_least(const struct nfvs_lblcr_set *set)
{
	struct nfvs_dest *least = NULL;
	u32 i;

	for (i = 0; i < set->count; i++) {
		if (!nfvs_lblc_eligible(set->dest[i]))
			continue;
		if (!least || nfvs_lblcr_less(set->dest[i], least))
			least = set->dest[i];
	}
	return least;
}

/* Takes the most loaded one out; one of weight 0 has no load to speak of. */
static bool nfvs_lblcr_drop_most(struct nfvs_lblcr_set *set)
{
	u32 most = set->count, i;

	for (i = 0; i < set->count; i++) {
		if (!READ_ONCE(set->dest[i]->cfg.weight))
			continue;
		if (most == set->count || nfvs_lblcr_less(set->dest[most], set->dest[i]))
			most = i;
	}
	if (most == set->count)
		return false;
	set->count--;
	memmove(&set->dest[most], &set->dest[most + 1], (set->count - most) * sizeof(set->dest[0]));
	return true;
}

static bool nfvs_lblcr_add(struct nfvs_lblcr_set *set, struct nfvs_dest *dest)
{
	u32 i;

	for (i = 0; i < set->count; i++)
		if (set->dest[i] == dest)
			return false;
	if (set->count == NFVS_LBLCR_SET_MAX)
		return false;
	memmove(&set->dest[1], &set->dest[0], set->count * sizeof(set->dest[0]));
	set->dest[0] = dest;
	set->count++;
	return true;
}

static void nfvs_lblcr_remember(const struct nfvs_lblcr_set *set, struct nfvs_lblc_cache *cache,
				struct nfvs_lblc_entry *seen, const union nf_inet_addr *addr)
{
	u64 id[NFVS_LBLCR_SET_MAX];
	u32 i;

	for (i = 0; i < set->count; i++)
		id[i] = set->dest[i]->id;
	nfvs_lblc_remember(cache, seen, addr, id, set->count);
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
	struct nfvs_dest *dest;
	bool changed = false;

	nfvs_lblcr_load_set(&set, pool, entry);
	dest = nfvs_lblcr_least(&set);
	if (set.count > 1 && nfvs_lblcr_unchanged_for_long(entry, nfvs_pernet(pkt->net)))
		changed = nfvs_lblcr_drop_most(&set);
	if (!dest || nfvs_lblc_overloaded(pool, dest)) {
		dest = nfvs_least_by_conns(pool);
		if (dest)
			changed |= nfvs_lblcr_add(&set, dest);
	}
	if (changed)
		nfvs_lblcr_remember(&set, pool->shared, entry, addr);
	return dest;
}

const struct nfvs_sched_ops nfvs_sched_lblcr = {
	.name = "lblcr",
	.create = nfvs_lblcr_create,
	.destroy = nfvs_lblc_cache_destroy,
	.pick = nfvs_lblcr_pick,
};
