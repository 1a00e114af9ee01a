/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Orders of a service's servers that are worked out when they change, so that a pick need not
 * look at all of them.
 */
#ifndef NFVS_CORE_SCHED_ORDER_H
#define NFVS_CORE_SCHED_ORDER_H

#include "core/kshim.h"

/**
 * struct nfvs_rank - a server's place by weight
 * @weight: its weight
 * @index: which server
 */
struct nfvs_rank {
	s32 weight;
	u32 index;
};

void nfvs_rank_fill(struct nfvs_rank *rank, const s32 *weight, u32 n);

void nfvs_weight_sums(u64 *sum, const s32 *weight, u32 n);
u32 nfvs_weight_at(const u64 *sum, u32 n, u64 random);

#endif
