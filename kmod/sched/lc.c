// SPDX-License-Identifier: GPL-2.0-only
/* Least connections: the real server with the least load, whatever its weight. */

#include "sched/least.h"
#include "sched/sched.h"

static struct nfvs_dest *nfvs_lc_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	return nfvs_least_loaded(pool, nfvs_dest_lc_load, false);
}

const struct nfvs_sched_ops nfvs_sched_lc = {
	.name = "lc",
	.pick = nfvs_lc_pick,
};
