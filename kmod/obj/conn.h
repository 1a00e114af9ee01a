/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Connections and the table that holds them.
 *
 * A connection is found under RCU, without a reference: whoever holds rcu_read_lock() may use
 * what a lookup returned until he lets go of it.  A connection has one way to die: somebody
 * sets NFVS_CONN_DEAD and unhashes it (nfvs_conn_kill()), and later the reaper, which alone
 * takes connections off the wheel for good, drops its real server and frees it after a grace
 * period.
 *
 * A template is a connection of its own kind: packets never belong to it, it keeps a client at
 * its real server (obj/template.h).
 */
#ifndef NFVS_OBJ_CONN_H
#define NFVS_OBJ_CONN_H

#include <linux/in6.h>
#include <linux/jiffies.h>
#include <linux/list_nulls.h>
#include <linux/llist.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

#include "core/defense.h"
#include "nfvs.h"
#include "obj/dest.h"
#include "obj/hop.h"
#include "obj/packet.h"

/**
 * struct nfvs_conn_node - a connection's place in the table, one for each direction
 * @nulls: chain
 */
struct nfvs_conn_node {
	struct hlist_nulls_node nulls;
};

/* The conn->lock word: bits of nfvs_conn.flags. */
#define NFVS_CONN_INACTIVE BIT(0) /* counted as inactive at its real server */
#define NFVS_CONN_DEAD BIT(1) /* out of the table, waits for the reaper */
#define NFVS_CONN_TEMPLATE BIT(2) /* is a template; never changes */
#define NFVS_CONN_ASSURED BIT(3) /* has assured its template */
#define NFVS_CONN_TRACKED BIT(4) /* conntrack follows it (obj/track.h) */
#define NFVS_CONN_ANSWERED BIT(5) /* a reply has passed that need not have */
#define NFVS_CONN_HAIRPIN BIT(6) /* the client is its own real server; never changes */

/* A line of the cache, and what the memory of a connection is aligned to. */
#define NFVS_CONN_ALIGN 64

/**
 * struct nfvs_conn - a connection
 * @dest: its real server; is load of it, and holds a reference once it has ended
 * @hop: way to the client for the replies of NAT, or NULL; with a reference
 * @cport: client's port
 * @vport: virtual port
 * @dport: real server's port
 * @af: AF_INET or AF_INET6
 * @proto: IPPROTO_*
 * @fwd: &enum nfvs_fwd_method as it was at the real server when the connection was made
 * @state: protocol state
 * @flags: NFVS_CONN_*
 * @requests: packets of the client, NFVS_REQUESTS_MAX for that many and more
 * @seen: low word of jiffies at some packet at most NFVS_SEEN_GRAIN before the last one
 * @timeout: idle jiffies until it ends
 * @hash: keyed hash of each direction's tuple; compared before anything else
 * @node: the table's chains; [NFVS_DIR_REPLY] only when forwarded by NAT
 * @template: what it was made by, with a reference, or NULL
 * @users: of a template, in the same place: its connections, and itself until the reaper ends it
 * @wheel: place in the wheel, unhashed while somebody looks, and until the wheel takes it in.
 *	Under the wheel's lock, before that under &nfvs_stripe.lock.
 * @ended: in &nfvs_net.ended, which frees it; the wheel has let go by then
 * @lock: guards changes of @state, @flags and @timeout; nests outside the table's locks
 * @v4: addresses of an AF_INET connection, whose memory ends here.  The real server's is what NAT
 *	writes, zero with bypass and tunnels: nfvs_conn_daddr() tells it.  lport is the port at the
 *	virtual address by which a hairpin connection is known to the real server.
 * @v6: the same of an AF_INET6 connection
 *
 * All without a lock named is immutable once published.
 */
struct nfvs_conn {
	struct nfvs_dest *dest;
	struct nfvs_hop __rcu *hop;
	__be16 cport;
	__be16 vport;
	__be16 dport;
	u8 af;
	u8 proto;
	u8 fwd;

	u8 state;
	u8 flags;
	u8 requests;
	u32 seen;
	u32 timeout;
	u32 hash[NFVS_DIRS];
	struct nfvs_conn_node node[NFVS_DIRS];
	union {
		struct nfvs_conn *template;
		refcount_t users;
	};
	union {
		struct hlist_node wheel;
		struct llist_node ended;
	};
	spinlock_t lock;

	union {
		struct {
			__be32 caddr;
			__be32 vaddr;
			__be32 daddr;
			__be16 lport;
		} v4;
		struct {
			__be16 lport;
			struct in6_addr caddr __aligned(16);
			struct in6_addr vaddr;
			struct in6_addr daddr;
		} v6;
	};
} __aligned(NFVS_CONN_ALIGN);

