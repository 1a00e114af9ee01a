/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ways to clients, shared by the connections of all clients behind the same neighbour.
 *
 * A hop has a reference from each connection that uses it and one from its namespace's list.  When
 * its device goes, or nobody uses it any more, it leaves the list: from then on packets pass it by,
 * and after a grace period it lets go of its route and neighbour, whoever still refers to it.
 */
#ifndef NFVS_OBJ_HOP_H
#define NFVS_OBJ_HOP_H

#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

#include "nfvs.h"
#include "obj/way.h"

/**
 * struct nfvs_hop - a way to clients
 * @way: the way; no longer there when @gone is set and a grace period has passed
 * @gone: it has left its list
 * @users: see above
 * @node: in &nfvs_hops.slot.  Under its lock.
 * @rcu: releases @way, then frees the hop
 */
struct nfvs_hop {
	struct nfvs_way way;
	bool gone;
	refcount_t users;
	struct hlist_node node;
	struct rcu_head rcu;
};

#define NFVS_HOP_BITS 8

/**
 * struct nfvs_hops - the ways to clients that a namespace knows
 * @lock: guards @slot; innermost
 * @next: slot in which to look next for hops that nobody uses.  One caller at a time.
 * @slot: by neighbour
 */
struct nfvs_hops {
	spinlock_t lock;
	u32 next;
	struct hlist_head slot[1 << NFVS_HOP_BITS];
};

void nfvs_hops_init(struct nfvs_hops *hops);
struct nfvs_hop *nfvs_hop_get(struct nfvs_hops *hops, struct dst_entry *dst, const void *daddr);
void nfvs_hop_put(struct nfvs_hop *hop);
void nfvs_hops_tidy(struct nfvs_hops *hops);
void nfvs_hops_forget(struct nfvs_hops *hops, const struct net_device *dev);

#endif
