/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Walks over all connections, in steps, while the table changes.
 *
 * A connection that is there from beginning to end is met at least once, whatever happens to the
 * size of the table meanwhile: buckets are visited in the order of their numbers' bits reversed, so
 * that what a bucket is split into, or joined from, comes together.  Only where the table shrinks
 * can a connection be met twice.
 */
#ifndef NFVS_OBJ_CONN_WALK_H
#define NFVS_OBJ_CONN_WALK_H

#include "nfvs.h"

#define NFVS_WALK_BATCH 32

/**
 * struct nfvs_conn_walk - where a walk stands; all zero is the beginning
 * @bucket: the next bucket, low bits of a hash
 * @skip: connections of that bucket that were met already
 * @done: the walk is over
 */
struct nfvs_conn_walk {
	u32 bucket;
	u32 skip;
	bool done;
};

u32 nfvs_conn_walk_step_rcu(struct nfvs_net *nn, struct nfvs_conn_walk *walk,
			    struct nfvs_conn *found[NFVS_WALK_BATCH]);
u32 nfvs_conn_walk_kill_rcu(struct nfvs_net *nn, struct nfvs_conn_walk *walk,
			    bool (*condemn)(struct nfvs_net *nn, const struct nfvs_conn *conn,
					    const void *data),
			    const void *data);

#endif
