// SPDX-License-Identifier: GPL-2.0-only
/* Servers by weight and by share of the weight. */

#include "core/sched_order.h"

static int compare_ranks(const void *a, const void *b)
{
	const struct nfvs_rank *left = a, *right = b;

	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

/**
 * nfvs_rank_fill - order servers by weight
 * @rank: gets all of them, heaviest first; those of equal weight in the order of the array
 * @weight: weights
 * @n: how many
 */
void nfvs_rank_fill(struct nfvs_rank *rank, const s32 *weight, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++)
		rank[i] = (struct nfvs_rank){ .weight = weight[i], .index = i };
	sort(rank, n, sizeof(*rank), compare_ranks, NULL);
}

/**
 * nfvs_weight_sums - add up weights
 * @sum: gets for each server the weights up to its own, inclusive
 * @weight: weights; what is below 0 counts as 0
 * @n: how many
 */
void nfvs_weight_sums(u64 *sum, const s32 *weight, u32 n)
{
	u64 total = 0;
	u32 i;

	for (i = 0; i < n; i++) {
		total += (u64)max(weight[i], 0);
		sum[i] = total;
	}
}

/**
 * nfvs_weight_at - the server that a random number falls to
 * @sum: from nfvs_weight_sums()
 * @n: how many
 * @random: evenly distributed over all 64 bits
 *
 * Each server has a share of all numbers in proportion to its weight.
 *
 * Return: an index, @n if no weight is above 0.
 */
u32 nfvs_weight_at(const u64 *sum, u32 n, u64 random)
{
	u32 low = 0, high = n;
	u64 point;

	if (!n || !sum[n - 1])
		return n;
	point = mul_u64_u64_shr(random, sum[n - 1], 64);
	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (sum[middle] > point)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}
