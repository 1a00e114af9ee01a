// SPDX-License-Identifier: GPL-2.0-only
/* The resizable hash table of connections; conn_table.h says how it works. */

#include <linux/bitrev.h>
#include <linux/gfp.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/rculist_nulls.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <net/ipv6.h>

#include "obj/conn_table.h"
#include "obj/pages.h"

static unsigned long nfvs_end_marker(const struct nfvs_conn_buckets *b, u32 slot)
{
	return (unsigned long)slot << 1 | b->parity;
}

/* Buckets in a chunk: 32 KiB are what the kernel clears in one go, in a table of any size. */
#define NFVS_CHUNK_BUCKETS (max_t(size_t, SZ_32K, PAGE_SIZE) / sizeof(struct hlist_nulls_head))

/* A table that finds no memory stays as it is for a while: no reason for messages or victims. */
#define NFVS_BUCKETS_GFP (GFP_KERNEL | __GFP_NOWARN | __GFP_RETRY_MAYFAIL)

static __always_inline struct hlist_nulls_head *nfvs_bucket(const struct nfvs_conn_buckets *b,
							    u32 slot)
{
	return &b->chunk[slot / NFVS_CHUNK_BUCKETS][slot % NFVS_CHUNK_BUCKETS];
}

static u32 nfvs_buckets_chunks(u32 bits)
{
	return DIV_ROUND_UP(BIT(bits), NFVS_CHUNK_BUCKETS);
}

static size_t nfvs_chunk_size(u32 bits)
{
	return min_t(size_t, BIT(bits), NFVS_CHUNK_BUCKETS) * sizeof(struct hlist_nulls_head);
}

/*
 * All goes back page by page.  With a piece of several pages the allocator of 6.1 also hands on all
 * else that it has gathered, thousands of pages in one go (nr_pcp_free() in mm/page_alloc.c).
 */
static void nfvs_chunk_free(struct hlist_nulls_head *chunk, size_t size)
{
	if (is_vmalloc_addr(chunk)) {
		vfree(chunk);
		cond_resched();
		return;
	}
	nfvs_pages_pause(virt_to_page(chunk));
	free_pages_exact(chunk, size);
}

static void nfvs_buckets_free(struct nfvs_conn_buckets *b)
{
	u32 i, chunks = nfvs_buckets_chunks(b->bits);

	for (i = 0; i < chunks && b->chunk[i]; i++)
		nfvs_chunk_free(b->chunk[i], nfvs_chunk_size(b->bits));
	kvfree(b);
}

static bool nfvs_buckets_add_chunk(struct nfvs_conn_buckets *b, u32 number)
{
	u32 i, first = number * NFVS_CHUNK_BUCKETS;
	size_t size = nfvs_chunk_size(b->bits);
	struct hlist_nulls_head *chunk;

	chunk = alloc_pages_exact(size, NFVS_BUCKETS_GFP);
	/* There may be pages enough, but none beside each other. */
	if (!chunk)
		chunk = __vmalloc(size, NFVS_BUCKETS_GFP);
	if (!chunk)
		return false;
	for (i = 0; i < NFVS_CHUNK_BUCKETS && i <= b->mask; i++)
		INIT_HLIST_NULLS_HEAD(&chunk[i], nfvs_end_marker(b, first + i));
	b->chunk[number] = chunk;
	return true;
}

static struct nfvs_conn_buckets *nfvs_buckets_alloc(u32 bits, u32 parity)
{
	u32 i, chunks = nfvs_buckets_chunks(bits);
	struct nfvs_conn_buckets *b;
	size_t size = struct_size(b, chunk, chunks);

	b = size > PAGE_SIZE ? __vmalloc(size, NFVS_BUCKETS_GFP | __GFP_ZERO) :
			       kzalloc(size, NFVS_BUCKETS_GFP);
	if (!b)
		return NULL;

	b->bits = bits;
	b->mask = BIT(bits) - 1;
	b->parity = parity;
	RCU_INIT_POINTER(b->future, NULL);
	for (i = 0; i < chunks; i++) {
		if (!nfvs_buckets_add_chunk(b, i)) {
			nfvs_buckets_free(b);
			return NULL;
		}
		cond_resched();
	}
	return b;
}

