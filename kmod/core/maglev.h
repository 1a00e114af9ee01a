/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Maglev's table: each server takes slots in an order of its own, turn about, until none is
 * free.  A server that comes or goes moves few slots of the others.
 *
 * Filled exactly as in-tree IPVS does (see sched_hash.h for why), which lets a server take
 * several slots a turn by its weight.
 */
#ifndef NFVS_CORE_MAGLEV_H
#define NFVS_CORE_MAGLEV_H

#include "core/kshim.h"

/* What distributions build ip_vs with: the prime below 2^12. */
#define NFVS_MAGLEV_BITS 12
#define NFVS_MAGLEV_SLOTS 4093U

/* A slot that nobody has; all slots are so if no server has a weight. */
#define NFVS_MAGLEV_FREE U16_MAX

/**
 * struct nfvs_maglev_member - a server that takes slots
 * @next: slot that it tries next; at first a hash of its name, below NFVS_MAGLEV_SLOTS
 * @skip: from try to try; another hash, 1 to NFVS_MAGLEV_SLOTS - 1
 * @turns: slots that it takes at a time
 */
struct nfvs_maglev_member {
	u32 next;
	u32 skip;
	u32 turns;
};

void nfvs_maglev_fill(u16 *slot, struct nfvs_maglev_member *member, const s32 *weight, u32 n);

#endif
