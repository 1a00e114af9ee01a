// SPDX-License-Identifier: GPL-2.0-only
/* Destination hashing: who gets a connection is told by the address that it is for. */

#include "core/sched_hash.h"
#include "sched/hashed.h"
#include "sched/sched.h"

static void nfvs_dh_build(struct nfvs_pool *pool)
{
	if (pool->count)
		nfvs_dh_fill(pool->priv, pool->count);
}

static struct nfvs_dest *nfvs_dh_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	const u8 *slot = pool->priv;
	u32 index;

	if (!pool->count)
		return NULL;
	index = slot[nfvs_hash_slot(nfvs_addr_key(pkt->tuple.af, &pkt->tuple.dst), 0)];
	return nfvs_pool_eligible(pool, index) ? pool->dest[index] : NULL;
}

const struct nfvs_sched_ops nfvs_sched_dh = {
	.name = "dh",
	.priv_size = NFVS_HASH_SLOTS,
	.indexed = true,
	.build = nfvs_dh_build,
	.pick = nfvs_dh_pick,
};