/**
 * nfvs_conn_table_alloc() - make an empty table of the smallest size
 *
 * Context: process context, may sleep.
 * Return: the table, or NULL without memory.
 */
struct nfvs_conn_table *nfvs_conn_table_alloc(void)
{
	struct nfvs_conn_table *table;
	struct nfvs_conn_buckets *b;
	u32 i;

	table = kvzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return NULL;
	b = nfvs_buckets_alloc(NFVS_CONN_BITS_MIN, 0);
	if (!b) {
		kvfree(table);
		return NULL;
	}

	get_random_bytes(&table->key, sizeof(table->key));
	RCU_INIT_POINTER(table->buckets, b);
	mutex_init(&table->resize_lock);
	for (i = 0; i < NFVS_CONN_STRIPES; i++)
		spin_lock_init(&table->stripe[i].lock);
	nfvs_conn_wheel_init(table);
	return table;
}

/**
 * nfvs_conn_table_free() - free an empty table
 * @table: the table; nobody reads it any more
 *
 * Context: process context, may sleep.
 */
void nfvs_conn_table_free(struct nfvs_conn_table *table)
{
	struct nfvs_conn_buckets *b;

	if (!table)
		return;
	mutex_lock(&table->resize_lock);
	b = rcu_dereference_protected(table->buckets, lockdep_is_held(&table->resize_lock));
	nfvs_buckets_free(b);
	mutex_unlock(&table->resize_lock);
	mutex_destroy(&table->resize_lock);
	kvfree(table);
}

/**
 * nfvs_conn_table_bits() - log2 of the number of buckets
 * @table: the table
 *
 * Context: any.
 */
u32 nfvs_conn_table_bits(struct nfvs_conn_table *table)
{
	u32 bits;

	rcu_read_lock();
	bits = rcu_dereference(table->buckets)->bits;
	rcu_read_unlock();
	return bits;
}

static struct nfvs_stripe *nfvs_stripe(struct nfvs_conn_table *table, u32 hash)
{
	return &table->stripe[hash & (NFVS_CONN_STRIPES - 1)];
}

static spinlock_t *nfvs_hash_lock(struct nfvs_conn_table *table, u32 hash)
{
	return &nfvs_stripe(table, hash)->lock;
}

/*
 * Move the first node of a chain to the new table.  Order matters to readers, who hold no
 * lock: the node is reachable from the new chain before it leaves the old one, so it is found
 * in one of them at any time.  A reader standing on the node meanwhile is led into the new
 * chain, meets its marker and starts again.
 */
static void nfvs_move_first(struct hlist_nulls_head *from, struct hlist_nulls_head *to)
{
	struct hlist_nulls_node *node = from->first;
	struct hlist_nulls_node *rest = node->next;
	struct hlist_nulls_node *first = to->first;

	WRITE_ONCE(node->next, first);
	if (!is_a_nulls(first))
		WRITE_ONCE(first->pprev, &node->next);
	WRITE_ONCE(node->pprev, &to->first);
	rcu_assign_pointer(hlist_nulls_first_rcu(to), node);

	if (!is_a_nulls(rest))
		WRITE_ONCE(rest->pprev, &from->first);
	/* Pairs with smp_rmb() in nfvs_conn_table_find_rcu(). */
	smp_store_release(&from->first, rest);
}

static void nfvs_move_bucket(struct nfvs_conn_table *table, struct nfvs_conn_buckets *old,
			     struct nfvs_conn_buckets *new, u32 slot)
{
	struct hlist_nulls_head *from = nfvs_bucket(old, slot);
	spinlock_t *lock = nfvs_hash_lock(table, slot);

	spin_lock_bh(lock);
	while (!is_a_nulls(from->first)) {
		const struct nfvs_conn_node *node =
			hlist_nulls_entry(from->first, struct nfvs_conn_node, nulls);

		nfvs_move_first(from, nfvs_bucket(new, nfvs_node_hash(node) & new->mask));
	}
	spin_unlock_bh(lock);
}

