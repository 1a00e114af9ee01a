// SPDX-License-Identifier: GPL-2.0-only
/*
 * When to look at a connection again.
 *
 * No timer runs per connection.  A packet writes down that it came; the wheel brings the
 * connection up at the second in which it would end if no packet came, and whoever looks
 * then either ends it or puts it back for later.  A timeout that gets longer needs no action
 * at all, one that gets shorter moves the connection forward.  Deadlines beyond the wheel's
 * reach are looked at when the wheel has turned once.
 *
 * A new connection is left in the table's stripe by the packet that made it, which need not know
 * the wheel: whoever turns it, each second, takes the connections from there first.
 */

#include <linux/lockdep.h>
#include <linux/sched.h>

#include "obj/conn_table.h"

/* How many connections leave a slot under one hold of the lock. */
#define NFVS_WHEEL_BATCH 32

static struct nfvs_wheel_shard *nfvs_wheel_shard(struct nfvs_conn_table *table,
						 const struct nfvs_conn *conn)
{
	return &table->wheel[conn->hash[NFVS_DIR_REQUEST] % NFVS_WHEEL_SHARDS];
}

/* Ticks fall on whole seconds of jiffies, which is when the reaper runs. */
static void nfvs_wheel_set(struct nfvs_wheel_shard *shard, unsigned long now)
{
	nfvs_wheel_init(&shard->time, rounddown(now, HZ), HZ, NFVS_WHEEL_SLOTS);
}

/**
 * nfvs_conn_wheel_init() - prepare the empty wheel of a new table
 * @table: the table
 */
void nfvs_conn_wheel_init(struct nfvs_conn_table *table)
{
	u32 i;

	for (i = 0; i < NFVS_WHEEL_SHARDS; i++) {
		spin_lock_init(&table->wheel[i].lock);
		nfvs_wheel_set(&table->wheel[i], jiffies);
	}
}

/*
 * When a connection ends if no packet comes.  A dead one is looked at as soon as can be.
 * Read under the shard's lock: whoever sets NFVS_CONN_DEAD or a shorter timeout takes the
 * lock afterwards (nfvs_conn_wheel_advance()), so one of the two sees the other.
 */
static unsigned long nfvs_conn_deadline(const struct nfvs_conn *conn)
{
	u32 idle = nfvs_conn_idle(conn);
	u32 lifetime = nfvs_conn_lifetime(conn);

	if (READ_ONCE(conn->flags) & NFVS_CONN_DEAD || idle >= lifetime)
		return jiffies;
	return jiffies + (lifetime - idle);
}

static void nfvs_wheel_put(struct nfvs_wheel_shard *shard, struct nfvs_conn *conn)
{
	lockdep_assert_held(&shard->lock);
	hlist_add_head(&conn->wheel,
		       &shard->slot[nfvs_wheel_slot(&shard->time, nfvs_conn_deadline(conn))]);
}

/**
 * nfvs_conn_wheel_add() - put a connection onto the wheel
 * @table: its table
 * @conn: a connection that is not on the wheel
 *
 * Context: bottom halves disabled.
 */
void nfvs_conn_wheel_add(struct nfvs_conn_table *table, struct nfvs_conn *conn)
{
	struct nfvs_wheel_shard *shard = nfvs_wheel_shard(table, conn);

	spin_lock(&shard->lock);
	nfvs_wheel_put(shard, conn);
	spin_unlock(&shard->lock);
}

/**
 * nfvs_conn_wheel_advance() - a connection may have to end sooner than was thought
 * @table: its table
 * @conn: the connection; its new timeout or NFVS_CONN_DEAD are set
 *
 * Nothing to do if somebody looks at it right now, or if it is not on the wheel yet: it is put
 * there under the shard's lock, and the new values are seen then.
 *
 * Context: bottom halves disabled.
 */
void nfvs_conn_wheel_advance(struct nfvs_conn_table *table, struct nfvs_conn *conn)
{
	struct nfvs_wheel_shard *shard = nfvs_wheel_shard(table, conn);

	spin_lock(&shard->lock);
	if (!hlist_unhashed(&conn->wheel)) {
		hlist_del_init(&conn->wheel);
		nfvs_wheel_put(shard, conn);
	}
	spin_unlock(&shard->lock);
}

static void nfvs_wheel_empty_list(struct nfvs_wheel_shard *shard, struct hlist_head *list,
				  struct nfvs_net *nn, nfvs_conn_look_fn look)
{
	struct nfvs_conn *batch[NFVS_WHEEL_BATCH];
	u32 i, n;

