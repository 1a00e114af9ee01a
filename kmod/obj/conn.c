// SPDX-License-Identifier: GPL-2.0-only
/* Connections: birth, changes, death.  conn.h says who may hold one, and for how long. */

#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <net/ipv6.h>

#include "core/table_size.h"
#include "obj/conn_table.h"
#include "obj/drop.h"
#include "obj/event.h"
#include "obj/fast.h"
#include "obj/group.h"
#include "obj/netns.h"
#include "obj/pages.h"
#include "obj/rates.h"
#include "obj/svc.h"
#include "obj/template.h"
#include "obj/track.h"

static struct kmem_cache *nfvs_conn4_cache __ro_after_init;
static struct kmem_cache *nfvs_conn6_cache __ro_after_init;
static struct workqueue_struct *nfvs_conn_wq __ro_after_init;

static struct kmem_cache *nfvs_conn_cache(u8 af)
{
	return af == AF_INET6 ? nfvs_conn6_cache : nfvs_conn4_cache;
}

static void nfvs_conn_free_unread(struct nfvs_conn *conn)
{
	/* Only now: until its last reader is gone a connection may still be given one. */
	struct nfvs_hop *hop = unrcu_pointer(conn->hop);

	if (hop)
		nfvs_hop_put(hop);
	kmem_cache_free(nfvs_conn_cache(conn->af), conn);
}

/* Each keeps its place below the limit until its memory is back. */
static void nfvs_conn_free_list(struct nfvs_net *nn, struct llist_node *ended)
{
	struct nfvs_conn *conn, *next;
	u32 freed = 0;

	llist_for_each_entry_safe(conn, next, ended, ended) {
		/* Each may be the last one in its page. */
		if (!(freed++ % NFVS_PAGES_PORTION))
			nfvs_pages_pause(virt_to_page(conn));
		nfvs_conn_free_unread(conn);
		percpu_counter_dec(&nn->conn_count);
		cond_resched();
	}
}

/*
 * A grace period for all of them, and not a callback each: those run in softirq, many at a time
 * where there are many, and packets would wait for them.
 */
static void nfvs_conn_free_ended(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(work, struct nfvs_net, free_work);
	struct llist_node *ended = llist_del_all(&nn->ended);

	synchronize_rcu();
	nfvs_conn_free_list(nn, ended);
}

/* Enough for the table to fit, and neither the first packet of a burst nor the last waits. */
static void nfvs_conn_fit_table(struct nfvs_net *nn)
{
	struct nfvs_conn_table *table = nn->conns;
	u64 nodes = NFVS_DIRS * percpu_counter_read_positive(&nn->conn_count);
	u32 bits = nfvs_conn_table_bits(table);

	if (nfvs_table_bits(nodes, bits, NFVS_CONN_BITS_MIN, NFVS_CONN_BITS_MAX) == bits)
		return;
	if (time_before(jiffies, READ_ONCE(table->resize_retry)))
		return;
	queue_work(nfvs_conn_wq, &nn->resize_work);
}

/* Who walks looks, under one lock, at all that a bucket is split into: so many bits at a time. */
#define NFVS_RESIZE_STEP 5

static int nfvs_conn_resize_to(struct nfvs_conn_table *table, u32 now, u32 bits)
{
	int err = 0;

	while (now != bits && !err) {
		now = clamp(bits, now - NFVS_RESIZE_STEP, now + NFVS_RESIZE_STEP);
		err = nfvs_conn_table_resize(table, now);
	}
	return err;
}

static void nfvs_conn_resize(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(work, struct nfvs_net, resize_work);
	struct nfvs_conn_table *table = nn->conns;
	u64 nodes = NFVS_DIRS * (u64)percpu_counter_sum_positive(&nn->conn_count);
	u32 now = nfvs_conn_table_bits(table);
	u32 bits = nfvs_table_bits(nodes, now, NFVS_CONN_BITS_MIN, NFVS_CONN_BITS_MAX);

	if (bits == now)
		return;
	if (nfvs_conn_resize_to(table, now, bits)) {
		WRITE_ONCE(table->resize_retry, jiffies + HZ);
		nfvs_count(nn, TABLE_NOMEM);
		return;
	}
	nfvs_count(nn, TABLE_RESIZED);
}

/**
 * nfvs_conn_free() - nobody will find a connection any more, and nobody refers to it
 * @nn: namespace
 * @conn: the connection; readers that have it are waited for
 *
 * Context: bottom halves disabled.
 */
