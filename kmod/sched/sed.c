// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shortest expected delay: the real server that would have the fewest active connections for
 * its weight if it got this one.
 */

#include "sched/least.h"
#include "sched/sched.h"

static struct nfvs_dest *nfvs_sed_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	return nfvs_least_loaded(pool, nfvs_dest_sed_load, true);
}

const struct nfvs_sched_ops nfvs_sched_sed = {
	.name = "sed",
	.pick = nfvs_sed_pick,
};