/*
 * What packets of both directions read is in one line, IPv4's addresses are in the next one, IPv6's
 * in a third one: if it is the first in its chain, a packet reads two lines of its connection.  A
 * lock that is debugged takes more room.
 */
static_assert(offsetof(struct nfvs_conn, node[NFVS_DIR_REPLY]) == NFVS_CONN_ALIGN);
static_assert(sizeof(spinlock_t) > sizeof(u32) ||
	      (offsetofend(struct nfvs_conn, v4) <= 2 * NFVS_CONN_ALIGN &&
	       offsetof(struct nfvs_conn, v6.caddr) == 2 * NFVS_CONN_ALIGN));

/**
 * nfvs_node_dir() - the direction whose packets are found by a node
 * @node: one of &nfvs_conn.node; that of replies begins a line
 */
static inline enum nfvs_dir nfvs_node_dir(const struct nfvs_conn_node *node)
{
	return (unsigned long)node % NFVS_CONN_ALIGN ? NFVS_DIR_REQUEST : NFVS_DIR_REPLY;
}

/**
 * nfvs_node_conn() - the connection that has a node
 * @node: one of &nfvs_conn.node; both begin within its first line, or right after that
 */
static inline struct nfvs_conn *nfvs_node_conn(const struct nfvs_conn_node *node)
{
	return (struct nfvs_conn *)round_down((unsigned long)node - 1, NFVS_CONN_ALIGN);
}

/**
 * nfvs_node_hash() - the keyed hash that a node is in the table by
 * @node: one of &nfvs_conn.node
 */
static inline u32 nfvs_node_hash(const struct nfvs_conn_node *node)
{
	return nfvs_node_conn(node)->hash[nfvs_node_dir(node)];
}

/**
 * nfvs_conn_is_template() - whether it is a template and no connection of packets
 * @conn: the connection
 */
static inline bool nfvs_conn_is_template(const struct nfvs_conn *conn)
{
	return READ_ONCE(conn->flags) & NFVS_CONN_TEMPLATE;
}

/**
 * nfvs_conn_is_hairpin() - whether the client is the real server itself
 * @conn: the connection
 *
 * Then packets to the real server come from the virtual address: it would take those that seem to
 * come from itself for forged, and answer them to itself.
 */
static inline bool nfvs_conn_is_hairpin(const struct nfvs_conn *conn)
{
	return READ_ONCE(conn->flags) & NFVS_CONN_HAIRPIN;
}

/**
 * nfvs_conn_lport() - the port that packets of a hairpin connection to its real server come from
 * @conn: the connection
 */
static inline __be16 nfvs_conn_lport(const struct nfvs_conn *conn)
{
	return conn->af == AF_INET6 ? conn->v6.lport : conn->v4.lport;
}

/**
 * nfvs_conn_template() - the template that a connection was made by
 * @conn: the connection
 *
 * Context: rcu_read_lock() held, or a reference to @conn.
 * Return: the template, or NULL.
 */
static inline struct nfvs_conn *nfvs_conn_template(const struct nfvs_conn *conn)
{
	return nfvs_conn_is_template(conn) ? NULL : conn->template;
}

/* A packet's arrival is written down only when the last one noted is this much older. */
#define NFVS_SEEN_GRAIN ((u32)(HZ / 4))

/**
 * nfvs_conn_seen() - note that a packet passed
 * @conn: the connection
 */
static inline void nfvs_conn_seen(struct nfvs_conn *conn)
{
	u32 now = (u32)jiffies;

	if (now - READ_ONCE(conn->seen) >= NFVS_SEEN_GRAIN)
		WRITE_ONCE(conn->seen, now);
}

/* More than a few need not be counted: most packets do not write. */
#define NFVS_REQUESTS_MAX (NFVS_DEFENSE_FEW_PACKETS + 1)

/**
 * nfvs_conn_count_request() - note that a packet of the client passed
 * @conn: the connection
 */
static inline void nfvs_conn_count_request(struct nfvs_conn *conn)
{
	u8 requests = READ_ONCE(conn->requests);

	if (requests < NFVS_REQUESTS_MAX)
		WRITE_ONCE(conn->requests, requests + 1);
}

/**
 * nfvs_conn_caddr() - the client's address
 * @conn: the connection
 *
 * Return: a struct in_addr or, by @conn->af, in6_addr.
 */
static inline const void *nfvs_conn_caddr(const struct nfvs_conn *conn)
{
	return conn->af == AF_INET6 ? (const void *)&conn->v6.caddr : &conn->v4.caddr;
}

/**
 * nfvs_conn_vaddr() - the virtual address; as nfvs_conn_caddr()
 * @conn: the connection
 */
static inline const void *nfvs_conn_vaddr(const struct nfvs_conn *conn)
{
	return conn->af == AF_INET6 ? (const void *)&conn->v6.vaddr : &conn->v4.vaddr;
}

