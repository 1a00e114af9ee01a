/* SPDX-License-Identifier: GPL-2.0-only */
/* Virtual services. */
#ifndef NFVS_OBJ_SVC_H
#define NFVS_OBJ_SVC_H

#include <linux/netlink.h>
#include <linux/rhashtable-types.h>

#include "nfvs.h"
#include "obj/dest.h"
#include "obj/packet.h"
#include "obj/pool.h"

/**
 * struct nfvs_svc_cfg - what may be changed at a service
 * @sched: scheduler, or NULL for none: then it takes no connections
 * @flags: NFVS_SVC_F_*, without NFVS_SVC_F_HASHED
 * @timeout: seconds of persistence
 * @netmask: of persistence: an IPv4 mask, or for IPv6 a prefix length in the host's order
 * @policy: for its connections
 */
struct nfvs_svc_cfg {
	const struct nfvs_sched_ops *sched;
	u32 flags;
	u32 timeout;
	__be32 netmask;
	struct nfvs_policy policy;
};

#define NFVS_SVC_LOCAL_KNOWN BIT_ULL(32)

/* In @af of a service's key, until packets may find it. */
#define NFVS_SVC_UNLISTED BIT(8)

struct nfvs_svc_plan;

/**
 * struct nfvs_svc - a virtual service
 * @key: what it is called
 * @cfg: settings. &nfvs_net.cfg_lock.
 * @pool: its real servers and their scheduler.  Written under &nfvs_net.cfg_lock.
 * @left: traffic of real servers that have left. &nfvs_net.cfg_lock.
 * @zero: all its traffic when it was last zeroed. &nfvs_net.cfg_lock.
 * @counted: what its real servers told that they gained, for @rate. &nfvs_net.cfg_lock.
 * @rate: traffic per second. &nfvs_net.cfg_lock.
 * @busy: in &nfvs_net.busy_svcs while @rate moves, else empty. &nfvs_net.cfg_lock.
 * @id: in &nfvs_net.svc_ids; grows with each new service
 * @local_as_of: of IPv4: the generation of routes as of which the virtual address was known to be
 *	this host's, and NFVS_SVC_LOCAL_KNOWN; else 0.  Packets write it.
 * @node: in &nfvs_net.svcs
 * @plan: what a transaction wants of it, while one is made. &nfvs_net.cfg_lock.
 * @rcu: frees it
 */
struct nfvs_svc {
	struct nfvs_svc_key key;
	struct nfvs_svc_cfg cfg;
	struct nfvs_pool __rcu *pool;
	struct nfvs_counts left;
	struct nfvs_counts zero;
	struct nfvs_counts counted;
	struct nfvs_rate rate;
	struct list_head busy;
	u32 id;
	u64 local_as_of;
	struct rhash_head node;
	struct nfvs_svc_plan *plan;
	struct rcu_head rcu;
};

extern const struct rhashtable_params nfvs_svc_params;

struct nfvs_svc *nfvs_svc_match_rcu(struct nfvs_net *nn, const struct nfvs_tuple *tuple, u32 mark);

struct nfvs_svc *nfvs_svc_find(struct nfvs_net *nn, const struct nfvs_svc_key *key);
int nfvs_svc_add(struct nfvs_net *nn, const struct nfvs_svc_key *key,
		 const struct nfvs_svc_cfg *cfg, struct netlink_ext_ack *extack);
int nfvs_svc_edit(struct nfvs_net *nn, struct nfvs_svc *svc, const struct nfvs_svc_cfg *cfg,
		  struct netlink_ext_ack *extack);
void nfvs_svc_del(struct nfvs_net *nn, struct nfvs_svc *svc);

/* The parts of the former, for several changes at once. */
struct nfvs_svc *nfvs_svc_create(struct nfvs_net *nn, const struct nfvs_svc_key *key,
				 const struct nfvs_svc_cfg *cfg, struct netlink_ext_ack *extack);
void nfvs_svc_discard(struct nfvs_net *nn, struct nfvs_svc *svc);
void nfvs_svc_list(struct nfvs_net *nn, struct nfvs_svc *svc);
void nfvs_svc_set_cfg(struct nfvs_net *nn, struct nfvs_svc *svc, const struct nfvs_svc_cfg *cfg);
void nfvs_svc_remove(struct nfvs_net *nn, struct nfvs_svc *svc);
void nfvs_svc_let_go(struct nfvs_svc *svc, struct nfvs_dest *dest);
struct nfvs_pool_cfg nfvs_svc_pool_cfg(struct nfvs_net *nn, const struct nfvs_svc_cfg *cfg);
void nfvs_svc_publish_pool(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_pool *pool);
void nfvs_svc_note_change(struct nfvs_net *nn);

void nfvs_svc_flush(struct nfvs_net *nn);
void nfvs_svc_counts(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_counts *shown);
void nfvs_svc_zero(struct nfvs_net *nn, struct nfvs_svc *svc);
void nfvs_svc_zero_all(struct nfvs_net *nn);

struct nfvs_pool *nfvs_svc_pool(struct nfvs_net *nn, struct nfvs_svc *svc);
struct nfvs_dest *nfvs_svc_find_dest(struct nfvs_net *nn, const struct nfvs_dest_key *key);
int nfvs_svc_add_dest(struct nfvs_net *nn, struct nfvs_svc *svc, const struct nfvs_dest_key *key,
		      const struct nfvs_dest_cfg *cfg, struct netlink_ext_ack *extack);
int nfvs_svc_edit_dest(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_dest *dest,
		       const struct nfvs_dest_cfg *cfg, struct netlink_ext_ack *extack);
int nfvs_svc_del_dest(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_dest *dest,
		      struct netlink_ext_ack *extack);

#endif