/**
 * nfvs_conn_table_resize() - give the table another number of buckets
 * @table: the table
 * @bits: log2 of that number, NFVS_CONN_BITS_MIN to NFVS_CONN_BITS_MAX
 *
 * Lookups and changes go on meanwhile; each bucket is locked while it moves.
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM and nothing changed.
 */
int nfvs_conn_table_resize(struct nfvs_conn_table *table, u32 bits)
{
	struct nfvs_conn_buckets *old, *new;
	u32 slot;

	mutex_lock(&table->resize_lock);
	old = rcu_dereference_protected(table->buckets, lockdep_is_held(&table->resize_lock));
	new = nfvs_buckets_alloc(bits, !old->parity);
	if (!new) {
		mutex_unlock(&table->resize_lock);
		return -ENOMEM;
	}

	/*
	 * From here on whoever takes a hash lock inserts into @new.  Those who took one before
	 * and saw no future are done when their bucket is moved, under the same lock.
	 */
	rcu_assign_pointer(old->future, new);
	/* No bucket is emptied before readers can see where it went; pairs with smp_rmb(). */
	smp_wmb();
	for (slot = 0; slot <= old->mask; slot++) {
		nfvs_move_bucket(table, old, new, slot);
		cond_resched();
	}

	rcu_assign_pointer(table->buckets, new);
	mutex_unlock(&table->resize_lock);

	synchronize_rcu();
	nfvs_buckets_free(old);
	return 0;
}

static __always_inline u32 nfvs_hash4(const struct nfvs_conn_table *table, __be32 src, __be32 dst,
				      __be16 sport, __be16 dport)
{
	u64 first = (u64)(__force u32)src << 16 | (__force u16)sport;
	u64 second = (u64)(__force u32)dst << 16 | (__force u16)dport;

	if (first > second)
		swap(first, second);
	return hsiphash_3u32(first >> 16, second >> 16, (u32)first << 16 | (u16)second,
			     &table->key);
}

static u32 nfvs_hash6(const struct nfvs_conn_table *table, const struct in6_addr *src,
		      const struct in6_addr *dst, __be16 sport, __be16 dport)
{
	struct {
		struct in6_addr first;
		struct in6_addr second;
		u32 ports;
	} __aligned(HSIPHASH_ALIGNMENT) key;
	u16 first_port = (__force u16)sport, second_port = (__force u16)dport;
	int order = ipv6_addr_cmp(src, dst);

	key.first = order > 0 ? *dst : *src;
	key.second = order > 0 ? *src : *dst;
	if (order ? order > 0 : first_port > second_port)
		swap(first_port, second_port);
	key.ports = (u32)first_port << 16 | second_port;
	return hsiphash(&key, offsetofend(typeof(key), ports), &table->key);
}

/**
 * nfvs_conn_table_hash() - keyed hash of a tuple
 * @table: has the key
 * @tuple: addresses and ports; tuples that differ in the protocol alone are few
 *
 * It is the same for the tuple turned round.
 *
 * Context: any.
 * Return: the hash.
 */
u32 nfvs_conn_table_hash(const struct nfvs_conn_table *table, const struct nfvs_tuple *tuple)
{
	if (nfvs_tuple_is_v6(tuple))
		return nfvs_hash6(table, &tuple->src.in6, &tuple->dst.in6, tuple->sport,
				  tuple->dport);
	return nfvs_hash4(table, tuple->src.ip, tuple->dst.ip, tuple->sport, tuple->dport);
}

static __be16 nfvs_reply_port(const struct nfvs_conn *conn)
{
	return nfvs_conn_is_hairpin(conn) ? nfvs_conn_lport(conn) : conn->cport;
}

static __always_inline bool nfvs_same_addr(const union nf_inet_addr *one, const void *other,
					   bool v6)
{
	return v6 ? ipv6_addr_equal(&one->in6, other) : one->ip == *(const __be32 *)other;
}

