/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The hash table of connections.
 *
 * A tuple and the one that it is turned round have the same hash.  So the replies of a connection
 * without NAT, which has no node for them, are found by that of its requests if they pass.
 *
 * Readers hold RCU only.  The table grows and shrinks while they read: a chain ends in a
 * marker that names its bucket, so a reader that a moving node carried into another chain
 * sees a foreign marker and starts again; and a reader that finds nothing in a table that is
 * being replaced goes on in its successor.
 *
 * Writers hold the lock that the hash selects.  There are fewer locks than buckets in the
 * smallest table, so a lock covers whole buckets of every table, the old one and the new one
 * alike, and moving a bucket takes one lock.  What is inserted waits there for its place on the
 * wheel, under the lock that was taken anyhow.
 */
#ifndef NFVS_OBJ_CONN_TABLE_H
#define NFVS_OBJ_CONN_TABLE_H

#include <linux/mutex.h>
#include <linux/siphash.h>
#include <linux/spinlock.h>

#include "core/wheel.h"
#include "obj/conn.h"
#include "obj/packet.h"

#define NFVS_CONN_STRIPE_BITS 9
#define NFVS_CONN_STRIPES BIT(NFVS_CONN_STRIPE_BITS)
#define NFVS_CONN_BITS_MIN 10
#define NFVS_CONN_BITS_MAX 27

/* The wheel: shards by hash, each with slots of one second. */
#define NFVS_WHEEL_SHARDS 8
#define NFVS_WHEEL_SLOTS 256

/**
 * struct nfvs_conn_buckets - one generation of the table
 * @bits: log2 of the number of buckets
 * @mask: number of buckets - 1
 * @parity: differs from that of the generations before and after; part of the end markers
 * @future: the generation that takes over, while that is going on
 * @chunk: the chains, in portions: where there are millions, no memory in one large piece is
 *	needed, and none of it is cleared, mapped or given back in one go
 */
struct nfvs_conn_buckets {
	u32 bits;
	u32 mask;
	u32 parity;
	struct nfvs_conn_buckets __rcu *future;
	struct hlist_nulls_head *chunk[];
};

/**
 * struct nfvs_wheel_shard - connections by the second in which to look at them again
 * @lock: guards all of this, and the wheel member of the connections herein.  Innermost.
 * @time: where the wheel stands
 * @slot: lists
 */
struct nfvs_wheel_shard {
	spinlock_t lock;
	struct nfvs_wheel time;
	struct hlist_head slot[NFVS_WHEEL_SLOTS];
} ____cacheline_aligned_in_smp;

/**
 * struct nfvs_stripe - part of the table, by hash
 * @lock: guards the chains of the buckets that the hash falls into, and @fresh
 * @fresh: connections that are not on the wheel yet, by their wheel.next.  They are unhashed there:
 *	whoever wants them to end sooner finds them as if somebody looked at them.
 */
struct nfvs_stripe {
	spinlock_t lock;
	struct hlist_node *fresh;
};

/**
 * struct nfvs_conn_table - a namespace's connections
 * @key: random, so that nobody outside can aim at one bucket
 * @buckets: current generation
 * @resize_lock: held while @buckets is replaced
 * @resize_retry: jiffies before which a failed resize is not tried again
 * @wheel: by hash
 * @stripe: by hash
 */
struct nfvs_conn_table {
	hsiphash_key_t key;
	struct nfvs_conn_buckets __rcu *buckets;
	struct mutex resize_lock;
	unsigned long resize_retry;
	struct nfvs_wheel_shard wheel[NFVS_WHEEL_SHARDS];
	struct nfvs_stripe stripe[NFVS_CONN_STRIPES];
};

struct nfvs_conn_table *nfvs_conn_table_alloc(void);
void nfvs_conn_table_free(struct nfvs_conn_table *table);
int nfvs_conn_table_resize(struct nfvs_conn_table *table, u32 bits);
u32 nfvs_conn_table_bits(struct nfvs_conn_table *table);

void nfvs_conn_tuple(const struct nfvs_conn *conn, enum nfvs_dir dir, struct nfvs_tuple *tuple);
u32 nfvs_conn_table_hash(const struct nfvs_conn_table *table, const struct nfvs_tuple *tuple);
struct nfvs_conn *nfvs_conn_table_find_rcu(const struct nfvs_conn_table *table,
					   const struct nfvs_tuple *tuple, enum nfvs_dir *dir);
const struct nfvs_conn_node *nfvs_conn_table_find4_rcu(const struct nfvs_conn_table *table,
						       const __be32 *src, const __be32 *dst,
						       __be16 sport, __be16 dport, u8 proto);
const struct nfvs_conn_node *nfvs_conn_table_find6_rcu(const struct nfvs_conn_table *table,
						       const struct in6_addr *src,
						       const struct in6_addr *dst, __be16 sport,
						       __be16 dport, u8 proto);
bool nfvs_conn_table_is_new_rcu(const struct nfvs_conn_table *table, struct nfvs_tuple *tuple);
struct nfvs_conn *nfvs_conn_table_insert_rcu(struct nfvs_conn_table *table, struct nfvs_conn *conn);
void nfvs_conn_table_remove_rcu(struct nfvs_conn_table *table, struct nfvs_conn *conn);

u32 nfvs_conn_table_collect_rcu(struct nfvs_conn_table *table, u32 *bucket, u32 skip,
				struct nfvs_conn **found, u32 max);

void nfvs_conn_wheel_init(struct nfvs_conn_table *table);
void nfvs_conn_wheel_add(struct nfvs_conn_table *table, struct nfvs_conn *conn);
void nfvs_conn_wheel_advance(struct nfvs_conn_table *table, struct nfvs_conn *conn);

typedef void (*nfvs_conn_look_fn)(struct nfvs_net *nn, struct nfvs_conn *conn);

void nfvs_conn_wheel_run(struct nfvs_conn_table *table, struct nfvs_net *nn,
			 nfvs_conn_look_fn greet, nfvs_conn_look_fn look);
void nfvs_conn_wheel_drain(struct nfvs_conn_table *table, struct nfvs_net *nn,
			   nfvs_conn_look_fn look);

/**
 * nfvs_conn_table_buckets_rcu() - number of buckets
 * @table: the table
 *
 * Context: rcu_read_lock() held.
 */
static inline u32 nfvs_conn_table_buckets_rcu(const struct nfvs_conn_table *table)
{
	return rcu_dereference(table->buckets)->mask + 1;
}

/**
 * nfvs_conn_has_reply() - whether replies of a connection pass the director
 * @conn: the connection; a template has none
 */
static inline bool nfvs_conn_has_reply(const struct nfvs_conn *conn)
{
	return conn->fwd == NFVS_FWD_MASQ && !nfvs_conn_is_template(conn);
}

/**
 * nfvs_conn_idle() - jiffies since a connection's last noted packet
 * @conn: the connection
 */
static inline u32 nfvs_conn_idle(const struct nfvs_conn *conn)
{
	return (u32)jiffies - READ_ONCE(conn->seen);
}

/**
 * nfvs_conn_lifetime() - idle jiffies after which a connection has surely timed out
 * @conn: the connection
 *
 * The last packet may have come NFVS_SEEN_GRAIN later than was noted.
 */
static inline u32 nfvs_conn_lifetime(const struct nfvs_conn *conn)
{
	return READ_ONCE(conn->timeout) + NFVS_SEEN_GRAIN;
}

#endif
