/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The route to a real server, kept for the next packet.
 *
 * One for all CPUs, found under RCU and used without a reference: an established packet writes
 * nothing that it shares with others.  Unlike a dst_cache, from which each CPU takes its own entry
 * back in its own time, it can be taken away: a route that an IPv6 packet needs to leave by
 * another address than it has holds its device, and must not when the device is to go.
 *
 * None is kept where rules may lead packets by their marks.  A route for each mark would be as good
 * on this path, but the fast path would have to look at the mark of every packet.
 */
#ifndef NFVS_OBJ_DEST_ROUTE_H
#define NFVS_OBJ_DEST_ROUTE_H

#include <linux/netfilter.h>
#include <linux/rcupdate.h>

#include "nfvs.h"
#include "obj/way.h"

/**
 * struct nfvs_dest_route - a route to a real server
 * @way: the route, and the real server or the router before it
 * @dest: the real server, which stays as long as packets may use its route
 * @saddr: source address of packets that are made here
 * @fwd: &enum nfvs_fwd_method that it was found for
 * @rcu: frees it
 */
struct nfvs_dest_route {
	struct nfvs_way way;
	const struct nfvs_dest *dest;
	union nf_inet_addr saddr;
	u8 fwd;
	struct rcu_head rcu;
};

const struct nfvs_dest_route *nfvs_dest_route_rcu(const struct nfvs_dest *dest, u8 fwd);
bool nfvs_dest_keep_route_rcu(struct nfvs_dest *dest, struct dst_entry *dst,
			      const union nf_inet_addr *saddr, u8 fwd, int changes);
void nfvs_dest_forget_route(struct nfvs_dest *dest);
void nfvs_dest_route_by_mark(struct nfvs_dest *dest);
void nfvs_dest_free_route(struct nfvs_dest *dest);
int nfvs_dest_route_changes(struct nfvs_net *nn);
void nfvs_dest_change_routes(struct nfvs_net *nn);
void nfvs_dest_forget_all_routes(struct nfvs_net *nn);

#endif