void nfvs_conn_free(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	nfvs_dest_put(nn, conn->dest);
	/* Whoever comes first sees to it that all are freed who come before the work begins. */
	if (llist_add(&conn->ended, &nn->ended))
		queue_work(nfvs_conn_wq, &nn->free_work);
}

/* Reaper, for a dead connection.  A template stays until its connections are gone as well. */
static void nfvs_conn_end(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	struct nfvs_conn *template = nfvs_conn_template(conn);

	if (nfvs_conn_is_template(conn)) {
		nfvs_template_put(nn, conn);
		return;
	}
	nfvs_conn_free(nn, conn);
	if (template)
		nfvs_template_put(nn, template);
}

static s64 nfvs_conn_load(const struct nfvs_conn *conn)
{
	return conn->flags & NFVS_CONN_INACTIVE ? NFVS_LOAD_INACTIVE : NFVS_LOAD_ACTIVE;
}

/* False if its real server is on its way out. */
static bool nfvs_conn_count(const struct nfvs_conn *conn)
{
	struct nfvs_dest *dest = conn->dest;

	if (likely(!nfvs_conn_is_template(conn)))
		return nfvs_dest_load(dest, nfvs_conn_load(conn));
	if (!nfvs_dest_get(dest))
		return false;
	atomic_inc(&dest->templates);
	return true;
}

/* What is left to its real server is a reference. */
static void nfvs_conn_uncount(const struct nfvs_conn *conn)
{
	if (nfvs_conn_is_template(conn))
		atomic_dec(&conn->dest->templates);
	else
		nfvs_dest_unload(conn->dest, nfvs_conn_load(conn));
}

/*
 * Take a connection out of the table.  All of it under the connection's lock: who has found
 * NFVS_CONN_DEAD under that lock knows that nobody has his hands on table or wheel any more.
 */
static bool nfvs_conn_kill_locked(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	lockdep_assert_held(&conn->lock);
	if (conn->flags & NFVS_CONN_DEAD)
		return false;
	WRITE_ONCE(conn->flags, conn->flags | NFVS_CONN_DEAD);
	nfvs_conn_uncount(conn);
	nfvs_conn_table_remove_rcu(nn->conns, conn);
	nfvs_conn_wheel_advance(nn->conns, conn);
	return true;
}

/* What follows without the lock. */
static void nfvs_conn_killed(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	nfvs_dest_load_changed(conn->dest);
	if (READ_ONCE(conn->flags) & NFVS_CONN_TRACKED)
		nfvs_track_end(nn, conn);
}

static bool nfvs_conn_timed_out(const struct nfvs_conn *conn)
{
	return nfvs_conn_idle(conn) >= nfvs_conn_lifetime(conn);
}

/* Reaper, for a connection that is off the wheel: whether it has ended, if only now. */
static bool nfvs_conn_is_over(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	bool killed = false, dead;

	if (!(READ_ONCE(conn->flags) & NFVS_CONN_DEAD) && !nfvs_conn_timed_out(conn))
		return false;
	spin_lock(&conn->lock);
	if (nfvs_conn_timed_out(conn) && !nfvs_template_extend_locked(conn))
		killed = nfvs_conn_kill_locked(nn, conn);
	dead = conn->flags & NFVS_CONN_DEAD;
	spin_unlock(&conn->lock);

	if (killed && nfvs_conn_is_template(conn)) {
		nfvs_count(nn, TEMPLATE_EXPIRED);
	} else if (killed) {
		nfvs_count(nn, CONN_EXPIRED);
		nfvs_conn_killed(nn, conn);
	}
	return dead;
}

/* As above: end it or put it back. */
static void nfvs_conn_look(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	if (nfvs_conn_is_over(nn, conn))
		nfvs_conn_end(nn, conn);
	else
		nfvs_conn_wheel_add(nn->conns, conn);
}

/* The same two, and a new connection's, where somebody listens. */
static void nfvs_conn_greet_and_tell(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	if (!nfvs_conn_is_template(conn))
		nn->tell->conn(nn, conn, false);
}

static void nfvs_conn_look_and_tell(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	if (!nfvs_conn_is_over(nn, conn)) {
		nfvs_conn_wheel_add(nn->conns, conn);
		return;
	}
	if (!nfvs_conn_is_template(conn))
		nn->tell->conn(nn, conn, true);
	nfvs_conn_end(nn, conn);
}

