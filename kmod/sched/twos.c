// SPDX-License-Identifier: GPL-2.0-only
/*
 * The power of two choices: of two real servers drawn at random in proportion to their weights,
 * the one with the less load for its weight.
 */

#include <linux/random.h>

#include "core/sched_order.h"
#include "sched/least.h"
#include "sched/sched.h"

/* Draws that may hit somebody overloaded, before the others are looked for one by one. */
#define NFVS_TWOS_DRAWS 8

static void nfvs_twos_build(struct nfvs_pool *pool)
{
	nfvs_weight_sums(pool->priv, pool->weight, pool->count);
}

/* As below, of those that may be picked now.  When that changes meanwhile, the last of them. */
static u32 nfvs_twos_search(const struct nfvs_pool *pool)
{
	u32 found = pool->count, i;
	u64 total = 0, point;

	for (i = 0; i < pool->count; i++)
		if (nfvs_pool_eligible(pool, i))
			total += pool->weight[i];
	if (!total)
		return pool->count;
	point = mul_u64_u64_shr(get_random_u64(), total, 64);
	for (i = 0; i < pool->count; i++) {
		if (!nfvs_pool_eligible(pool, i))
			continue;
		found = i;
		if (point < pool->weight[i])
			break;
		point -= pool->weight[i];
	}
	return found;
}

/* A member drawn at random in proportion to the weights. */
static u32 nfvs_twos_draw(struct nfvs_pool *pool)
{
	const u64 *sum = pool->priv;
	u32 drawn, i;

	for (i = 0; i < NFVS_TWOS_DRAWS; i++) {
		drawn = nfvs_weight_at(sum, pool->count, get_random_u64());
		if (drawn == pool->count || nfvs_dest_usable(pool->dest[drawn]))
			return drawn;
	}
	return nfvs_twos_search(pool);
}

static struct nfvs_dest *nfvs_twos_pick(struct nfvs_pool *pool, const struct nfvs_pkt *pkt)
{
	u32 first = nfvs_twos_draw(pool);
	u32 second = nfvs_twos_draw(pool);

	if (first == pool->count || second == pool->count)
		return nfvs_pool_dest(pool, min(first, second));
	if (nfvs_load_less(nfvs_dest_lc_load(pool->dest[second]), pool->weight[second],
			   nfvs_dest_lc_load(pool->dest[first]), pool->weight[first]))
		return pool->dest[second];
	return pool->dest[first];
}

const struct nfvs_sched_ops nfvs_sched_twos = {
	.name = "twos",
	.priv_per_member = sizeof(u64),
	.indexed = true,
	.build = nfvs_twos_build,
	.pick = nfvs_twos_pick,
};
