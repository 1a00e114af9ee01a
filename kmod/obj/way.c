// SPDX-License-Identifier: GPL-2.0-only
/* Ways out of this host; way.h says what they are for. */

#include <linux/if_arp.h>
#include <linux/netdevice.h>
#include <net/ip.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>

#include "obj/way.h"

/**
 * nfvs_way_is_plain() - whether a packet on a route needs nothing but its neighbour's address
 * @dst: the route
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_way_is_plain(const struct dst_entry *dst)
{
	const struct net_device *dev = dst->dev;

	if (dst_xfrm(dst) || dst->lwtstate || dst->error)
		return false;
	if (dst->output != ip_output && dst->output != ip6_output)
		return false;
	return dev->type == ARPHRD_ETHER && !netif_is_l3_master(dev) && !netif_is_l3_slave(dev) &&
	       dev->header_ops && dev->header_ops->cache;
}

/**
 * nfvs_way_cookie() - what dst_check() needs to know of a route
 * @dst: the route
 *
 * Context: rcu_read_lock() held.
 */
u32 nfvs_way_cookie(const struct dst_entry *dst)
{
	return dst->ops->family == AF_INET6 ? rt6_get_cookie((const struct rt6_info *)dst) : 0;
}

/**
 * nfvs_way_init() - prepare a way
 * @way: the way
 * @dst: a route; the reference goes over to the way
 * @daddr: where packets on it go to: a struct in_addr or, for an IPv6 route, in6_addr
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_way_init(struct nfvs_way *way, struct dst_entry *dst, const void *daddr)
{
	struct neighbour *neigh = nfvs_way_is_plain(dst) ? dst_neigh_lookup(dst, daddr) : NULL;

	way->dst = dst;
	way->cookie = nfvs_way_cookie(dst);
	way->hh_usable = neigh && neigh->tbl->family == dst->ops->family;
	way->short_of = neigh && nfvs_neighs_are_scarce(neigh->tbl) ? neigh->tbl : NULL;
	if (unlikely(way->short_of)) {
		neigh_release(neigh);
		neigh = NULL;
	}
	way->neigh = neigh;
}

/**
 * nfvs_way_release() - let go of a way
 * @way: the way; a grace period has passed since anybody could find it
 *
 * Context: any.
 */
void nfvs_way_release(const struct nfvs_way *way)
{
	if (way->neigh)
		neigh_release(way->neigh);
	dst_release(way->dst);
}