static __always_inline bool nfvs_conn_has_addrs(const struct nfvs_conn *conn, u8 dir,
						const union nf_inet_addr *src,
						const union nf_inet_addr *dst, bool v6)
{
	const void *caddr = v6 ? (const void *)&conn->v6.caddr : &conn->v4.caddr;
	const void *vaddr = v6 ? (const void *)&conn->v6.vaddr : &conn->v4.vaddr;
	const void *daddr = v6 ? (const void *)&conn->v6.daddr : &conn->v4.daddr;

	if (dir == NFVS_DIR_REQUEST)
		return nfvs_same_addr(src, caddr, v6) && nfvs_same_addr(dst, vaddr, v6);
	return nfvs_same_addr(src, daddr, v6) && nfvs_same_addr(dst, caddr, v6);
}

static __always_inline bool nfvs_conn_has_ports(const struct nfvs_conn *conn, u8 dir, __be16 sport,
						__be16 dport)
{
	if (dir == NFVS_DIR_REQUEST)
		return sport == conn->cport && dport == conn->vport;
	return sport == conn->dport && dport == conn->cport;
}

/* What the real server answers is for the virtual address and a port of its own there. */
static bool nfvs_hairpin_has_reply(const struct nfvs_conn *conn, const struct nfvs_tuple *tuple)
{
	bool v6 = nfvs_tuple_is_v6(tuple);

	return tuple->sport == conn->dport && tuple->dport == nfvs_conn_lport(conn) &&
	       nfvs_same_addr(&tuple->src, nfvs_conn_daddr(conn), v6) &&
	       nfvs_same_addr(&tuple->dst, nfvs_conn_vaddr(conn), v6);
}

static bool nfvs_conn_matches(const struct nfvs_conn *conn, u8 dir, const struct nfvs_tuple *tuple)
{
	if (tuple->proto != conn->proto || tuple->af != conn->af ||
	    tuple->template != nfvs_conn_is_template(conn))
		return false;
	if (dir == NFVS_DIR_REPLY && unlikely(nfvs_conn_is_hairpin(conn)))
		return nfvs_hairpin_has_reply(conn, tuple);
	if (!nfvs_conn_has_ports(conn, dir, tuple->sport, tuple->dport))
		return false;
	return nfvs_tuple_is_v6(tuple) ?
		       nfvs_conn_has_addrs(conn, dir, &tuple->src, &tuple->dst, true) :
		       nfvs_conn_has_addrs(conn, dir, &tuple->src, &tuple->dst, false);
}

/*
 * Replies without NAT do not pass the director, unless the real server is the director itself or
 * has it for its gateway.  They come from the service's address: the request turned round.  Few
 * packets get here: out of the others' way.
 */
static noinline bool nfvs_conn_is_answered_by(const struct nfvs_conn *conn,
					      const struct nfvs_tuple *tuple)
{
	struct nfvs_tuple turned = *tuple;

	nfvs_tuple_turn_round(&turned);
	return !tuple->template && !nfvs_conn_has_reply(conn) &&
	       nfvs_conn_matches(conn, NFVS_DIR_REQUEST, &turned);
}

static struct nfvs_conn *nfvs_buckets_find(const struct nfvs_conn_buckets *b,
					   const struct nfvs_tuple *tuple, enum nfvs_dir *dir)
{
	struct nfvs_conn *answered = NULL;
	u32 slot = tuple->hash & b->mask;
	struct hlist_nulls_node *pos;
	struct nfvs_conn_node *node;

	do {
		hlist_nulls_for_each_entry_rcu(node, pos, nfvs_bucket(b, slot), nulls) {
			struct nfvs_conn *conn;

			if (nfvs_node_hash(node) != tuple->hash)
				continue;
			conn = nfvs_node_conn(node);
			if (nfvs_conn_matches(conn, nfvs_node_dir(node), tuple)) {
				*dir = nfvs_node_dir(node);
				return conn;
			}
			if (nfvs_conn_is_answered_by(conn, tuple))
				answered = conn;
		}
	} while (get_nulls_value(pos) != nfvs_end_marker(b, slot));
	*dir = NFVS_DIR_REPLY;
	return answered;
}

/**
 * nfvs_conn_table_find_rcu() - find the connection that a tuple belongs to
 * @table: the table
 * @tuple: as on the wire, with its hash
 * @dir: set to the direction if found
 *
 * Context: rcu_read_lock() held, or the lock of the hash.
 * Return: the connection, or NULL.
 */
