/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A way out of this host: a route, and the neighbour that is next on it.
 *
 * Found by a packet that the stack routed, kept for those that follow.  It is used under RCU
 * without a reference: whoever lets go of a way waits for its readers first (call_rcu()).
 */
#ifndef NFVS_OBJ_WAY_H
#define NFVS_OBJ_WAY_H

#include <net/dst.h>
#include <net/neighbour.h>

#include "nfvs.h"

/**
 * struct nfvs_way - a way out of this host
 * @dst: the route; holds a reference
 * @neigh: who is next; holds a reference.  NULL if packets have to pass more than a neighbour on
 *	this route: IPsec, a lightweight tunnel, a VRF, a device that is not like Ethernet.
 * @cookie: tells whether an IPv6 route is still valid
 */
struct nfvs_way {
	struct dst_entry *dst;
	struct neighbour *neigh;
	u32 cookie;
};

void nfvs_way_init(struct nfvs_way *way, struct dst_entry *dst, const void *daddr);
void nfvs_way_release(const struct nfvs_way *way);
bool nfvs_way_is_plain(const struct dst_entry *dst);
u32 nfvs_way_cookie(const struct dst_entry *dst);

/**
 * nfvs_way_valid() - whether the stack would still send packets the same way
 * @way: the way
 *
 * It would look for another neighbour in place of one that has left its table.
 *
 * Context: rcu_read_lock() held.
 */
static inline bool nfvs_way_valid(const struct nfvs_way *way)
{
	return dst_check(way->dst, way->cookie) && !(way->neigh && READ_ONCE(way->neigh->dead));
}

/**
 * nfvs_way_connected() - whether a packet may go to the neighbour without asking for it
 * @way: a valid way
 *
 * Context: rcu_read_lock() held.
 */
static inline bool nfvs_way_connected(const struct nfvs_way *way)
{
	const struct neighbour *neigh = way->neigh;

	return neigh && READ_ONCE(neigh->nud_state) & NUD_CONNECTED && READ_ONCE(neigh->hh.hh_len);
}

#endif
