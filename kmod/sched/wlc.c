// SPDX-License-Identifier: GPL-2.0-only
/* Weighted least connections: the real server with the least load for its weight. */

#include "sched/least.h"
#include "sched/sched.h"

static struct nfvs_dest *nfvs_wlc_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	return nfvs_least_by_conns(pool);
}

const struct nfvs_sched_ops nfvs_sched_wlc = {
	.name = "wlc",
	.pick = nfvs_wlc_pick,
};