struct nfvs_conn *nfvs_conn_table_find_rcu(const struct nfvs_conn_table *table,
					   const struct nfvs_tuple *tuple, enum nfvs_dir *dir)
{
	const struct nfvs_conn_buckets *b = rcu_dereference(table->buckets);

	do {
		struct nfvs_conn *conn = nfvs_buckets_find(b, tuple, dir);

		if (conn)
			return conn;
		/*
		 * Whoever saw a bucket without a node that moved must see where to, and the
		 * node there: pairs with smp_wmb() in nfvs_conn_table_resize() and
		 * smp_store_release() in nfvs_move_first().
		 */
		smp_rmb();
		b = rcu_dereference(b->future);
	} while (b);
	return NULL;
}

static __always_inline struct nfvs_conn_node *nfvs_find_usual(const struct nfvs_conn_table *table,
							      const union nf_inet_addr *src,
							      const union nf_inet_addr *dst,
							      __be16 sport, __be16 dport, u8 proto,
							      bool v6)
{
	u32 hash = v6 ? nfvs_hash6(table, &src->in6, &dst->in6, sport, dport) :
			nfvs_hash4(table, src->ip, dst->ip, sport, dport);
	const struct nfvs_conn_buckets *b = rcu_dereference(table->buckets);
	struct hlist_nulls_node *pos;
	struct nfvs_conn_node *node;

	hlist_nulls_for_each_entry_rcu(node, pos, nfvs_bucket(b, hash & b->mask), nulls) {
		const struct nfvs_conn *conn;

		if (nfvs_node_hash(node) != hash)
			continue;
		conn = nfvs_node_conn(node);
		if (conn->proto == proto && conn->af == (v6 ? AF_INET6 : AF_INET) &&
		    nfvs_conn_has_ports(conn, nfvs_node_dir(node), sport, dport) &&
		    nfvs_conn_has_addrs(conn, nfvs_node_dir(node), src, dst, v6))
			return node;
	}
	return NULL;
}

/**
 * nfvs_conn_table_find4_rcu() - look for the connection of a packet where it usually is
 * @table: the table
 * @src: source of the packet, as on the wire, like all that follows
 * @dst: destination
 * @sport: source port
 * @dport: destination port
 * @proto: protocol
 *
 * Not found are those that move just now to a table of another size, and replies of connections
 * that have the same addresses in both directions or are their own client.  Found may be a
 * template.
 *
 * Context: rcu_read_lock() held.
 * Return: the node of a connection, for nfvs_node_conn(), or NULL.
 */
const struct nfvs_conn_node *nfvs_conn_table_find4_rcu(const struct nfvs_conn_table *table,
						       const __be32 *src, const __be32 *dst,
						       __be16 sport, __be16 dport, u8 proto)
{
	return nfvs_find_usual(table, (const union nf_inet_addr *)src,
			       (const union nf_inet_addr *)dst, sport, dport, proto, false);
}

/**
 * nfvs_conn_table_find6_rcu() - as nfvs_conn_table_find4_rcu(), for IPv6
 * @table: the table
 * @src: source of the packet
 * @dst: destination
 * @sport: source port
 * @dport: destination port
 * @proto: protocol
 *
 * Context: rcu_read_lock() held.
 * Return: the node of a connection, for nfvs_node_conn(), or NULL.
 */
const struct nfvs_conn_node *nfvs_conn_table_find6_rcu(const struct nfvs_conn_table *table,
						       const struct in6_addr *src,
						       const struct in6_addr *dst, __be16 sport,
						       __be16 dport, u8 proto)
{
	return nfvs_find_usual(table, (const union nf_inet_addr *)src,
			       (const union nf_inet_addr *)dst, sport, dport, proto, true);
}

static struct nfvs_conn_buckets *nfvs_newest_buckets(const struct nfvs_conn_table *table)
{
	struct nfvs_conn_buckets *b = rcu_dereference(table->buckets);
	struct nfvs_conn_buckets *future;

	while ((future = rcu_dereference(b->future)))
		b = future;
	return b;
}

