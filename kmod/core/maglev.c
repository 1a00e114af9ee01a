// SPDX-License-Identifier: GPL-2.0-only
/* Maglev's table. */

#include "core/maglev.h"
#include "core/sched_math.h"

/* The highest number of slots at a time has no more bits than this. */
#define TURNS_BITS (NFVS_MAGLEV_BITS / 2)

/* The table is a prime number long, so a server comes past each slot. */
static void take_slot(u16 *slot, struct nfvs_maglev_member *member, u32 index)
{
	while (slot[member->next] != NFVS_MAGLEV_FREE)
		member->next = (member->next + member->skip) % NFVS_MAGLEV_SLOTS;
	slot[member->next] = (u16)index;
}

static void set_turns(struct nfvs_maglev_member *member, const s32 *weight, u32 n,
		      const struct nfvs_measure *measure)
{
	u32 bits = (u32)fls64((u64)(measure->highest / measure->divisor));
	u32 shift = bits > TURNS_BITS ? bits - TURNS_BITS : 0;
	u32 i;

	for (i = 0; i < n; i++) {
		if (weight[i] > 0)
			member[i].turns = max((u32)(weight[i] / measure->divisor) >> shift, 1U);
		else
			member[i].turns = 0;
	}
}

/**
 * nfvs_maglev_fill - give all slots to servers
 * @slot: NFVS_MAGLEV_SLOTS of them; each gets the index of a server
 * @member: the servers, with @next and @skip, which the call uses up
 * @weight: their weights; a server of weight 0 gets no slot
 * @n: how many, at most NFVS_MAGLEV_SLOTS
 */
void nfvs_maglev_fill(u16 *slot, struct nfvs_maglev_member *member, const s32 *weight, u32 n)
{
	const struct nfvs_measure measure = nfvs_measure_weights(weight, n);
	u32 left = NFVS_MAGLEV_SLOTS;
	u32 i, turn;

	for (i = 0; i < NFVS_MAGLEV_SLOTS; i++)
		slot[i] = NFVS_MAGLEV_FREE;
	if (!measure.divisor)
		return;
	set_turns(member, weight, n, &measure);
	while (left) {
		for (i = 0; i < n; i++) {
			for (turn = 0; turn < member[i].turns && left; turn++, left--)
				take_slot(slot, &member[i], i);
		}
	}
}
