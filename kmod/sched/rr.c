// SPDX-License-Identifier: GPL-2.0-only
/* Round robin: each real server in turn, whatever its weight, as long as it is not 0. */

#include "core/sched_math.h"
#include "sched/sched.h"

/* The real server chosen last; pool->count before the first. */
struct nfvs_rr {
	u32 last;
};

/*
 * Go on after the one that was last.  If it has left, then after the one before it, so that
 * nobody's turn is skipped.
 */
static void nfvs_rr_init(struct nfvs_pool *pool, struct nfvs_pool *old)
{
	struct nfvs_rr *rr = nfvs_pool_priv(pool);
	u32 last;

	rr->last = pool->count;
	if (!old)
		return;
	last = ((struct nfvs_rr *)nfvs_pool_priv(old))->last;
	if (last == old->count)
		return;
	do {
		rr->last = nfvs_pool_index(pool, old->dest[last]);
	} while (rr->last == pool->count && last-- > 0);
}

static struct nfvs_dest *nfvs_rr_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	struct nfvs_rr *rr = nfvs_pool_priv(pool);
	struct nfvs_dest *dest = NULL;
	u32 next;

	spin_lock(&pool->lock);
	next = nfvs_rr_next(rr->last, pool->weight, pool->count, nfvs_pool_usable, pool);
	if (next < pool->count) {
		rr->last = next;
		dest = pool->dest[next];
	}
	spin_unlock(&pool->lock);
	return dest;
}

const struct nfvs_sched_ops nfvs_sched_rr = {
	.name = "rr",
	.priv_size = sizeof(struct nfvs_rr),
	.init = nfvs_rr_init,
	.pick = nfvs_rr_pick,
};