/**
 * struct nfvs_both_locks - the locks of both directions of a connection
 * @first: that of the lower address
 * @second: the other one, or NULL if one lock serves both
 */
struct nfvs_both_locks {
	spinlock_t *first;
	spinlock_t *second;
};

/* To sparse, which cannot follow a lock that may not be taken, the two are one. */
static __always_inline struct nfvs_both_locks nfvs_lock_both(struct nfvs_conn_table *table,
							     const struct nfvs_conn *conn)
	__acquires(table)
{
	spinlock_t *request = nfvs_hash_lock(table, conn->hash[NFVS_DIR_REQUEST]);
	spinlock_t *reply = nfvs_hash_lock(table, conn->hash[NFVS_DIR_REPLY]);
	struct nfvs_both_locks both = { .first = min(request, reply) };

	spin_lock(both.first);
	if (request != reply) {
		both.second = max(request, reply);
		spin_lock_nested(both.second, SINGLE_DEPTH_NESTING);
		__release(both.second);
	}
	return both;
}

static __always_inline void nfvs_unlock_both(struct nfvs_conn_table *table,
					     struct nfvs_both_locks both) __releases(table)
{
	if (both.second) {
		__acquire(both.second);
		spin_unlock(both.second);
	}
	spin_unlock(both.first);
}

/**
 * nfvs_conn_tuple() - what packets of a connection are found by
 * @conn: the connection
 * @dir: their direction
 * @tuple: result
 */
void nfvs_conn_tuple(const struct nfvs_conn *conn, enum nfvs_dir dir, struct nfvs_tuple *tuple)
{
	bool request = dir == NFVS_DIR_REQUEST;
	bool hairpin = nfvs_conn_is_hairpin(conn);

	memset(tuple, 0, sizeof(*tuple));
	tuple->af = conn->af;
	tuple->proto = conn->proto;
	tuple->template = nfvs_conn_is_template(conn);
	tuple->sport = request ? conn->cport : conn->dport;
	tuple->dport = request ? conn->vport : nfvs_reply_port(conn);
	if (conn->af == AF_INET6) {
		tuple->src.in6 = request ? conn->v6.caddr : conn->v6.daddr;
		tuple->dst.in6 = request || hairpin ? conn->v6.vaddr : conn->v6.caddr;
	} else {
		tuple->src.ip = request ? conn->v4.caddr : conn->v4.daddr;
		tuple->dst.ip = request || hairpin ? conn->v4.vaddr : conn->v4.caddr;
	}
}

static u32 nfvs_reply_hash(const struct nfvs_conn_table *table, const struct nfvs_conn *conn)
{
	bool hairpin = nfvs_conn_is_hairpin(conn);

	if (conn->af == AF_INET6)
		return nfvs_hash6(table, &conn->v6.daddr,
				  hairpin ? &conn->v6.vaddr : &conn->v6.caddr, conn->dport,
				  nfvs_reply_port(conn));
	return nfvs_hash4(table, conn->v4.daddr, hairpin ? conn->v4.vaddr : conn->v4.caddr,
			  conn->dport, nfvs_reply_port(conn));
}

static void nfvs_conn_set_reply_hash(const struct nfvs_conn_table *table, struct nfvs_conn *conn)
{
	/* Without replies there is one node, and one lock to take. */
	conn->hash[NFVS_DIR_REPLY] = nfvs_conn_has_reply(conn) ? nfvs_reply_hash(table, conn) :
								 conn->hash[NFVS_DIR_REQUEST];
}

/* Whether replies of a connection could not be told from packets of another one. */
static noinline bool nfvs_reply_is_known(const struct nfvs_conn_table *table,
					 const struct nfvs_conn *conn)
{
	struct nfvs_tuple tuple;
	enum nfvs_dir dir;

	nfvs_conn_tuple(conn, NFVS_DIR_REPLY, &tuple);
	tuple.hash = conn->hash[NFVS_DIR_REPLY];
	return nfvs_conn_table_find_rcu(table, &tuple, &dir);
}

/*
 * Whether some node has a hash.  Under its lock nothing comes to its chain of any generation: if
 * none has it, as is usual, there is no tuple to compare.  Without it one that moves may be missed.
 */
