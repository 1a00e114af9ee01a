/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The route to a real server, kept for the next packet.
 *
 * One for all CPUs, found under RCU and used without a reference: an established packet writes
 * nothing that it shares with others.  Unlike a dst_cache, from which each CPU takes its own entry
 * back in its own time, it can be taken away: a route that an IPv6 packet needs to leave by
 * another address than it has holds its device, and must not when the device is to go.
 */
#ifndef NFVS_OBJ_DEST_ROUTE_H
#define NFVS_OBJ_DEST_ROUTE_H

#include <linux/netfilter.h>
#include <linux/rcupdate.h>
#include <net/dst.h>

#include "nfvs.h"

/**
 * struct nfvs_dest_route - a route to a real server
 * @dst: the route; holds a reference
 * @saddr: source address of packets that are made here
 * @cookie: tells whether an IPv6 route is still valid
 * @fwd: &enum nfvs_fwd_method that it was found for
 * @rcu: frees it
 */
struct nfvs_dest_route {
	struct dst_entry *dst;
	union nf_inet_addr saddr;
	u32 cookie;
	u8 fwd;
	struct rcu_head rcu;
};

const struct nfvs_dest_route *nfvs_dest_route_rcu(const struct nfvs_dest *dest, u8 fwd);
const struct nfvs_dest_route *nfvs_dest_keep_route_rcu(struct nfvs_dest *dest,
						       const struct nfvs_dest_route *route,
						       int changes);
void nfvs_dest_forget_route(struct nfvs_dest *dest);
void nfvs_dest_free_route(struct nfvs_dest *dest);
int nfvs_dest_route_changes(struct nfvs_net *nn);
void nfvs_dest_change_routes(struct nfvs_net *nn);
void nfvs_dest_forget_all_routes(struct nfvs_net *nn);

#endif
