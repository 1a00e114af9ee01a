// SPDX-License-Identifier: GPL-2.0-only
/* Round robin: each real server in turn, whatever its weight, as long as it is not 0. */

#include "sched/row.h"
#include "sched/sched.h"

/*
 * The real server chosen last; pool->count before the first.  There is no lock that all CPUs
 * would wait for: two packets of the same moment may have the same turn.
 */
struct nfvs_rr {
	u32 last;
};

/*
 * Go on after the one that was last.  If it has left, then after the one before it, so that
 * nobody's turn is skipped.
 */
static void nfvs_rr_init(struct nfvs_pool *pool, struct nfvs_pool *old)
{
	struct nfvs_rr *rr = pool->priv;
	const struct nfvs_dest *last;
	u32 next;

	rr->last = pool->count;
	if (!old)
		return;
	last = nfvs_pool_dest(old, READ_ONCE(((const struct nfvs_rr *)old->priv)->last));
	if (!last)
		return;
	next = nfvs_pool_after(pool, last->id);
	if (next)
		rr->last = next - 1;
}

static noinline struct nfvs_dest *nfvs_rr_search(struct nfvs_pool *pool, u32 last)
{
	const struct nfvs_row row = nfvs_pool_row(pool);
	struct nfvs_rr *rr = pool->priv;
	u32 next = nfvs_rr_next(last, &row);

	if (next < pool->count)
		WRITE_ONCE(rr->last, next);
	return nfvs_pool_dest(pool, next);
}

/* As a rule it is the next one: only if that may not be chosen is anybody searched for. */
static struct nfvs_dest *nfvs_rr_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	struct nfvs_rr *rr = pool->priv;
	u32 last = READ_ONCE(rr->last);
	u32 next = last + 1 < pool->count ? last + 1 : 0;
	struct nfvs_dest *dest = nfvs_pool_eligible_dest(pool, next);

	if (unlikely(!dest))
		return nfvs_rr_search(pool, last);
	WRITE_ONCE(rr->last, next);
	return dest;
}

const struct nfvs_sched_ops nfvs_sched_rr = {
	.name = "rr",
	.priv_size = sizeof(struct nfvs_rr),
	.init = nfvs_rr_init,
	.pick = nfvs_rr_pick,
};
