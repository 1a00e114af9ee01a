// SPDX-License-Identifier: GPL-2.0-only
/*
 * The connection table by itself, then with readers, writers and resizes at the same time:
 * what is in the table is found at every moment, in both directions, whatever goes on.
 */

#include <linux/delay.h>
#include <linux/in.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/vmalloc.h>

#include "obj/conn_table.h"
#include "obj/conn_walk.h"
#include "selftest/selftest.h"

#define TEST_CONNS 3000
#define TEST_STAYING 2000
#define TEST_ROUNDS 24

/* clang-format off */
#define EXPECT(condition) \
	({ \
		bool ok_ = (condition); \
		if (!ok_) \
			pr_err("nfvs: self-test: %s:%d: expected %s\n", __func__, __LINE__, \
			       #condition); \
		ok_; \
	})
/* clang-format on */

/**
 * struct test_table - a table and connections for it
 * @table: the table
 * @conns: TEST_CONNS connections; the first TEST_STAYING stay in the table
 * @failed: somebody saw what must not be
 * @lookups: how many lookups the readers made
 * @walks: how many walks went over all of the table
 * @seen: connections that the present walk has met; the walker's own
 */
struct test_table {
	struct nfvs_conn_table *table;
	struct nfvs_conn *conns;
	bool failed;
	atomic_long_t lookups;
	atomic_long_t walks;
	DECLARE_BITMAP(seen, TEST_CONNS);
};

/* Every third connection is of IPv6, every fifth has no replies. */
static void __init test_fill_conn(struct nfvs_conn *conn, u32 i)
{
	spin_lock_init(&conn->lock);
	INIT_HLIST_NODE(&conn->wheel);
	conn->proto = i % 2 ? IPPROTO_TCP : IPPROTO_UDP;
	conn->fwd = i % 5 ? NFVS_FWD_MASQ : NFVS_FWD_DROUTE;
	conn->cport = htons(1024 + i % 500);
	conn->vport = htons(80);
	conn->dport = htons(8080);
	conn->seen = (u32)jiffies;
	conn->timeout = 3600 * HZ;
	if (i % 3) {
		conn->af = AF_INET;
		conn->v4.caddr = htonl(0x0a000000 + i / 500);
		conn->v4.vaddr = htonl(0xc0000201);
		conn->v4.daddr = htonl(0xac100000 + i % 7);
	} else {
		conn->af = AF_INET6;
		conn->v6.caddr.s6_addr32[0] = htonl(0x20010db8);
		conn->v6.caddr.s6_addr32[3] = htonl(i);
		conn->v6.vaddr.s6_addr32[3] = htonl(1);
		conn->v6.daddr.s6_addr32[3] = htonl(i % 7);
	}
}

static void test_tuple(const struct nfvs_conn *conn, enum nfvs_dir dir, struct nfvs_tuple *t)
{
	bool request = dir == NFVS_DIR_REQUEST;

	memset(t, 0, sizeof(*t));
	t->af = conn->af;
	t->proto = conn->proto;
	t->sport = request ? conn->cport : conn->dport;
	t->dport = request ? conn->vport : conn->cport;
	if (conn->af == AF_INET6) {
		t->src.in6 = request ? conn->v6.caddr : conn->v6.daddr;
		t->dst.in6 = request ? conn->v6.vaddr : conn->v6.caddr;
	} else {
		t->src.ip = request ? conn->v4.caddr : conn->v4.daddr;
		t->dst.ip = request ? conn->v4.vaddr : conn->v4.caddr;
	}
}

/* What a lookup of one direction of a connection finds. */
static struct nfvs_conn *test_find(struct test_table *t, const struct nfvs_conn *conn,
				   enum nfvs_dir dir)
{
	struct nfvs_conn *found;
	struct nfvs_tuple tuple;
	enum nfvs_dir found_dir;

	test_tuple(conn, dir, &tuple);
	rcu_read_lock();
	tuple.hash = nfvs_conn_table_hash(t->table, &tuple);
	found = nfvs_conn_table_find_rcu(t->table, &tuple, &found_dir);
	rcu_read_unlock();
	return found && found_dir == dir ? found : NULL;
}

static bool test_is_in(struct test_table *t, struct nfvs_conn *conn)
{
	if (test_find(t, conn, NFVS_DIR_REQUEST) != conn)
		return false;
	return !nfvs_conn_has_reply(conn) || test_find(t, conn, NFVS_DIR_REPLY) == conn;
}

static struct nfvs_conn *test_insert(struct test_table *t, struct nfvs_conn *conn)
{
	struct nfvs_conn *other;
	struct nfvs_tuple tuple;

	test_tuple(conn, NFVS_DIR_REQUEST, &tuple);
	conn->hash[NFVS_DIR_REQUEST] = nfvs_conn_table_hash(t->table, &tuple);
	local_bh_disable();
	rcu_read_lock();
	other = nfvs_conn_table_insert_rcu(t->table, conn);
	rcu_read_unlock();
	local_bh_enable();
	return other;
}

static void test_remove(struct test_table *t, struct nfvs_conn *conn)
{
	local_bh_disable();
	rcu_read_lock();
	nfvs_conn_table_remove_rcu(t->table, conn);
	rcu_read_unlock();
	local_bh_enable();
}

static void test_forget(struct nfvs_net *nn, struct nfvs_conn *conn)
{
}

static bool __init test_start(struct test_table *t)
{
	u32 i;

	memset(t, 0, sizeof(*t));
	t->table = nfvs_conn_table_alloc();
	t->conns = vzalloc(array_size(TEST_CONNS, sizeof(*t->conns)));
	if (!t->table || !t->conns)
		return false;
	for (i = 0; i < TEST_CONNS; i++)
		test_fill_conn(&t->conns[i], i);
	return true;
}

static void __init test_end(struct test_table *t)
{
	if (t->table)
		nfvs_conn_wheel_drain(t->table, NULL, test_forget);
	synchronize_rcu();
	nfvs_conn_table_free(t->table);
	vfree(t->conns);
}

static bool __init test_table_content(struct test_table *t, u32 from, u32 to, bool in)
{
	bool ok = true;
	u32 i;

	for (i = from; i < to; i++)
		ok &= in ? test_is_in(t, &t->conns[i]) :
			   !test_find(t, &t->conns[i], NFVS_DIR_REQUEST);
	return ok;
}

static bool __init test_table_steps(struct test_table *t)
{
	struct nfvs_conn twin;
	bool ok = true;
	u32 i;

	for (i = 0; i < TEST_CONNS; i++)
		ok &= EXPECT(!test_insert(t, &t->conns[i]));
	ok &= EXPECT(test_table_content(t, 0, TEST_CONNS, true));

	memset(&twin, 0, sizeof(twin));
	test_fill_conn(&twin, 7);
	ok &= EXPECT(test_insert(t, &twin) == &t->conns[7]);

	ok &= EXPECT(!nfvs_conn_table_resize(t->table, NFVS_CONN_BITS_MIN + 3));
	ok &= EXPECT(nfvs_conn_table_bits(t->table) == NFVS_CONN_BITS_MIN + 3);
	ok &= EXPECT(test_table_content(t, 0, TEST_CONNS, true));

	for (i = TEST_STAYING; i < TEST_CONNS; i++)
		test_remove(t, &t->conns[i]);
	ok &= EXPECT(test_table_content(t, TEST_STAYING, TEST_CONNS, false));
	ok &= EXPECT(!nfvs_conn_table_resize(t->table, NFVS_CONN_BITS_MIN));
	ok &= EXPECT(test_table_content(t, 0, TEST_STAYING, true));
	return ok;
}

/**
 * nfvs_selftest_table() - insert, find, refuse twins, resize, remove
 *
 * Return: whether it passed.
 */
bool __init nfvs_selftest_table(void)
{
	struct test_table t;
	bool ok = EXPECT(test_start(&t)) && test_table_steps(&t);

	test_end(&t);
	return ok;
}

static int test_reader(void *arg)
{
	struct test_table *t = arg;
	u32 i = 0;

	while (!kthread_should_stop()) {
		if (!test_is_in(t, &t->conns[i++ % TEST_STAYING]))
			WRITE_ONCE(t->failed, true);
		atomic_long_inc(&t->lookups);
		if (!(i % 64))
			cond_resched();
	}
	return 0;
}

/* Connections come and go; each is found while it is in, and not after it left. */
static int test_writer(void *arg)
{
	struct test_table *t = arg;
	u32 i = TEST_STAYING;

	while (!kthread_should_stop()) {
		struct nfvs_conn *conn = &t->conns[i];

		if (test_insert(t, conn) || !test_is_in(t, conn))
			WRITE_ONCE(t->failed, true);
		local_bh_disable();
		test_remove(t, conn);
		WRITE_ONCE(conn->flags, NFVS_CONN_DEAD);
		nfvs_conn_wheel_advance(t->table, conn);
		local_bh_enable();
		if (test_find(t, conn, NFVS_DIR_REQUEST))
			WRITE_ONCE(t->failed, true);

		/* Before a connection is used again nobody may stand on its nodes. */
		if (++i == TEST_CONNS) {
			i = TEST_STAYING;
			synchronize_rcu();
			nfvs_conn_wheel_drain(t->table, NULL, test_forget);
		}
		cond_resched();
	}
	return 0;
}

/* Whoever is there from beginning to end of a walk is met. */
static int test_walker(void *arg)
{
	struct nfvs_conn *found[NFVS_WALK_BATCH];
	struct test_table *t = arg;
	u32 bucket = 0, count;

	while (!kthread_should_stop()) {
		rcu_read_lock();
		count = nfvs_conn_table_collect_rcu(t->table, &bucket, 0, found, NFVS_WALK_BATCH);
		while (count--)
			__set_bit(found[count] - t->conns, t->seen);
		rcu_read_unlock();
		cond_resched();
		if (bucket)
			continue;
		if (find_first_zero_bit(t->seen, TEST_CONNS) < TEST_STAYING)
			WRITE_ONCE(t->failed, true);
		bitmap_zero(t->seen, TEST_CONNS);
		atomic_long_inc(&t->walks);
	}
	return 0;
}

static void __init test_stop_threads(struct task_struct **threads, size_t count)
{
	while (count--)
		if (!IS_ERR(threads[count]))
			kthread_stop(threads[count]);
}

static bool __init test_concurrent_steps(struct test_table *t)
{
	struct task_struct *threads[4];
	bool ok = true;
	u32 i;

	for (i = 0; i < TEST_STAYING; i++)
		ok &= EXPECT(!test_insert(t, &t->conns[i]));

	threads[0] = kthread_run(test_reader, t, "nfvs-reader0");
	threads[1] = kthread_run(test_reader, t, "nfvs-reader1");
	threads[2] = kthread_run(test_writer, t, "nfvs-writer");
	threads[3] = kthread_run(test_walker, t, "nfvs-walker");
	for (i = 0; i < ARRAY_SIZE(threads); i++)
		ok &= EXPECT(!IS_ERR(threads[i]));

	for (i = 0; i < TEST_ROUNDS; i++)
		ok &= EXPECT(!nfvs_conn_table_resize(t->table, NFVS_CONN_BITS_MIN + i * 7 % 5));
	/* Kernels without preemption may not have let a reader run yet. */
	while (ok &&
	       (atomic_long_read(&t->lookups) < TEST_STAYING || atomic_long_read(&t->walks) < 2))
		usleep_range(500, 1000);

	test_stop_threads(threads, ARRAY_SIZE(threads));
	ok &= EXPECT(!t->failed);
	ok &= EXPECT(test_table_content(t, 0, TEST_STAYING, true));
	return ok;
}

/**
 * nfvs_selftest_table_concurrent() - two readers, a writer, a walker and a resizer at once
 *
 * Return: whether it passed.
 */
bool __init nfvs_selftest_table_concurrent(void)
{
	struct test_table t;
	bool ok = EXPECT(test_start(&t)) && test_concurrent_steps(&t);

	test_end(&t);
	return ok;
}

static u32 test_ended __initdata;
static bool test_mistimed __initdata;
static u32 test_looked __initdata; /* when the last look began, in jiffies */

/* As the reaper does: end what has timed out, put back the rest. */
static void __init test_look(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	struct test_table *t = (struct test_table *)nn;
	u32 idle = nfvs_conn_idle(conn), unlooked = (u32)jiffies - test_looked;

	if (idle < nfvs_conn_lifetime(conn)) {
		nfvs_conn_wheel_add(t->table, conn);
		return;
	}
	/* Never early, at most two seconds late, but for how long nobody could look. */
	if (idle < conn->timeout || idle > conn->timeout + 2 * HZ + unlooked)
		test_mistimed = true;
	nfvs_conn_table_remove_rcu(t->table, conn);
	test_ended++;
}

static bool __init test_wheel_steps(struct test_table *t)
{
	unsigned long give_up = jiffies + 20 * HZ;
	bool ok = true;
	u32 i, begin;

	test_looked = (u32)jiffies;

	for (i = 0; i < TEST_CONNS; i++) {
		t->conns[i].seen = (u32)jiffies;
		t->conns[i].timeout = i % 2 ? 3600 * HZ : i % HZ;
		ok &= EXPECT(!test_insert(t, &t->conns[i]));
	}
	/* Every second one would live for an hour, but is told to end sooner. */
	local_bh_disable();
	for (i = 1; i < TEST_CONNS; i += 2) {
		t->conns[i].timeout = i % HZ;
		nfvs_conn_wheel_advance(t->table, &t->conns[i]);
	}
	local_bh_enable();

	test_ended = 0;
	test_mistimed = false;
	while (test_ended < TEST_CONNS && time_before(jiffies, give_up)) {
		begin = (u32)jiffies;
		nfvs_conn_wheel_run(t->table, (struct nfvs_net *)t, NULL, test_look);
		test_looked = begin;
		usleep_range(1000, 2000);
	}
	ok &= EXPECT(test_ended == TEST_CONNS);
	ok &= EXPECT(!test_mistimed);
	return ok;
}

/**
 * nfvs_selftest_wheel() - connections end when they should
 *
 * Return: whether it passed.
 */
bool __init nfvs_selftest_wheel(void)
{
	struct test_table t;
	bool ok = EXPECT(test_start(&t)) && test_wheel_steps(&t);

	test_end(&t);
	return ok;
}
