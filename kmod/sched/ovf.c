// SPDX-License-Identifier: GPL-2.0-only
/*
 * Overflow: the heaviest real server takes all until it has more active connections than its
 * weight, then the next one.
 */

#include "core/sched_order.h"
#include "sched/sched.h"

static void nfvs_ovf_build(struct nfvs_pool *pool)
{
	nfvs_rank_fill(pool->priv, pool->weight, pool->count);
}

static struct nfvs_dest *nfvs_ovf_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	const struct nfvs_rank *rank = pool->priv;
	const struct nfvs_rank *end = rank + pool->count;

	for (; rank < end && rank->weight > 0; rank++) {
		struct nfvs_dest *dest = pool->dest[rank->index];

		if (nfvs_dest_usable(dest) && nfvs_dest_active(dest) <= rank->weight)
			return dest;
	}
	return NULL;
}

const struct nfvs_sched_ops nfvs_sched_ovf = {
	.name = "ovf",
	.priv_per_member = sizeof(struct nfvs_rank),
	.indexed = true,
	.build = nfvs_ovf_build,
	.pick = nfvs_ovf_pick,
};
