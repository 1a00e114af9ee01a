// SPDX-License-Identifier: GPL-2.0-only
/*
 * Source hashing: who gets a connection is told by the address of the client, and by its port if
 * the service says so.
 */

#include "core/sched_hash.h"
#include "sched/hashed.h"
#include "sched/sched.h"

static void nfvs_sh_build(struct nfvs_pool *pool)
{
	if (pool->count)
		nfvs_sh_fill(pool->priv, pool->weight, pool->count);
}

static u32 nfvs_sh_member(struct nfvs_pool *pool, u32 slot)
{
	return pool->count ? ((const u8 *)pool->priv)[slot] : 0;
}

static struct nfvs_dest *nfvs_sh_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	return nfvs_hashed_pick(pool, pkt, NFVS_HASH_SLOTS, nfvs_hash_slot, nfvs_sh_member);
}

const struct nfvs_sched_ops nfvs_sched_sh = {
	.name = "sh",
	.priv_size = NFVS_HASH_SLOTS,
	.indexed = true,
	.build = nfvs_sh_build,
	.pick = nfvs_sh_pick,
};