static __always_inline bool nfvs_hash_is_known(const struct nfvs_conn_table *table, u32 hash)
{
	const struct nfvs_conn_buckets *b;
	const struct nfvs_conn_node *node;
	struct hlist_nulls_node *pos;

	for (b = rcu_dereference(table->buckets); b; b = rcu_dereference(b->future))
		hlist_nulls_for_each_entry_rcu(node, pos, nfvs_bucket(b, hash & b->mask), nulls)
			if (nfvs_node_hash(node) == hash)
				return true;
	return false;
}

/**
 * nfvs_conn_table_is_new_rcu() - whether a packet is of no connection
 * @table: the table
 * @tuple: the packet's; gets its hash
 *
 * A hint: nfvs_conn_table_insert_rcu() looks once more.
 *
 * Context: rcu_read_lock() held.
 * Return: true if probably no connection has that hash.
 */
bool nfvs_conn_table_is_new_rcu(const struct nfvs_conn_table *table, struct nfvs_tuple *tuple)
{
	tuple->hash = nfvs_conn_table_hash(table, tuple);
	return !nfvs_hash_is_known(table, tuple->hash);
}

/* The connection that packets of a new one would have been found to belong to. */
static noinline struct nfvs_conn *nfvs_find_request(const struct nfvs_conn_table *table,
						    const struct nfvs_conn *conn)
{
	struct nfvs_tuple tuple;
	struct nfvs_conn *other;
	enum nfvs_dir dir;

	nfvs_conn_tuple(conn, NFVS_DIR_REQUEST, &tuple);
	tuple.hash = conn->hash[NFVS_DIR_REQUEST];
	other = nfvs_conn_table_find_rcu(table, &tuple, &dir);
	return other && dir == NFVS_DIR_REQUEST ? other : NULL;
}

static __always_inline void nfvs_conn_table_add_rcu(const struct nfvs_conn_table *table,
						    struct nfvs_conn *conn)
{
	struct nfvs_conn_buckets *b = nfvs_newest_buckets(table);
	u32 request = conn->hash[NFVS_DIR_REQUEST] & b->mask;
	u32 reply = conn->hash[NFVS_DIR_REPLY] & b->mask;

	hlist_nulls_add_head_rcu(&conn->node[NFVS_DIR_REQUEST].nulls, nfvs_bucket(b, request));
	if (nfvs_conn_has_reply(conn))
		hlist_nulls_add_head_rcu(&conn->node[NFVS_DIR_REPLY].nulls, nfvs_bucket(b, reply));
}

/* In the table means to be on the wheel soon: nothing can be found that will never end. */
static void nfvs_stripe_expect(struct nfvs_conn_table *table, struct nfvs_conn *conn)
{
	struct nfvs_stripe *stripe = nfvs_stripe(table, conn->hash[NFVS_DIR_REQUEST]);

	lockdep_assert_held(&stripe->lock);
	conn->wheel.next = stripe->fresh;
	WRITE_ONCE(stripe->fresh, &conn->wheel);
}

/**
 * nfvs_conn_table_insert_rcu() - publish a connection, and have the wheel take it in
 * @table: the table
 * @conn: the connection, all of it set but the hash of its replies
 *
 * Two first packets of one connection may race: the later one finds the connection of the
 * earlier.  Reply tuples may coincide (a client that uses one port towards two virtual
 * services which share a real server); the youngest is found first, as in ip_vs.  That of a hairpin
 * connection is made here, and so can be made another one.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: NULL if @conn is in, else the connection that was there before; or an ERR_PTR,
 *	-EADDRINUSE, if the port of a hairpin connection is in use.
 */
struct nfvs_conn *nfvs_conn_table_insert_rcu(struct nfvs_conn_table *table, struct nfvs_conn *conn)
{
	struct nfvs_conn *other = NULL;
	struct nfvs_both_locks both;

	nfvs_conn_set_reply_hash(table, conn);

