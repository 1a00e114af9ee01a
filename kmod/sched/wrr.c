// SPDX-License-Identifier: GPL-2.0-only
/*
 * Weighted round robin, interleaved: in passes of falling weight, each real server gets a
 * turn in every pass that its weight reaches.
 */

#include "sched/row.h"
#include "sched/sched.h"

static void nfvs_wrr_pool_init(struct nfvs_pool *pool, struct nfvs_pool *old)
{
	struct nfvs_wrr *wrr = pool->priv;

	if (!old) {
		nfvs_wrr_init(wrr, &pool->measure, pool->count);
		return;
	}
	/* As ip_vs does after a change: the pass goes on, its round starts again. */
	*wrr = *(const struct nfvs_wrr *)old->priv;
	nfvs_wrr_update(wrr, &pool->measure, pool->count);
}

static struct nfvs_dest *nfvs_wrr_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	const struct nfvs_row row = nfvs_pool_row(pool);
	u32 next;

	spin_lock(&pool->lock);
	next = nfvs_wrr_next(pool->priv, &row);
	spin_unlock(&pool->lock);
	return nfvs_pool_dest(pool, next);
}

const struct nfvs_sched_ops nfvs_sched_wrr = {
	.name = "wrr",
	.priv_size = sizeof(struct nfvs_wrr),
	.measured = true,
	.init = nfvs_wrr_pool_init,
	.pick = nfvs_wrr_pick,
};
