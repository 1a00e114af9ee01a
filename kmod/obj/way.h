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
#include <net/ipv6.h>
#include <net/neighbour.h>
#include <net/route.h>

#include "nfvs.h"

/**
 * struct nfvs_way - a way out of this host
 * @dst: the route; holds a reference
 * @neigh: who is next; holds a reference.  NULL if packets have to pass more than a neighbour on
 *	this route (IPsec, a lightweight tunnel, a VRF, a device that is not like Ethernet), or if
 *	there are too many neighbours.
 * @short_of: the table that has too many
 * @cookie: tells whether an IPv6 route is still valid
 * @hh_usable: the link's header that the neighbour has ready is for packets of the route's family.
 *	The one of a router of IPv6 on a route of IPv4 (RFC 8950) is not.
 */
struct nfvs_way {
	struct dst_entry *dst;
	struct neighbour *neigh;
	const struct neigh_table *short_of;
	u32 cookie;
	bool hh_usable;
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

/*
 * The kernel takes no neighbour out of its table that somebody holds.  Above the second threshold
 * (gc_thresh2) it wants to, and above the third nobody new can be reached, in no namespace.
 */
static inline bool nfvs_neighs_are_scarce(const struct neigh_table *table)
{
	return atomic_read(&table->gc_entries) > READ_ONCE(table->gc_thresh2);
}

/**
 * nfvs_way_lacks_neigh() - whether a way has no neighbour that it could have by now
 * @way: the way
 *
 * Context: any.
 */
static inline bool nfvs_way_lacks_neigh(const struct nfvs_way *way)
{
	return unlikely(way->short_of) && !nfvs_neighs_are_scarce(way->short_of);
}

/**
 * nfvs_has_route_rules() - whether a route may depend on more than where it leads
 * @net: namespace
 * @v6: of IPv6
 *
 * Context: any.
 * Return: true once there has been a rule (ip-rule(8)) beside those that there are at first.
 */
static inline bool nfvs_has_route_rules(const struct net *net, bool v6)
{
#ifdef CONFIG_IP_MULTIPLE_TABLES
	if (!v6)
		return READ_ONCE(net->ipv4.fib_has_custom_rules);
#endif
#ifdef CONFIG_IPV6_MULTIPLE_TABLES
	if (v6)
		return READ_ONCE(net->ipv6.fib6_has_custom_rules);
#endif
	return false;
}

/* As dst_check() finds out by calls, of the routes that there are usually. */
static __always_inline bool nfvs_way_is_fresh4(const struct nfvs_way *way)
{
	const struct rtable *rt = container_of(way->dst, struct rtable, dst);

	return READ_ONCE(rt->dst.obsolete) == DST_OBSOLETE_FORCE_CHK &&
	       READ_ONCE(rt->rt_genid) == rt_genid_ipv4(dev_net(rt->dst.dev));
}

/* As dst_mtu() finds out by calls, where the MTU is that of the device. */
static __always_inline bool nfvs_way_surely_fits4(const struct nfvs_way *way, unsigned int len)
{
	const struct rtable *rt = container_of(way->dst, struct rtable, dst);

	return !rt->rt_mtu_locked && !rt->rt_pmtu && !dst_metric_raw(&rt->dst, RTAX_MTU) &&
	       !dst_metric_raw(&rt->dst, RTAX_LOCK) && len <= READ_ONCE(rt->dst.dev->mtu);
}

static __always_inline bool nfvs_way_surely_fits6(const struct nfvs_way *way, unsigned int len)
{
	return !dst_metric_raw(way->dst, RTAX_MTU) && len <= IPV6_MIN_MTU;
}

/**
 * nfvs_way_fits() - whether a packet is surely not too long for a way
 * @way: a way of a route of the packet's family
 * @v6: the family is IPv6
 * @len: the packet's length
 *
 * Context: rcu_read_lock() held.
 */
static __always_inline bool nfvs_way_fits(const struct nfvs_way *way, bool v6, unsigned int len)
{
	if (likely(v6 ? nfvs_way_surely_fits6(way, len) : nfvs_way_surely_fits4(way, len)))
		return true;
	return len <= dst_mtu(way->dst);
}

/**
 * nfvs_way_resolved() - whether the link-layer address of the neighbour is known
 * @way: a valid way
 *
 * It may have to be confirmed: neigh_output() sees to that.
 *
 * Context: rcu_read_lock() held.
 */
static __always_inline bool nfvs_way_resolved(const struct nfvs_way *way)
{
	return way->neigh && READ_ONCE(way->neigh->nud_state) & NUD_VALID;
}

#endif
