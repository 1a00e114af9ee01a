/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lblc and lblcr remember: which real servers serve a destination.
 *
 * A cache belongs to a service and outlives its pools.  Real servers are remembered by their ids
 * and looked up in the pool at hand, so one that has left is simply not there, and the cache
 * keeps nobody alive.  An entry is found under RCU and never changes who is in it: it is replaced.
 */
#ifndef NFVS_SCHED_LBLC_CACHE_H
#define NFVS_SCHED_LBLC_CACHE_H

#include <linux/list.h>
#include <linux/netfilter.h>

#include "core/lblc.h"
#include "obj/packet.h"
#include "sched/least.h"

struct nfvs_lblc_cache;

/**
 * struct nfvs_lblc_entry - a destination
 * @node: in its bucket. Under the cache's lock.
 * @rcu: frees it
 * @addr: its address; of an IPv4 one the rest is zero
 * @used: jiffies of the last connection to it
 * @changed: jiffies when @id changed last
 * @count: number of @id, at least 1
 * @id: ids of the real servers that serve it, the one that came last first
 */
struct nfvs_lblc_entry {
	struct hlist_node node;
	struct rcu_head rcu;
	union nf_inet_addr addr;
	unsigned long used;
	unsigned long changed;
	u32 count;
	u64 id[];
};

void *nfvs_lblc_cache_create(struct nfvs_net *nn, const int *expiration);
void nfvs_lblc_cache_destroy(void *cache);
struct nfvs_lblc_entry *nfvs_lblc_lookup_rcu(struct nfvs_lblc_cache *cache,
					     const union nf_inet_addr *addr);
void nfvs_lblc_remember(struct nfvs_lblc_cache *cache, struct nfvs_lblc_entry *seen,
			const union nf_inet_addr *addr, const u64 *id, u32 count);

struct nfvs_dest *nfvs_lblc_member(const struct nfvs_pool *pool, u64 id);
bool nfvs_lblc_eligible(const struct nfvs_dest *dest);
bool nfvs_lblc_overloaded(const struct nfvs_pool *pool, const struct nfvs_dest *dest);

#endif