static void nfvs_conn_turn_wheel(struct nfvs_net *nn)
{
	if (!nn->tell->conns_begin(nn)) {
		nfvs_conn_wheel_run(nn->conns, nn, NULL, nfvs_conn_look);
		return;
	}
	nfvs_conn_wheel_run(nn->conns, nn, nfvs_conn_greet_and_tell, nfvs_conn_look_and_tell);
	nn->tell->conns_end(nn);
}

/* As above, when the namespace goes: no packet can come any more. */
static void nfvs_conn_look_last(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	nfvs_conn_kill(nn, conn);
	nfvs_conn_end(nn, conn);
}

static unsigned long nfvs_reap_delay(void)
{
	return HZ - jiffies % HZ;
}

static noinline void nfvs_reap_queue(struct nfvs_net *nn)
{
	queue_delayed_work(nfvs_conn_wq, &nn->reap_work, nfvs_reap_delay());
}

static __always_inline void nfvs_reap_arm(struct nfvs_net *nn)
{
	if (unlikely(!test_bit(0, &nn->reap_armed)) && !test_and_set_bit(0, &nn->reap_armed))
		nfvs_reap_queue(nn);
}

/*
 * Runs each second while there are connections or retired real servers that may go.
 */
static void nfvs_conn_reap(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(to_delayed_work(work), struct nfvs_net, reap_work);

	nfvs_conn_turn_wheel(nn);
	nfvs_conn_fit_table(nn);
	nfvs_hops_tidy(&nn->fast->hops);
	if (READ_ONCE(nn->retire_due)) {
		WRITE_ONCE(nn->retire_due, false);
		mutex_lock(&nn->cfg_lock);
		nfvs_dest_reap_retired(nn);
		mutex_unlock(&nn->cfg_lock);
	}

	if (percpu_counter_sum(&nn->conn_count)) {
		nfvs_reap_queue(nn);
		return;
	}
	/*
	 * Going to sleep: a connection that was counted before the bit is clear saw the bit
	 * set and relies on us, so look once more after clearing it.
	 */
	clear_bit(0, &nn->reap_armed);
	/* Pairs with the barriers in nfvs_conn_publish_rcu(). */
	smp_mb__after_atomic();
	if (percpu_counter_sum(&nn->conn_count))
		nfvs_reap_arm(nn);
}

/* Where the service wants packets dropped or answered, their connection is what tells so. */
static bool nfvs_conn_is_orphan(struct nfvs_net *nn, const struct nfvs_conn *conn,
				const void *unused)
{
	return !READ_ONCE(conn->dest->available) &&
	       READ_ONCE(conn->dest->policy.on_removal) <= NFVS_REMOVAL_RESCHED;
}

/* The setting expire_nodest_conn: a real server was removed, its connections end with it. */
static void nfvs_conn_sweep(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(work, struct nfvs_net, sweep_work);
	struct nfvs_conn_walk walk = {};

	while (!walk.done) {
		rcu_read_lock();
		nfvs_count_n(nn, CONN_SWEPT,
			     nfvs_conn_walk_kill_rcu(nn, &walk, nfvs_conn_is_orphan, NULL));
		rcu_read_unlock();
		cond_resched();
	}
}

/**
 * nfvs_conn_lookup_rcu() - the connection that a packet belongs to
 * @nn: namespace; it has a table
 * @tuple: the packet's; gets its hash
 * @dir: set to the packet's direction if found
 *
 * Context: rcu_read_lock() held.
 * Return: the connection, usable until rcu_read_unlock(), or NULL.
 */
struct nfvs_conn *nfvs_conn_lookup_rcu(struct nfvs_net *nn, struct nfvs_tuple *tuple,
				       enum nfvs_dir *dir)
{
	tuple->hash = nfvs_conn_table_hash(nn->conns, tuple);
	return nfvs_conn_table_find_rcu(nn->conns, tuple, dir);
}

static void nfvs_conn_set_lport(struct nfvs_conn *conn, __be16 port)
{
	if (conn->af == AF_INET6)
		conn->v6.lport = port;
	else
		conn->v4.lport = port;
}

/* What comes from this host, and whose real server this host is, never leaves it. */
static bool nfvs_conn_leads_back(const struct nfvs_conn *conn, const struct nfvs_pkt *pkt)
{
	if (conn->fwd != NFVS_FWD_MASQ || pkt->hook == NF_INET_LOCAL_OUT)
		return false;
	return conn->af == AF_INET6 ? ipv6_addr_equal(&conn->v6.caddr, &conn->v6.daddr) :
				      conn->v4.caddr == conn->v4.daddr;
}

