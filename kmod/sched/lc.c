// SPDX-License-Identifier: GPL-2.0-only
/* Least connections: the real server with the least load, whatever its weight. */

#include "core/sched_math.h"
#include "sched/sched.h"

static struct nfvs_dest *nfvs_lc_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	struct nfvs_dest *least = NULL;
	u64 least_load = 0;
	u32 i;

	for (i = 0; i < pool->count; i++) {
		struct nfvs_dest *dest = pool->dest[i];
		u64 load;

		if (!pool->weight[i] || !nfvs_dest_usable(dest))
			continue;
		load = nfvs_lc_load(atomic_read(&dest->active), atomic_read(&dest->inactive));
		if (!least || load < least_load) {
			least = dest;
			least_load = load;
		}
	}
	return least;
}

const struct nfvs_sched_ops nfvs_sched_lc = {
	.name = "lc",
	.pick = nfvs_lc_pick,
};
