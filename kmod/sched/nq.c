// SPDX-License-Identifier: GPL-2.0-only
/* Never queue: the first real server that is idle, however slow; else as sed. */

#include "sched/least.h"
#include "sched/sched.h"

/* Those that are idle come first, and are equal: no weight makes more or less of nothing. */
static u64 nfvs_nq_load(const struct nfvs_dest *dest)
{
	u32 active = nfvs_dest_active(dest);

	return active ? nfvs_sed_load(active) : 0;
}

static struct nfvs_dest *nfvs_nq_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	return nfvs_least_loaded(pool, nfvs_nq_load, true);
}

const struct nfvs_sched_ops nfvs_sched_nq = {
	.name = "nq",
	.pick = nfvs_nq_pick,
};
