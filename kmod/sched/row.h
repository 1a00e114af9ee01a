/* SPDX-License-Identifier: GPL-2.0-only */
/* What the schedulers that go round have in common. */
#ifndef NFVS_SCHED_ROW_H
#define NFVS_SCHED_ROW_H

#include "core/sched_math.h"
#include "obj/pool.h"

/**
 * nfvs_pool_row() - a pool, for the arithmetic of core/
 * @pool: the pool
 */
static inline struct nfvs_row nfvs_pool_row(const struct nfvs_pool *pool)
{
	return (struct nfvs_row){
		.n = pool->count,
		.find = nfvs_pool_find,
		.highest = nfvs_pool_highest,
		.ctx = pool,
	};
}

#endif
