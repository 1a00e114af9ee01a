// SPDX-License-Identifier: GPL-2.0-only
/* Tables of dh and sh. */

#include "core/sched_hash.h"

static_assert(NFVS_HASH_SLOTS >> NFVS_HASH_BITS == 1);

/* 2^32 divided by the golden ratio squared, as in the kernel's hash_32(). */
#define GOLDEN_RATIO 0x61C88647U

/**
 * nfvs_hash_slot - slot of a key
 * @key: address folded to 32 bits, plus the port where it counts
 * @offset: 0, or how far from there
 *
 * Return: a slot below NFVS_HASH_SLOTS.
 */
u32 nfvs_hash_slot(u32 key, u32 offset)
{
	return (offset + ((key * GOLDEN_RATIO) >> (32 - NFVS_HASH_BITS))) % NFVS_HASH_SLOTS;
}

/**
 * nfvs_dh_fill - give slots to servers in turn, whatever their weights
 * @slot: NFVS_HASH_SLOTS of them; each gets the index of a server
 * @n: how many servers, not 0; those beyond the number of slots get none
 */
void nfvs_dh_fill(u8 *slot, u32 n)
{
	u32 i;

	for (i = 0; i < NFVS_HASH_SLOTS; i++)
		slot[i] = (u8)(i % n);
}

/**
 * nfvs_sh_fill - give slots to servers in turn, as many at a time as their weights say
 * @slot: NFVS_HASH_SLOTS of them; each gets the index of a server
 * @weight: weights; a server of weight 0 has one slot at a time
 * @n: how many servers, not 0
 */
void nfvs_sh_fill(u8 *slot, const s32 *weight, u32 n)
{
	s32 row = 0;
	u32 of = 0, i;

	for (i = 0; i < NFVS_HASH_SLOTS; i++) {
		slot[i] = (u8)of;
		if (++row >= weight[of]) {
			row = 0;
			of = of + 1 < n ? of + 1 : 0;
		}
	}
}
