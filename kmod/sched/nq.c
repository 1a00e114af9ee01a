// SPDX-License-Identifier: GPL-2.0-only
/* Never queue: the first real server that is idle, however slow; else as sed. */

#include "sched/least.h"
#include "sched/sched.h"

static struct nfvs_dest *nfvs_nq_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	u32 i;

	for (i = 0; i < pool->count; i++) {
		if (nfvs_pool_eligible(pool, i) && !atomic_read(&pool->dest[i]->active))
			return pool->dest[i];
	}
	return nfvs_pool_at(pool, nfvs_least_loaded(pool, nfvs_dest_sed_load));
}

const struct nfvs_sched_ops nfvs_sched_nq = {
	.name = "nq",
	.pick = nfvs_nq_pick,
};