/**
 * nfvs_conn_create() - make a connection for its first packet, or a template
 * @nn: namespace
 * @pkt: the packet, which is lost without it
 * @tuple: the packet's, or the template's; nfvs_conn_lookup_rcu() has found nothing by it
 * @dest: the real server that was picked
 * @dport: port there
 *
 * The caller sets state and timeout, then calls nfvs_conn_publish_rcu().
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the connection, or NULL; a counter says why.
 */
struct nfvs_conn *nfvs_conn_create(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				   const struct nfvs_tuple *tuple, struct nfvs_dest *dest,
				   __be16 dport)
{
	struct nfvs_conn *conn;

	if (percpu_counter_read_positive(&nn->conn_count) >= READ_ONCE(nn->conn_max)) {
		nfvs_count_drop(nn, pkt, CONN_LIMIT);
		return NULL;
	}
	conn = kmem_cache_alloc(nfvs_conn_cache(tuple->af), GFP_ATOMIC | __GFP_NOWARN);
	if (!conn) {
		nfvs_count_drop(nn, pkt, CONN_NOMEM);
		return NULL;
	}
	nfvs_conn_init(conn, tuple, dest, dport);
	if (tuple->template)
		return conn;
	if (READ_ONCE(nn->sysctls.conntrack))
		conn->flags |= NFVS_CONN_TRACKED;
	if (nfvs_conn_leads_back(conn, pkt)) {
		conn->flags |= NFVS_CONN_HAIRPIN;
		nfvs_conn_set_lport(conn, conn->cport);
	}
	return conn;
}

/* A connection that is not published after all. */
static noinline void nfvs_conn_discard(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	struct nfvs_conn *template = nfvs_conn_template(conn);

	kmem_cache_free(nfvs_conn_cache(conn->af), conn);
	if (template)
		nfvs_template_put(nn, template);
}

/* The same where it was counted. */
static noinline void nfvs_conn_withdraw(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	nfvs_conn_uncount(conn);
	/* Others may have judged the load with it. */
	nfvs_dest_load_changed(conn->dest);
	percpu_counter_dec(&nn->conn_count);
	nfvs_dest_put(nn, conn->dest);
	nfvs_conn_discard(nn, conn);
}

/* So many ports are tried; each that collides belongs to a connection of the same client. */
#define NFVS_HAIRPIN_TRIES 64
#define NFVS_HAIRPIN_PORT_MIN 1024

/* A packet from the real server to a port that is a service's may be a request. */
static bool nfvs_hairpin_port_is_served(struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	const struct nfvs_svc *svc;
	struct nfvs_tuple reply;

	nfvs_conn_tuple(conn, NFVS_DIR_REPLY, &reply);
	svc = nfvs_svc_match_rcu(nn, &reply, 0);
	return svc && svc->key.port == reply.dport;
}

/* The client's own port if it is free, else any. */
static noinline struct nfvs_conn *nfvs_hairpin_insert_rcu(struct nfvs_net *nn,
							  struct nfvs_conn *conn)
{
	struct nfvs_conn *other = ERR_PTR(-EADDRINUSE);
	u32 tries;

	for (tries = 0; tries < NFVS_HAIRPIN_TRIES; tries++) {
		if (!nfvs_hairpin_port_is_served(nn, conn)) {
			other = nfvs_conn_table_insert_rcu(nn->conns, conn);
			if (other != ERR_PTR(-EADDRINUSE))
				break;
		}
		nfvs_conn_set_lport(conn,
				    htons(NFVS_HAIRPIN_PORT_MIN +
					  get_random_u32() % (BIT(16) - NFVS_HAIRPIN_PORT_MIN)));
	}
	return other;
}

/**
 * nfvs_conn_publish_rcu() - make a new connection known
 * @nn: namespace
 * @pkt: its first packet, which is lost without it
 * @conn: from nfvs_conn_create(), with state and timeout; not to be used any more
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the connection to go on with: @conn, or the one that another packet of the same
 *	connection has published meanwhile; or NULL, and a counter says why.
 */
struct nfvs_conn *nfvs_conn_publish_rcu(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
					struct nfvs_conn *conn)
{
	struct nfvs_dest *dest = conn->dest;
	struct nfvs_conn *other;

	/* Counted before it can be found: whoever ends it takes away what was added here. */
	if (unlikely(!nfvs_conn_count(conn))) {
		nfvs_count_drop(nn, pkt, DEST_GONE);
		nfvs_conn_discard(nn, conn);
		return NULL;
	}
	percpu_counter_inc(&nn->conn_count);

