// SPDX-License-Identifier: GPL-2.0-only
/* Failover: the heaviest real server takes all, the next one when it cannot. */

#include "core/sched_order.h"
#include "sched/sched.h"

static void nfvs_fo_build(struct nfvs_pool *pool)
{
	nfvs_rank_fill(pool->priv, pool->weight, pool->count);
}

static struct nfvs_dest *nfvs_fo_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	const struct nfvs_rank *rank = pool->priv;
	const struct nfvs_rank *end = rank + pool->count;

	for (; rank < end && rank->weight > 0; rank++) {
		if (nfvs_dest_usable(pool->dest[rank->index]))
			return pool->dest[rank->index];
	}
	return NULL;
}

const struct nfvs_sched_ops nfvs_sched_fo = {
	.name = "fo",
	.priv_per_member = sizeof(struct nfvs_rank),
	.indexed = true,
	.build = nfvs_fo_build,
	.pick = nfvs_fo_pick,
};
