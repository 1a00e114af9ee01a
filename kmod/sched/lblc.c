// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locality-based least connections, for caches: a destination stays with the real server that it
 * was given to first, as wlc picks, until that one has too much to do.
 */

#include "obj/netns.h"
#include "sched/lblc_cache.h"
#include "sched/sched.h"

static void *nfvs_lblc_create(struct nfvs_net *nn)
{
	return nfvs_lblc_cache_create(nn, &nn->sysctls.lblc_expiration);
}

static struct nfvs_dest *nfvs_lblc_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	const union nf_inet_addr *addr = &pkt->tuple.dst;
	struct nfvs_lblc_cache *cache = pool->shared;
	struct nfvs_lblc_entry *entry = nfvs_lblc_lookup_rcu(cache, addr);
	struct nfvs_dest *dest;

	if (entry) {
		dest = nfvs_lblc_member(pool, entry->id[0]);
		if (dest && nfvs_lblc_eligible(dest) && !nfvs_lblc_overloaded(pool, dest))
			return dest;
	}
	dest = nfvs_least_by_conns(pool);
	if (dest && (!entry || entry->id[0] != dest->id))
		nfvs_lblc_remember(cache, entry, addr, &dest->id, 1);
	return dest;
}

const struct nfvs_sched_ops nfvs_sched_lblc = {
	.name = "lblc",
	.create = nfvs_lblc_create,
	.destroy = nfvs_lblc_cache_destroy,
	.pick = nfvs_lblc_pick,
};
