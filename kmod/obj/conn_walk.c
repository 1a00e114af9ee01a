// SPDX-License-Identifier: GPL-2.0-only
/* Walks over all connections; conn_walk.h says what they promise. */

#include "obj/conn_table.h"
#include "obj/conn_walk.h"
#include "obj/netns.h"

/**
 * nfvs_conn_walk_step_rcu() - the next connections
 * @nn: namespace
 * @walk: where the walk stands; moved on.  To meet @found again, the caller goes back to a copy
 *	of it.  Whoever raises its @skip by those that it is done with passes over others, if some
 *	of them end meanwhile.
 * @found: receives connections, usable until rcu_read_unlock()
 *
 * A step looks at one bucket, so that the caller may let go of RCU in between.
 *
 * Context: rcu_read_lock() held, bottom halves enabled.
 * Return: number of connections found; 0 does not mean that the walk is over, @walk->done does.
 */
u32 nfvs_conn_walk_step_rcu(struct nfvs_net *nn, struct nfvs_conn_walk *walk,
			    struct nfvs_conn *found[NFVS_WALK_BATCH])
{
	struct nfvs_conn_table *table = READ_ONCE(nn->conns);
	u32 bucket = walk->bucket;
	u32 count;

	if (!table) {
		walk->done = true;
		return 0;
	}
	count = nfvs_conn_table_collect_rcu(table, &bucket, walk->skip, found, NFVS_WALK_BATCH);
	if (bucket == walk->bucket) {
		walk->skip += count;
		return count;
	}
	walk->bucket = bucket;
	walk->skip = 0;
	walk->done = !bucket;
	return count;
}

/**
 * nfvs_conn_walk_kill_rcu() - end some of the next connections
 * @nn: namespace
 * @walk: as for nfvs_conn_walk_step_rcu()
 * @condemn: says which
 * @data: passed to @condemn
 *
 * Context: process context, rcu_read_lock() held, bottom halves enabled.
 * Return: number of connections that were ended.
 */
u32 nfvs_conn_walk_kill_rcu(struct nfvs_net *nn, struct nfvs_conn_walk *walk,
			    bool (*condemn)(struct nfvs_net *nn, const struct nfvs_conn *conn,
					    const void *data),
			    const void *data)
{
	struct nfvs_conn *found[NFVS_WALK_BATCH];
	u32 count, i, killed = 0;

	count = nfvs_conn_walk_step_rcu(nn, walk, found);
	for (i = 0; i < count; i++) {
		if (!condemn(nn, found[i], data))
			continue;
		local_bh_disable();
		killed += nfvs_conn_kill(nn, found[i]);
		local_bh_enable();
	}
	/* Those are in their bucket no more. */
	walk->skip -= min(walk->skip, killed);
	return killed;
}
