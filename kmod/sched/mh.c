// SPDX-License-Identifier: GPL-2.0-only
/*
 * Maglev hashing: as sh, and when a real server comes or goes few clients of the others move.
 * One whose weight becomes 0 keeps its slots, so that it finds its clients when it is back.
 */

#include <linux/siphash.h>

#include "core/maglev.h"
#include "sched/hashed.h"
#include "sched/sched.h"

/* Keys that are no secrets: all directors, those with ip_vs too, must build the same table. */
static const hsiphash_key_t nfvs_mh_key1 = { { 2654435761UL, 2654435761UL } };
static const hsiphash_key_t nfvs_mh_key2 = { { 2654446892UL, 2654446892UL } };

/* And for each member a struct nfvs_maglev_member and a weight, used by nfvs_mh_build() only. */
struct nfvs_mh {
	u16 slot[NFVS_MAGLEV_SLOTS];
	struct nfvs_maglev_member member[];
};

static u32 nfvs_mh_hash(u32 key, const hsiphash_key_t *with)
{
	return hsiphash(&key, sizeof(key), with);
}

static void nfvs_mh_build(struct nfvs_pool *pool)
{
	struct nfvs_mh *mh = pool->priv;
	s32 *weight = (s32 *)(mh->member + pool->count);
	u32 i;

	for (i = 0; i < pool->count; i++) {
		const struct nfvs_dest *dest = pool->dest[i];
		u32 name = nfvs_addr_key(dest->key.svc.af, &dest->key.addr) + ntohs(dest->key.port);

		weight[i] = dest->last_weight;
		mh->member[i].next = nfvs_mh_hash(name, &nfvs_mh_key1) % NFVS_MAGLEV_SLOTS;
		mh->member[i].skip =
			nfvs_mh_hash(name, &nfvs_mh_key2) % (NFVS_MAGLEV_SLOTS - 1) + 1;
	}
	nfvs_maglev_fill(mh->slot, mh->member, weight, pool->count);
}

static u32 nfvs_mh_slot(u32 key, u32 offset)
{
	return nfvs_mh_hash(key + offset, &nfvs_mh_key1) % NFVS_MAGLEV_SLOTS;
}

static u32 nfvs_mh_member(struct nfvs_pool *pool, u32 slot)
{
	return ((const struct nfvs_mh *)pool->priv)->slot[slot];
}

static struct nfvs_dest *nfvs_mh_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	return nfvs_hashed_pick(pool, pkt, NFVS_MAGLEV_SLOTS, nfvs_mh_slot, nfvs_mh_member);
}

const struct nfvs_sched_ops nfvs_sched_mh = {
	.name = "mh",
	.priv_size = sizeof(struct nfvs_mh),
	.priv_per_member = sizeof(struct nfvs_maglev_member) + sizeof(s32),
	.indexed = true,
	.members_max = NFVS_MAGLEV_SLOTS,
	.build = nfvs_mh_build,
	.pick = nfvs_mh_pick,
};