	if (!nfvs_conn_is_template(conn))
		nfvs_fast_expect(nn->fast, conn);
	if (unlikely(nfvs_conn_is_hairpin(conn)))
		other = nfvs_hairpin_insert_rcu(nn, conn);
	else
		other = nfvs_conn_table_insert_rcu(nn->conns, conn);
	if (other) {
		nfvs_conn_withdraw(nn, conn);
		if (IS_ERR(other)) {
			nfvs_count_drop(nn, pkt, NO_PORT);
			return NULL;
		}
		nfvs_count(nn, CONN_RACE);
		return other;
	}

	if (nfvs_conn_is_template(conn)) {
		nfvs_count(nn, TEMPLATE_CREATED);
		/* Counted before the reaper's bit is read; a connection's load orders that. */
		smp_mb();
	} else {
		nfvs_dest_load_changed(dest);
		nfvs_dest_count_conn(dest);
		nfvs_count(nn, CONN_CREATED);
	}
	nfvs_reap_arm(nn);
	/* A table that is too large can wait for the reaper. */
	if (unlikely(NFVS_DIRS * percpu_counter_read_positive(&nn->conn_count) >
		     nfvs_conn_table_buckets_rcu(nn->conns)))
		nfvs_conn_fit_table(nn);
	return conn;
}

/**
 * nfvs_conn_kill() - end a connection now
 * @nn: namespace
 * @conn: the connection
 *
 * Its tuple is free on return; the memory goes later.
 *
 * Context: bottom halves disabled, rcu_read_lock() held, @conn->lock not held.
 * Return: false if somebody else has ended it.
 */
bool nfvs_conn_kill(struct nfvs_net *nn, struct nfvs_conn *conn)
{
	bool killed;

	spin_lock(&conn->lock);
	killed = nfvs_conn_kill_locked(nn, conn);
	spin_unlock(&conn->lock);

	if (killed)
		nfvs_conn_killed(nn, conn);
	return killed;
}

/**
 * nfvs_conn_learn_hop() - keep the way that a reply of a connection takes
 * @nn: namespace
 * @conn: the connection
 * @dst: route of the reply
 *
 * Does nothing where one is kept that is as good.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_conn_learn_hop(struct nfvs_net *nn, struct nfvs_conn *conn, struct dst_entry *dst)
{
	struct nfvs_hop *hop = rcu_dereference(conn->hop);

	if (hop && !READ_ONCE(hop->gone) && nfvs_way_valid(&hop->way))
		return;
	hop = nfvs_hop_get(&nn->fast->hops, dst, nfvs_conn_caddr(conn));
	if (!hop)
		return;
	hop = unrcu_pointer(xchg(&conn->hop, RCU_INITIALIZER(hop)));
	if (hop)
		nfvs_hop_put(hop);
}

/**
 * nfvs_conn_set_timeout_locked() - change how long a connection may idle
 * @nn: namespace
 * @conn: a published connection; its lock is held
 * @timeout: jiffies
 *
 * Context: bottom halves disabled.
 */
void nfvs_conn_set_timeout_locked(struct nfvs_net *nn, struct nfvs_conn *conn, u32 timeout)
{
	bool sooner = timeout < conn->timeout;

	lockdep_assert_held(&conn->lock);
	WRITE_ONCE(conn->timeout, timeout);
	if (sooner)
		nfvs_conn_wheel_advance(nn->conns, conn);
}

/**
 * nfvs_conn_set_active_locked() - count a connection as active or inactive
 * @conn: a published connection; its lock is held
 * @active: which
 */
void nfvs_conn_set_active_locked(struct nfvs_conn *conn, bool active)
{
	s64 change;

	lockdep_assert_held(&conn->lock);
	if (conn->flags & NFVS_CONN_DEAD || active == !(conn->flags & NFVS_CONN_INACTIVE))
		return;
	change = -nfvs_conn_load(conn);
	WRITE_ONCE(conn->flags, conn->flags ^ NFVS_CONN_INACTIVE);
	change += nfvs_conn_load(conn);
	atomic64_add(change, &conn->dest->load);
	nfvs_group_mark(conn->dest);
}

/**
 * nfvs_conn_buckets() - size of the connection table
 * @nn: namespace
 *
 * Return: number of buckets, that of the smallest table before there is one.
 */