	do {
		n = 0;
		spin_lock_bh(&shard->lock);
		while (n < NFVS_WHEEL_BATCH && !hlist_empty(list)) {
			struct nfvs_conn *conn = hlist_entry(list->first, struct nfvs_conn, wheel);

			hlist_del_init(&conn->wheel);
			batch[n++] = conn;
		}
		spin_unlock_bh(&shard->lock);

		local_bh_disable();
		rcu_read_lock();
		for (i = 0; i < n; i++)
			look(nn, batch[i]);
		rcu_read_unlock();
		local_bh_enable();
		cond_resched();
	} while (n == NFVS_WHEEL_BATCH);
}

/*
 * Take the next slot that is due off the wheel.  Others go on moving connections off this
 * private list, under the lock, as long as they are on it.
 */
static bool nfvs_wheel_take_slot(struct nfvs_wheel_shard *shard, struct hlist_head *list)
{
	unsigned long now = jiffies;
	bool due;

	spin_lock_bh(&shard->lock);
	/* After a long sleep one turn brings up everything. */
	if (now - shard->time.base > (NFVS_WHEEL_SLOTS + 1) * HZ)
		nfvs_wheel_set(shard, now - NFVS_WHEEL_SLOTS * HZ);
	due = nfvs_wheel_due(&shard->time, now);
	if (due)
		hlist_move_list(&shard->slot[nfvs_wheel_advance(&shard->time)], list);
	spin_unlock_bh(&shard->lock);
	return due;
}

static void nfvs_wheel_take_fresh(struct nfvs_conn_table *table, struct nfvs_net *nn,
				  struct nfvs_stripe *stripe, nfvs_conn_look_fn greet)
{
	struct hlist_node *fresh, *next;
	struct nfvs_conn *conn;

	/* Without the lock: what is missed waits for the next turn. */
	if (!READ_ONCE(stripe->fresh))
		return;
	spin_lock_bh(&stripe->lock);
	fresh = stripe->fresh;
	stripe->fresh = NULL;
	spin_unlock_bh(&stripe->lock);

	for (; fresh; fresh = next) {
		/* Before it is on a list of the wheel. */
		next = fresh->next;
		conn = hlist_entry(fresh, struct nfvs_conn, wheel);
		local_bh_disable();
		if (greet)
			greet(nn, conn);
		nfvs_conn_wheel_add(table, conn);
		local_bh_enable();
		cond_resched();
	}
}

static void nfvs_wheel_take_all_fresh(struct nfvs_conn_table *table, struct nfvs_net *nn,
				      nfvs_conn_look_fn greet)
{
	u32 i;

	for (i = 0; i < NFVS_CONN_STRIPES; i++)
		nfvs_wheel_take_fresh(table, nn, &table->stripe[i], greet);
}

/**
 * nfvs_conn_wheel_run() - look at the connections that are due
 * @table: the table
 * @nn: passed to the functions
 * @greet: called for each connection that was made since the last time, with bottom halves
 *	disabled; or NULL
 * @look: called for each connection, with bottom halves disabled and rcu_read_lock() held.
 *	It owns the connection's place on the wheel: it puts it back or frees it.
 *
 * Context: process context, may sleep. One caller at a time.
 */
void nfvs_conn_wheel_run(struct nfvs_conn_table *table, struct nfvs_net *nn,
			 nfvs_conn_look_fn greet, nfvs_conn_look_fn look)
{
	u32 i;

	nfvs_wheel_take_all_fresh(table, nn, greet);
	for (i = 0; i < NFVS_WHEEL_SHARDS; i++) {
		HLIST_HEAD(list);

		while (nfvs_wheel_take_slot(&table->wheel[i], &list))
			nfvs_wheel_empty_list(&table->wheel[i], &list, nn, look);
	}
}

/**
 * nfvs_conn_wheel_drain() - take all connections off the wheel
 * @table: the table, which nobody adds to any more
 * @nn: passed to @look
 * @look: as for nfvs_conn_wheel_run(), but may not put anything back
 *
 * Context: process context, may sleep.
 */
void nfvs_conn_wheel_drain(struct nfvs_conn_table *table, struct nfvs_net *nn,
			   nfvs_conn_look_fn look)
{
	u32 i, slot;

	nfvs_wheel_take_all_fresh(table, nn, NULL);
	for (i = 0; i < NFVS_WHEEL_SHARDS; i++)
		for (slot = 0; slot < NFVS_WHEEL_SLOTS; slot++)
			nfvs_wheel_empty_list(&table->wheel[i], &table->wheel[i].slot[slot], nn,
					      look);
}
