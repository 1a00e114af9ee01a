/* SPDX-License-Identifier: GPL-2.0-only */
/* What a namespace keeps for the packets of established connections (hook/fast.c). */
#ifndef NFVS_OBJ_FAST_H
#define NFVS_OBJ_FAST_H

#include <linux/bitops.h>
#include <linux/hash.h>
#include <linux/netfilter.h>
#include <net/ipv6.h>

#include "nfvs.h"
#include "obj/conn_table.h"
#include "obj/hop.h"

/* Of so many at one hook, the last one is somebody else for sure. */
#define NFVS_LISTENERS_MAX 7

/* Sets of hooks: those that packets of a direction pass, by &enum nfvs_dir, and their last one. */
#define NFVS_PASS_LAST NFVS_DIRS
#define NFVS_PASSAGES (NFVS_DIRS + 1)

/**
 * struct nfvs_listener - one who listens at a set of hooks
 * @hook: hook
 * @index: place there
 * @fn: its function
 */
struct nfvs_listener {
	u16 hook;
	u16 index;
	nf_hookfn *fn;
};

/**
 * struct nfvs_listeners - who was seen to listen at a family's hooks
 * @free: sets of hooks at which nobody else does, a mask
 * @foreign: for each other set somebody else who does
 * @count: how many do, by hook
 * @fn: the functions of the first NFVS_LISTENERS_MAX of them
 * @rcu: frees it
 */
struct nfvs_listeners {
	u8 free;
	struct nfvs_listener foreign[NFVS_PASSAGES];
	u16 count[NF_INET_NUMHOOKS];
	nf_hookfn *fn[NF_INET_NUMHOOKS][NFVS_LISTENERS_MAX];
	struct rcu_head rcu;
};

#define NFVS_FILTER_BITS 15

/**
 * struct nfvs_fast - what a namespace keeps for packets of established connections
 * @hops: ways to clients
 * @devices: &struct nfvs_ingress, for each device that packets are taken from.  Under RTNL.
 * @armed: packets are to be taken from devices, as long as that is of use.  Under RTNL.
 * @taking: they are.  Set under RTNL.
 * @listeners_lock: guards changes of @listeners
 * @listeners: by IPv6 or not; NULL before the first packet.  Read under RCU.
 * @virtuals: bits of the virtual addresses of all connections that there were.  Few addresses, many
 *	packets: what goes to none of them and comes from none of @reals is of no connection.  Bits
 *	are never cleared; one too many costs a search of the table.
 * @reals: the same of the addresses that their replies come from
 * @own: the same of the IPv4 addresses that this host had since it balances.  Set under RTNL.
 */
struct nfvs_fast {
	struct nfvs_hops hops;
	struct list_head devices;
	bool armed;
	bool taking;
	spinlock_t listeners_lock;
	struct nfvs_listeners __rcu *listeners[2];
	DECLARE_BITMAP(virtuals, 1 << NFVS_FILTER_BITS);
	DECLARE_BITMAP(reals, 1 << NFVS_FILTER_BITS);
	DECLARE_BITMAP(own, 1 << NFVS_FILTER_BITS);
};

struct nfvs_fast *nfvs_fast_alloc(void);
void nfvs_fast_free(struct nfvs_fast *fast);

static inline u32 nfvs_filter_bit4(__be32 addr)
{
	return hash_32((__force u32)addr, NFVS_FILTER_BITS);
}

static inline u32 nfvs_filter_bit6(const struct in6_addr *addr)
{
	return hash_32(ipv6_addr_hash(addr), NFVS_FILTER_BITS);
}

static inline void nfvs_filter_set(unsigned long *filter, u32 bit)
{
	/* Most connections are to addresses that are known: then nothing is written. */
	if (!test_bit(bit, filter))
		set_bit(bit, filter);
}

/**
 * nfvs_fast_expect() - let packets of a connection through the filters
 * @fast: the namespace's
 * @conn: the connection, before anybody can find it
 *
 * Without NAT, replies that pass come from the virtual address.
 *
 * Context: any.
 */
static inline void nfvs_fast_expect(struct nfvs_fast *fast, const struct nfvs_conn *conn)
{
	bool nat = nfvs_conn_has_reply(conn);
	u32 virtual, real;

	if (conn->af == AF_INET6) {
		virtual = nfvs_filter_bit6(&conn->v6.vaddr);
		real = nfvs_filter_bit6(nat ? &conn->v6.daddr : &conn->v6.vaddr);
	} else {
		virtual = nfvs_filter_bit4(conn->v4.vaddr);
		real = nfvs_filter_bit4(nat ? conn->v4.daddr : conn->v4.vaddr);
	}
	nfvs_filter_set(fast->virtuals, virtual);
	nfvs_filter_set(fast->reals, real);
}

/**
 * nfvs_expects_reply4() - whether packets from an address may be replies of a connection
 * @fast: the namespace's
 * @saddr: source
 */
static inline bool nfvs_expects_reply4(const struct nfvs_fast *fast, __be32 saddr)
{
	return test_bit(nfvs_filter_bit4(saddr), fast->reals);
}

/**
 * nfvs_expects_reply6() - as nfvs_expects_reply4()
 * @fast: the namespace's
 * @saddr: source
 */
static inline bool nfvs_expects_reply6(const struct nfvs_fast *fast, const struct in6_addr *saddr)
{
	return test_bit(nfvs_filter_bit6(saddr), fast->reals);
}

/**
 * nfvs_expects4() - whether packets from one to another address may be of a connection
 * @fast: the namespace's
 * @saddr: source
 * @daddr: destination
 */
static inline bool nfvs_expects4(const struct nfvs_fast *fast, __be32 saddr, __be32 daddr)
{
	return test_bit(nfvs_filter_bit4(daddr), fast->virtuals) ||
	       nfvs_expects_reply4(fast, saddr);
}

/**
 * nfvs_expects6() - as nfvs_expects4()
 * @fast: the namespace's
 * @saddr: source
 * @daddr: destination
 */
static inline bool nfvs_expects6(const struct nfvs_fast *fast, const struct in6_addr *saddr,
				 const struct in6_addr *daddr)
{
	return test_bit(nfvs_filter_bit6(daddr), fast->virtuals) ||
	       nfvs_expects_reply6(fast, saddr);
}

#endif