	both = nfvs_lock_both(table, conn);
	if (unlikely(nfvs_hash_is_known(table, conn->hash[NFVS_DIR_REQUEST])))
		other = nfvs_find_request(table, conn);
	if (!other && unlikely(nfvs_conn_is_hairpin(conn)) && nfvs_reply_is_known(table, conn))
		other = ERR_PTR(-EADDRINUSE);
	if (likely(!other)) {
		nfvs_conn_table_add_rcu(table, conn);
		nfvs_stripe_expect(table, conn);
	}
	nfvs_unlock_both(table, both);
	return other;
}

/**
 * nfvs_conn_table_remove_rcu() - take a connection out of the table
 * @table: the table
 * @conn: a connection that is in it
 *
 * Readers may go on using @conn until they let go of RCU.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_conn_table_remove_rcu(struct nfvs_conn_table *table, struct nfvs_conn *conn)
{
	struct nfvs_both_locks both = nfvs_lock_both(table, conn);

	hlist_nulls_del_rcu(&conn->node[NFVS_DIR_REQUEST].nulls);
	if (nfvs_conn_has_reply(conn))
		hlist_nulls_del_rcu(&conn->node[NFVS_DIR_REPLY].nulls);
	nfvs_unlock_both(table, both);
}

/* The bucket after this one, of those that @mask has room for, with their bits reversed. */
static u32 nfvs_next_bucket(u32 bucket, u32 mask)
{
	return bitrev32(bitrev32(bucket | ~mask) + 1);
}

/**
 * struct nfvs_collection - connections found in a bucket
 * @skip: how many more to pass over
 * @found: room for @max
 * @count: how many are in, or would be
 * @max: room
 */
struct nfvs_collection {
	u32 skip;
	struct nfvs_conn **found;
	u32 count;
	u32 max;
};

static void nfvs_collect_bucket(const struct nfvs_conn_buckets *b, u32 bucket,
				struct nfvs_collection *c)
{
	struct hlist_nulls_node *pos;
	struct nfvs_conn_node *node;

	hlist_nulls_for_each_entry_rcu(node, pos, nfvs_bucket(b, bucket & b->mask), nulls) {
		if (nfvs_node_dir(node) != NFVS_DIR_REQUEST)
			continue;
		if (c->skip) {
			c->skip--;
			continue;
		}
		if (c->count < c->max)
			c->found[c->count] = nfvs_node_conn(node);
		c->count++;
	}
}

/**
 * nfvs_conn_table_collect_rcu() - connections of one bucket, in whichever generations it is
 * @table: the table
 * @bucket: low bits of a hash, 0 for the first; moved on to the next one, 0 again after the last,
 *	but left where it is if there are more connections than @max
 * @skip: pass over so many
 * @found: receives connections, usable until rcu_read_unlock()
 * @max: how many at most
 *
 * Context: rcu_read_lock() held, bottom halves enabled.
 * Return: number of connections in @found.
 */
u32 nfvs_conn_table_collect_rcu(struct nfvs_conn_table *table, u32 *bucket, u32 skip,
				struct nfvs_conn **found, u32 max)
{
	struct nfvs_collection c = { .skip = skip, .found = found, .max = max };
	const struct nfvs_conn_buckets *b, *future;
	spinlock_t *lock = nfvs_hash_lock(table, *bucket);
	u32 few, many, at;

	/*
	 * The lock covers this bucket in all generations, and what it is split into: nothing
	 * moves in there meanwhile.
	 */
	spin_lock_bh(lock);
	b = rcu_dereference(table->buckets);
	future = rcu_dereference(b->future);
	few = future ? min(b->mask, future->mask) : b->mask;
	many = future ? max(b->mask, future->mask) : b->mask;
	at = *bucket & few;
	do {
		/* The smaller generation's bucket belongs to all, so it is looked at once. */
		if (b->mask == many || !(at & ~few))
			nfvs_collect_bucket(b, at, &c);
		if (future && (future->mask == many || !(at & ~few)))
			nfvs_collect_bucket(future, at, &c);
		at = nfvs_next_bucket(at, many);
	} while (at & (few ^ many));
	spin_unlock_bh(lock);

	if (c.count > max)
		return max;
	*bucket = nfvs_next_bucket(*bucket & few, few);
	return c.count;
}
