// SPDX-License-Identifier: GPL-2.0-only
/* Ways to clients; hop.h says who holds them. */

#include <linux/hash.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#include "obj/hop.h"

/* One part of the list each second: all of it in so many. */
#define NFVS_HOP_TIDY_SECONDS 16

/**
 * nfvs_hops_init() - prepare an empty list
 * @hops: the list
 */
void nfvs_hops_init(struct nfvs_hops *hops)
{
	u32 i;

	spin_lock_init(&hops->lock);
	for (i = 0; i < ARRAY_SIZE(hops->slot); i++)
		INIT_HLIST_HEAD(&hops->slot[i]);
}

/**
 * nfvs_hop_put() - drop a reference
 * @hop: the hop; who may still read it is waited for
 *
 * Context: any.
 */
void nfvs_hop_put(struct nfvs_hop *hop)
{
	if (refcount_dec_and_test(&hop->users))
		kfree_rcu(hop, rcu);
}

static void nfvs_hop_release_rcu(struct rcu_head *rcu)
{
	struct nfvs_hop *hop = container_of(rcu, struct nfvs_hop, rcu);

	nfvs_way_release(&hop->way);
	nfvs_hop_put(hop);
}

/* Takes a hop off its list, with the list's reference. */
static void nfvs_hop_leave_locked(struct nfvs_hops *hops, struct nfvs_hop *hop)
{
	lockdep_assert_held(&hops->lock);
	hlist_del(&hop->node);
	WRITE_ONCE(hop->gone, true);
	call_rcu(&hop->rcu, nfvs_hop_release_rcu);
}

/*
 * A route of IPv6 stays where it is when it has to be checked anew: then its cookie is another.
 *
 * Where routes change all the time, each change makes a hop of every neighbour useless: what is met
 * of them leaves, so that nobody meets it again.
 */
static struct nfvs_hop *nfvs_hop_find_locked(struct nfvs_hops *hops, struct hlist_head *slot,
					     const struct nfvs_way *way)
{
	struct hlist_node *next;
	struct nfvs_hop *hop;

	hlist_for_each_entry_safe(hop, next, slot, node) {
		if (hop->way.dst == way->dst && hop->way.neigh == way->neigh &&
		    hop->way.cookie == way->cookie)
			return hop;
		if (!nfvs_way_valid(&hop->way))
			nfvs_hop_leave_locked(hops, hop);
	}
	return NULL;
}

static struct nfvs_hop *nfvs_hop_add_locked(struct hlist_head *slot, const struct nfvs_way *way)
{
	struct nfvs_hop *hop = kmalloc(sizeof(*hop), GFP_ATOMIC | __GFP_NOWARN);

	if (!hop)
		return NULL;
	hop->way = *way;
	hop->gone = false;
	refcount_set(&hop->users, 1);
	hlist_add_head(&hop->node, slot);
	return hop;
}

/**
 * nfvs_hop_get() - the hop for a route and an address on it
 * @hops: the namespace's hops
 * @dst: the route that a packet has
 * @daddr: address of the client: a struct in_addr or, for an IPv6 route, in6_addr
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the hop, with a reference, or NULL if there is no memory for it or no plain way.
 */
struct nfvs_hop *nfvs_hop_get(struct nfvs_hops *hops, struct dst_entry *dst, const void *daddr)
{
	struct hlist_head *slot;
	struct nfvs_hop *hop;
	struct nfvs_way way;

	if (!nfvs_way_is_plain(dst) || !dst_hold_safe(dst))
		return NULL;
	nfvs_way_init(&way, dst, daddr);
	if (!way.neigh) {
		nfvs_way_release(&way);
		return NULL;
	}

	slot = &hops->slot[hash_ptr(way.neigh, NFVS_HOP_BITS)];
	spin_lock(&hops->lock);
	hop = nfvs_hop_find_locked(hops, slot, &way);
	if (hop) {
		nfvs_way_release(&way);
	} else {
		hop = nfvs_hop_add_locked(slot, &way);
		if (!hop)
			nfvs_way_release(&way);
	}
	if (hop)
		refcount_inc(&hop->users);
	/*
	 * A device that goes is marked before its hops are looked for: either this is seen here, or
	 * the hop is seen there.
	 */
	if (hop && !(READ_ONCE(dst->dev->flags) & IFF_UP))
		nfvs_hop_leave_locked(hops, hop);
	spin_unlock(&hops->lock);
	return hop;
}

/**
 * nfvs_hops_tidy() - let go of some hops that nobody uses or that lead nowhere any more
 * @hops: the namespace's hops
 *
 * To be called each second.
 *
 * Context: process context, one caller at a time.
 */
void nfvs_hops_tidy(struct nfvs_hops *hops)
{
	u32 left = ARRAY_SIZE(hops->slot) / NFVS_HOP_TIDY_SECONDS;
	struct hlist_node *next;
	struct nfvs_hop *hop;

	rcu_read_lock();
	spin_lock_bh(&hops->lock);
	while (left--) {
		hlist_for_each_entry_safe(hop, next, &hops->slot[hops->next], node)
			if (refcount_read(&hop->users) == 1 || !nfvs_way_valid(&hop->way))
				nfvs_hop_leave_locked(hops, hop);
		hops->next = (hops->next + 1) % ARRAY_SIZE(hops->slot);
	}
	spin_unlock_bh(&hops->lock);
	rcu_read_unlock();
}

/**
 * nfvs_hops_forget() - let go of the hops over a device
 * @hops: the namespace's hops
 * @dev: the device, which is marked as down; NULL for all devices
 *
 * Context: process context.
 */
void nfvs_hops_forget(struct nfvs_hops *hops, const struct net_device *dev)
{
	struct hlist_node *next;
	struct nfvs_hop *hop;
	u32 i;

	spin_lock_bh(&hops->lock);
	for (i = 0; i < ARRAY_SIZE(hops->slot); i++)
		hlist_for_each_entry_safe(hop, next, &hops->slot[i], node)
			if (!dev || hop->way.neigh->dev == dev)
				nfvs_hop_leave_locked(hops, hop);
	spin_unlock_bh(&hops->lock);
}