/**
 * nfvs_conn_daf() - the address family of the real server; another than @conn->af in tunnels only
 * @conn: the connection
 */
static inline u8 nfvs_conn_daf(const struct nfvs_conn *conn)
{
	return conn->fwd == NFVS_FWD_TUNNEL ? conn->dest->key.af : conn->af;
}

/**
 * nfvs_conn_daddr() - the real server's address
 * @conn: the connection
 *
 * Return: a struct in_addr or, by nfvs_conn_daf(), in6_addr.
 */
static inline const void *nfvs_conn_daddr(const struct nfvs_conn *conn)
{
	if (conn->fwd == NFVS_FWD_TUNNEL)
		return &conn->dest->key.addr;
	return conn->af == AF_INET6 ? (const void *)&conn->v6.daddr : &conn->v4.daddr;
}

/**
 * nfvs_conn_expires() - how long a connection still has
 * @conn: the connection
 *
 * Return: seconds until it ends unless a packet comes.
 */
static inline u32 nfvs_conn_expires(const struct nfvs_conn *conn)
{
	u32 idle = (u32)jiffies - READ_ONCE(conn->seen);
	u32 timeout = READ_ONCE(conn->timeout);

	return idle < timeout ? (timeout - idle) / HZ : 0;
}

static inline void nfvs_conn_set_addrs(struct nfvs_conn *conn, const struct nfvs_tuple *tuple,
				       const struct nfvs_dest *dest)
{
	static const union nf_inet_addr none;
	/* That of a tunnel may be of another family. */
	const union nf_inet_addr *daddr = conn->fwd == NFVS_FWD_TUNNEL ? &none : &dest->key.addr;

	if (conn->af == AF_INET6) {
		conn->v6.caddr = tuple->src.in6;
		conn->v6.vaddr = tuple->dst.in6;
		conn->v6.daddr = daddr->in6;
	} else {
		conn->v4.caddr = tuple->src.ip;
		conn->v4.vaddr = tuple->dst.ip;
		conn->v4.daddr = daddr->ip;
	}
}

/**
 * nfvs_conn_init() - set up a connection that nobody knows yet
 * @conn: memory for it
 * @tuple: that of its first packet, or a template's; has its hash
 * @dest: the real server that was picked
 * @dport: port there
 *
 * It has no reference to @dest, and neither state nor timeout.
 */
static inline void nfvs_conn_init(struct nfvs_conn *conn, const struct nfvs_tuple *tuple,
				  struct nfvs_dest *dest, __be16 dport)
{
	conn->hash[NFVS_DIR_REQUEST] = tuple->hash;
	conn->dest = dest;
	conn->af = tuple->af;
	conn->proto = tuple->proto;
	conn->cport = tuple->sport;
	conn->vport = tuple->dport;
	conn->dport = dport;
	conn->fwd = READ_ONCE(dest->cfg.fwd);
	conn->requests = 0;
	conn->seen = (u32)jiffies;
	RCU_INIT_POINTER(conn->hop, NULL);
	INIT_HLIST_NODE(&conn->wheel);
	spin_lock_init(&conn->lock);
	nfvs_conn_set_addrs(conn, tuple, dest);
	if (tuple->template) {
		conn->flags = NFVS_CONN_TEMPLATE;
		refcount_set(&conn->users, 1);
	} else {
		conn->flags = NFVS_CONN_INACTIVE;
		conn->template = NULL;
	}
}

int nfvs_conn_module_init(void);
void nfvs_conn_module_exit(void);

int nfvs_conn_net_init(struct nfvs_net *nn);
int nfvs_conn_net_enable(struct nfvs_net *nn);
void nfvs_conn_net_exit(struct nfvs_net *nn);
u32 nfvs_conn_buckets(const struct nfvs_net *nn);

struct nfvs_conn *nfvs_conn_lookup_rcu(struct nfvs_net *nn, struct nfvs_tuple *tuple,
				       enum nfvs_dir *dir);
struct nfvs_conn *nfvs_conn_create(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				   const struct nfvs_tuple *tuple, struct nfvs_dest *dest,
				   __be16 dport);
struct nfvs_conn *nfvs_conn_publish_rcu(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
					struct nfvs_conn *conn);
bool nfvs_conn_kill(struct nfvs_net *nn, struct nfvs_conn *conn);
void nfvs_conn_free(struct nfvs_net *nn, struct nfvs_conn *conn);
void nfvs_conn_learn_hop(struct nfvs_net *nn, struct nfvs_conn *conn, struct dst_entry *dst);
void nfvs_conn_set_timeout_locked(struct nfvs_net *nn, struct nfvs_conn *conn, u32 timeout);
void nfvs_conn_set_active_locked(struct nfvs_conn *conn, bool active);

#endif
