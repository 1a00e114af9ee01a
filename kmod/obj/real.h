/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses of real servers, however many services have the same one. */
#ifndef NFVS_OBJ_REAL_H
#define NFVS_OBJ_REAL_H

#include <linux/netfilter.h>
#include <linux/rhashtable-types.h>

#include "obj/packet.h"

struct nfvs_dest_key;
struct nfvs_net;

/**
 * struct nfvs_real_key - where packets of a real server come from
 * @addr: address
 * @port: port
 * @af: AF_INET or AF_INET6
 * @proto: IPPROTO_*, 0 if its service is by firewall mark and so of all protocols
 */
struct nfvs_real_key {
	union nf_inet_addr addr;
	__be16 port;
	u8 af;
	u8 proto;
};

/* Keys are compared and hashed as bytes. */
static_assert(sizeof(struct nfvs_real_key) == 20);

/**
 * struct nfvs_real - an address of real servers in service
 * @key: the address
 * @dests: real servers in service that have it. &nfvs_net.cfg_lock.
 * @nat: of these, those that are forwarded to by NAT.  Written under &nfvs_net.cfg_lock with
 *	WRITE_ONCE(), read anywhere.
 * @node: in &nfvs_net.reals
 * @rcu: frees it
 */
struct nfvs_real {
	struct nfvs_real_key key;
	u32 dests;
	u32 nat;
	struct rhash_head node;
	struct rcu_head rcu;
};

extern const struct rhashtable_params nfvs_real_params;

bool nfvs_real_is_known(struct nfvs_net *nn, const struct nfvs_dest_key *dest);
struct nfvs_real *nfvs_real_get(struct nfvs_net *nn, const struct nfvs_dest_key *dest);
void nfvs_real_put(struct nfvs_net *nn, struct nfvs_real *real);
void nfvs_real_change_nat(struct nfvs_real *real, int change);
bool nfvs_real_is_source_rcu(struct nfvs_net *nn, const struct nfvs_tuple *tuple);

/**
 * nfvs_real_is_alone() - whether no other real server, of whichever service, has an address
 * @real: the address; its namespace's cfg_lock is held
 */
static inline bool nfvs_real_is_alone(const struct nfvs_real *real)
{
	return real->dests == 1;
}

#endif
