// SPDX-License-Identifier: GPL-2.0-only
/* The route to a real server, kept for the next packet; dest_route.h says why. */

#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "obj/dest.h"
#include "obj/netns.h"

static void nfvs_dest_route_free(struct nfvs_dest_route *route)
{
	nfvs_way_release(&route->way);
	kfree(route);
}

static void nfvs_dest_route_free_rcu(struct rcu_head *rcu)
{
	nfvs_dest_route_free(container_of(rcu, struct nfvs_dest_route, rcu));
}

static void nfvs_dest_replace_route(struct nfvs_dest *dest, struct nfvs_dest_route *route)
{
	struct nfvs_dest_route *old;

	/* A full barrier: what counts changes and what looks for them rely on that. */
	old = unrcu_pointer(xchg(&dest->route, RCU_INITIALIZER(route)));
	if (old)
		call_rcu(&old->rcu, nfvs_dest_route_free_rcu);
}

/**
 * nfvs_dest_route_rcu() - the route that is kept for a real server
 * @dest: the real server
 * @fwd: method of the connection: each needs its own kind of route
 *
 * Context: rcu_read_lock() held.
 * Return: a route that is valid until rcu_read_unlock(), or NULL.
 */
const struct nfvs_dest_route *nfvs_dest_route_rcu(const struct nfvs_dest *dest, u8 fwd)
{
	const struct nfvs_dest_route *route = rcu_dereference(dest->route);

	if (!route || route->fwd != fwd || !nfvs_way_valid(&route->way) ||
	    nfvs_way_lacks_neigh(&route->way))
		return NULL;
	return route;
}

/**
 * nfvs_dest_keep_route_rcu() - keep a route that was found
 * @dest: the real server
 * @dst: the route; its reference goes over to the real server if it is kept
 * @saddr: source address of packets that are made here
 * @fwd: method of the connection that it was found for
 * @changes: nfvs_dest_route_changes() from before it was looked for
 *
 * If something changed since, or packets are led by their marks now, either we see that or who
 * changed it sees the route.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: true, and @dst is valid until rcu_read_unlock(); or false without memory.
 */
bool nfvs_dest_keep_route_rcu(struct nfvs_dest *dest, struct dst_entry *dst,
			      const union nf_inet_addr *saddr, u8 fwd, int changes)
{
	struct nfvs_dest_route *kept = kmalloc(sizeof(*kept), GFP_ATOMIC | __GFP_NOWARN);

	if (!kept)
		return false;
	nfvs_way_init(&kept->way, dst, &dest->key.addr);
	kept->dest = dest;
	kept->saddr = *saddr;
	kept->fwd = fwd;
	nfvs_dest_replace_route(dest, kept);
	if (atomic_read(&dest->nn->route_changes) != changes || READ_ONCE(dest->by_mark))
		nfvs_dest_forget_route(dest);
	return true;
}

/**
 * nfvs_dest_forget_route() - let go of the route to a real server
 * @dest: the real server
 *
 * Context: any.
 */
void nfvs_dest_forget_route(struct nfvs_dest *dest)
{
	nfvs_dest_replace_route(dest, NULL);
}

/**
 * nfvs_dest_route_by_mark() - keep no route to a real server any more
 * @dest: the real server, to which packets are led by their marks
 *
 * As long as it is there, each packet looks for its own: two of one connection may differ.
 *
 * Context: any.
 */
void nfvs_dest_route_by_mark(struct nfvs_dest *dest)
{
	if (READ_ONCE(dest->by_mark))
		return;
	WRITE_ONCE(dest->by_mark, true);
	/* Ordered behind that by a full barrier, see nfvs_dest_keep_route_rcu(). */
	nfvs_dest_forget_route(dest);
}

/**
 * nfvs_dest_free_route() - free the route to a real server that is to be freed itself
 * @dest: the real server; a grace period has passed since it could be found
 *
 * Context: any.
 */
void nfvs_dest_free_route(struct nfvs_dest *dest)
{
	struct nfvs_dest_route *route = unrcu_pointer(xchg(&dest->route, NULL));

	if (route)
		nfvs_dest_route_free(route);
}

/**
 * nfvs_dest_route_changes() - what to remember before a route is looked for
 * @nn: namespace
 */
int nfvs_dest_route_changes(struct nfvs_net *nn)
{
	return atomic_read_acquire(&nn->route_changes);
}

/**
 * nfvs_dest_change_routes() - routes that are being looked for must not be kept
 * @nn: namespace; who calls this then forgets the routes that are kept
 */
void nfvs_dest_change_routes(struct nfvs_net *nn)
{
	atomic_inc(&nn->route_changes);
}

/**
 * nfvs_dest_forget_all_routes() - let go of the routes to all real servers
 * @nn: namespace
 *
 * Takes no lock that a change of the configuration holds: those who tell that a device goes hold
 * the RTNL lock.
 *
 * Context: process context, may sleep.
 */
void nfvs_dest_forget_all_routes(struct nfvs_net *nn)
{
	struct rhashtable_iter iter;
	struct nfvs_dest *dest;

	nfvs_dest_change_routes(nn);
	rhashtable_walk_enter(&nn->dests, &iter);
	rhashtable_walk_start(&iter);
	while ((dest = rhashtable_walk_next(&iter))) {
		/* -EAGAIN: the table is resized, and the walk begins anew. */
		if (!IS_ERR(dest))
			nfvs_dest_forget_route(dest);
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
}
