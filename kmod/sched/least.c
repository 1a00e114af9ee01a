// SPDX-License-Identifier: GPL-2.0-only
/* The search of wlc, lblc and lblcr. */

#include "sched/least.h"

/**
 * nfvs_least_by_conns() - the member with the fewest connections for its weight
 * @pool: the pool
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the real server, or NULL if nobody may be picked.
 */
struct nfvs_dest *nfvs_least_by_conns(const struct nfvs_pool *pool)
{
	return nfvs_least_loaded(pool, nfvs_dest_lc_load, true);
}
