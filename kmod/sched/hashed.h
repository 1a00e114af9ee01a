/* SPDX-License-Identifier: GPL-2.0-only */
/* What the schedulers that hash addresses have in common. */
#ifndef NFVS_SCHED_HASHED_H
#define NFVS_SCHED_HASHED_H

#include <asm/byteorder.h>

#include "obj/packet.h"
#include "obj/pool.h"

/* Flags of sh and mh. */
#define NFVS_HASHED_FALLBACK NFVS_SVC_F_SCHED1
#define NFVS_HASHED_PORT NFVS_SVC_F_SCHED2

/* From a key, and how far the search has gone, to a slot. */
typedef u32 (*nfvs_slot_fn)(u32 key, u32 offset);
/* The index of the member that has a slot; the pool's count or more if nobody has. */
typedef u32 (*nfvs_member_fn)(struct nfvs_pool *pool, u32 slot);

/**
 * nfvs_addr_key() - an address as a key
 * @af: family of the service
 * @addr: the address
 *
 * Return: the address, an IPv6 one folded, in the host's order.
 */
static inline u32 nfvs_addr_key(u8 af, const union nf_inet_addr *addr)
{
	if (af == AF_INET6)
		return ntohl(addr->ip6[0] ^ addr->ip6[1] ^ addr->ip6[2] ^ addr->ip6[3]);
	return ntohl(addr->ip);
}

static inline bool nfvs_anybody_eligible(const struct nfvs_pool *pool)
{
	u32 i;

	for (i = 0; i < pool->count; i++)
		if (nfvs_pool_eligible(pool, i))
			return true;
	return false;
}

/*
 * From the first slot on.  With nobody to be had this would hash for each slot of the table, with
 * every first packet.
 */
static __always_inline struct nfvs_dest *nfvs_hashed_fall_back(struct nfvs_pool *pool, u32 key,
							       u32 first, u32 slots,
							       nfvs_slot_fn slot,
							       nfvs_member_fn member)
{
	u32 offset;

	if (!nfvs_anybody_eligible(pool))
		return NULL;
	for (offset = 0; offset < slots; offset++) {
		u32 index = member(pool, slot(key, (first + offset) % slots));

		if (nfvs_pool_eligible(pool, index))
			return pool->dest[index];
	}
	return NULL;
}

/**
 * nfvs_hashed_pick() - the member that a client's address, and port, is hashed to
 * @pool: the pool
 * @pkt: a first packet
 * @slots: size of the table
 * @slot: inlined
 * @member: inlined; either every slot has a member or none has
 *
 * Context: rcu_read_lock() held.
 * Return: the real server; NULL if there is none, or it cannot take connections and the service
 *	does not ask for another one then.
 */
static __always_inline struct nfvs_dest *nfvs_hashed_pick(struct nfvs_pool *pool,
							  const struct nfvs_pkt *pkt, u32 slots,
							  nfvs_slot_fn slot, nfvs_member_fn member)
{
	const struct nfvs_tuple *tuple = &pkt->tuple;
	u32 key = nfvs_addr_key(tuple->af, &tuple->src);
	u32 first, index;

	if (pool->flags & NFVS_HASHED_PORT)
		key += ntohs(tuple->sport);
	first = slot(key, 0);
	index = member(pool, first);
	if (index >= pool->count)
		return NULL;
	if (nfvs_pool_eligible(pool, index))
		return pool->dest[index];
	if (!(pool->flags & NFVS_HASHED_FALLBACK))
		return NULL;
	return nfvs_hashed_fall_back(pool, key, first, slots, slot, member);
}

#endif
