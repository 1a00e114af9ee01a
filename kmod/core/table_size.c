// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hash table sizing.
 *
 * A table grows above one node per bucket and shrinks below one node per eight buckets, both times
 * straight to the size at which a quarter to a half of the buckets would be used. From there the
 * number of nodes must at least double, or at least halve, before the next change, so a load that
 * swings around any one value cannot make the table swing with it.
 */
#include "core/table_size.h"

#define TABLE_BITS_LIMIT 63

/* Smallest table in which at most every second bucket is used: 2^bits >= 2 * nodes. */
static u32 fitting_bits(u64 nodes)
{
	return nodes ? (u32)fls64(nodes - 1) + 1 : 0;
}

/**
 * nfvs_table_bits - size that a hash table should have
 * @nodes: nodes in it
 * @bits_now: its present size, as the logarithm of the number of buckets
 * @bits_min: never below this
 * @bits_max: never above this, at most 63; a smaller @bits_min gives way to it
 *
 * Return: the logarithm of the wanted number of buckets, @bits_now if the table is fine as it is.
 */
u32 nfvs_table_bits(u64 nodes, u32 bits_now, u32 bits_min, u32 bits_max)
{
	u64 buckets;

	bits_max = min_t(u32, bits_max, TABLE_BITS_LIMIT);
	bits_min = min(bits_min, bits_max);
	bits_now = clamp(bits_now, bits_min, bits_max);

	buckets = (u64)1 << bits_now;
	if (nodes <= buckets && nodes >= buckets / 8)
		return bits_now;
	return clamp(fitting_bits(nodes), bits_min, bits_max);
}