u32 nfvs_conn_buckets(const struct nfvs_net *nn)
{
	struct nfvs_conn_table *table = READ_ONCE(nn->conns);

	return BIT(table ? nfvs_conn_table_bits(table) : NFVS_CONN_BITS_MIN);
}

/**
 * nfvs_conn_net_init() - prepare a namespace for connections
 * @nn: namespace
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfvs_conn_net_init(struct nfvs_net *nn)
{
	u64 quarter_of_memory = ((u64)totalram_pages() << PAGE_SHIFT) / 4;

	INIT_DELAYED_WORK(&nn->reap_work, nfvs_conn_reap);
	INIT_WORK(&nn->resize_work, nfvs_conn_resize);
	INIT_WORK(&nn->free_work, nfvs_conn_free_ended);
	INIT_WORK(&nn->sweep_work, nfvs_conn_sweep);
	nn->conn_max = min_t(u64, div_u64(quarter_of_memory, sizeof(struct nfvs_conn)),
			     BIT(NFVS_CONN_BITS_MAX));
	return percpu_counter_init(&nn->conn_count, 0, GFP_KERNEL);
}

/**
 * nfvs_conn_net_enable() - give a namespace its table, if it has none
 * @nn: namespace; its cfg_lock is held
 *
 * Before the hooks that use it are registered.
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfvs_conn_net_enable(struct nfvs_net *nn)
{
	struct nfvs_conn_table *table;
	struct nfvs_fast *fast;

	lockdep_assert_held(&nn->cfg_lock);
	if (nn->conns)
		return 0;
	table = nfvs_conn_table_alloc();
	if (!table)
		return -ENOMEM;
	fast = nfvs_fast_alloc();
	if (!fast) {
		nfvs_conn_table_free(table);
		return -ENOMEM;
	}
	/* For who is told of devices; pairs with smp_load_acquire() there. */
	smp_store_release(&nn->fast, fast);
	/* For who reads connections; the address that is read orders it. */
	smp_store_release(&nn->conns, table);
	return 0;
}

/**
 * nfvs_conn_net_exit() - end all connections of a namespace
 * @nn: namespace; its hooks are gone and a grace period has passed
 *
 * Context: process context, may sleep, without cfg_lock.
 */
void nfvs_conn_net_exit(struct nfvs_net *nn)
{
	cancel_work_sync(&nn->sweep_work);
	cancel_delayed_work_sync(&nn->reap_work);
	cancel_work_sync(&nn->resize_work);
	if (nn->conns) {
		nfvs_conn_wheel_drain(nn->conns, nn, nfvs_conn_look_last);
		/* Nobody reads any more: no grace period of its own for each namespace. */
		cancel_work_sync(&nn->free_work);
		nfvs_conn_free_list(nn, llist_del_all(&nn->ended));
		WARN_ON_ONCE(percpu_counter_sum(&nn->conn_count));
		nfvs_conn_table_free(nn->conns);
	}
	nfvs_fast_free(nn->fast);
	percpu_counter_destroy(&nn->conn_count);
}

/**
 * nfvs_conn_module_init() - make what all namespaces share: slab caches, workqueue
 *
 * Return: 0 or -ENOMEM.
 */
int __init nfvs_conn_module_init(void)
{
	nfvs_conn4_cache = kmem_cache_create("nfvs_conn4", offsetofend(struct nfvs_conn, v4),
					     NFVS_CONN_ALIGN, SLAB_HWCACHE_ALIGN, NULL);
	if (!nfvs_conn4_cache)
		return -ENOMEM;
	nfvs_conn6_cache = kmem_cache_create("nfvs_conn6", offsetofend(struct nfvs_conn, v6),
					     NFVS_CONN_ALIGN, SLAB_HWCACHE_ALIGN, NULL);
	if (!nfvs_conn6_cache)
		goto err_conn4;
	nfvs_conn_wq = alloc_workqueue("nfvs", WQ_UNBOUND, 0);
	if (!nfvs_conn_wq)
		goto err_conn6;
	return 0;

err_conn6:
	kmem_cache_destroy(nfvs_conn6_cache);
err_conn4:
	kmem_cache_destroy(nfvs_conn4_cache);
	return -ENOMEM;
}

/**
 * nfvs_conn_module_exit() - undo nfvs_conn_module_init()
 *
 * Context: process context; all namespaces are done and rcu_barrier() has returned.
 */
void nfvs_conn_module_exit(void)
{
	destroy_workqueue(nfvs_conn_wq);
	kmem_cache_destroy(nfvs_conn6_cache);
	kmem_cache_destroy(nfvs_conn4_cache);
}
