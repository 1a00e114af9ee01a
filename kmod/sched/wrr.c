// SPDX-License-Identifier: GPL-2.0-only
/*
 * Weighted round robin, interleaved: in passes of falling weight, each real server gets a
 * turn in every pass that its weight reaches.
 */

#include "core/sched_math.h"
#include "sched/sched.h"

static void nfvs_wrr_pool_init(struct nfvs_pool *pool, struct nfvs_pool *old)
{
	struct nfvs_wrr *wrr = nfvs_pool_priv(pool);

	if (!old) {
		nfvs_wrr_init(wrr, pool->weight, pool->count);
		return;
	}
	/* As ip_vs does after a change: the pass goes on, its round starts again. */
	*wrr = *(struct nfvs_wrr *)nfvs_pool_priv(old);
	nfvs_wrr_update(wrr, pool->weight, pool->count, pool->count);
}

static struct nfvs_dest *nfvs_wrr_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	u32 next;

	spin_lock(&pool->lock);
	next = nfvs_wrr_next(nfvs_pool_priv(pool), pool->weight, pool->count, nfvs_pool_usable,
			     pool);
	spin_unlock(&pool->lock);
	return next < pool->count ? pool->dest[next] : NULL;
}

const struct nfvs_sched_ops nfvs_sched_wrr = {
	.name = "wrr",
	.priv_size = sizeof(struct nfvs_wrr),
	.init = nfvs_wrr_pool_init,
	.pick = nfvs_wrr_pick,
};
