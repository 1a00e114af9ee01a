// SPDX-License-Identifier: GPL-2.0-only
/* Weighted least connections: the real server with the least load for its weight. */

#include "core/sched_math.h"
#include "sched/sched.h"

static struct nfvs_dest *nfvs_wlc_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	struct nfvs_dest *least = NULL;
	u64 least_load = 0;
	s32 least_weight = 0;
	u32 i;

	for (i = 0; i < pool->count; i++) {
		struct nfvs_dest *dest = pool->dest[i];
		s32 weight = pool->weight[i];
		u64 load;

		if (!weight || !nfvs_dest_usable(dest))
			continue;
		load = nfvs_lc_load(atomic_read(&dest->active), atomic_read(&dest->inactive));
		if (!least || nfvs_load_less(load, weight, least_load, least_weight)) {
			least = dest;
			least_load = load;
			least_weight = weight;
		}
	}
	return least;
}

const struct nfvs_sched_ops nfvs_sched_wlc = {
	.name = "wlc",
	.pick = nfvs_wlc_pick,
};
