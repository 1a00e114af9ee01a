/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Transactions: many changes of services and real servers, all or none.
 *
 * Changes are collected as plans, one for each service and real server that they name, and each is
 * judged by what those before it have planned.  Nothing of that is to be seen.  Then everything
 * that can fail is done, and at last all plans are carried out, of each service by one new pool.
 *
 * What is deleted and added again has a plan that says so, and has not been away.
 */
#ifndef NFVS_OBJ_TXN_H
#define NFVS_OBJ_TXN_H

#include <linux/list.h>
#include <linux/netlink.h>

#include "obj/svc.h"

struct nfvs_dest_plans;

/**
 * struct nfvs_txn - a transaction
 * @nn: namespace, whose cfg_lock is held from beginning to end
 * @svcs: plans for services, in the order in which they were first named
 * @plans: where the plans for real servers are, those that were made last first
 * @told: called for each change, once it is made, or before something is removed, with
 *	NFVS_CMD_NEW_SERVICE and the like, the service, and for changes of a real server that one;
 *	or NULL
 * @ctx: for @told
 * @count: services and real servers that changed
 */
struct nfvs_txn {
	struct nfvs_net *nn;
	struct list_head svcs;
	struct nfvs_dest_plans *plans;
	void (*told)(struct nfvs_txn *txn, u8 cmd, struct nfvs_svc *svc, struct nfvs_dest *dest);
	void *ctx;
	u32 count;
};

/**
 * struct nfvs_svc_plan - what becomes of a service
 * @node: in &nfvs_txn.svcs
 * @key: what it is called
 * @svc: the service; unlisted if it is new
 * @cfg: its settings
 * @dests: plans for real servers, in the order in which they were first named
 * @members: number of real servers that it will have
 * @is_new: it was not there before
 * @present: it will be there
 * @emptied: real servers without a plan go
 * @pool: what it will pick from, if that changes
 */
struct nfvs_svc_plan {
	struct list_head node;
	struct nfvs_svc_key key;
	struct nfvs_svc *svc;
	struct nfvs_svc_cfg cfg;
	struct list_head dests;
	u32 members;
	bool is_new;
	bool present;
	bool emptied;
	struct nfvs_pool *pool;
};

/**
 * struct nfvs_dest_plan - what becomes of a real server
 * @node: in &nfvs_svc_plan.dests
 * @dest: the real server; from nfvs_dest_prepare() if it was not in service before
 * @cfg: its settings
 * @is_new: it was not in service before
 * @present: it will be
 */
struct nfvs_dest_plan {
	struct list_head node;
	struct nfvs_dest *dest;
	struct nfvs_dest_cfg cfg;
	bool is_new;
	bool present;
};

void nfvs_txn_init(struct nfvs_txn *txn, struct nfvs_net *nn);

struct nfvs_svc_plan *nfvs_txn_find_svc(struct nfvs_txn *txn, const struct nfvs_svc_key *key);
struct nfvs_svc_plan *nfvs_txn_add_svc(struct nfvs_txn *txn, const struct nfvs_svc_key *key,
				       const struct nfvs_svc_cfg *cfg,
				       struct netlink_ext_ack *extack);
void nfvs_txn_del_svc(struct nfvs_svc_plan *plan);
int nfvs_txn_flush(struct nfvs_txn *txn);

struct nfvs_dest_plan *nfvs_txn_find_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
					  struct nfvs_dest *dest);
struct nfvs_dest_plan *nfvs_txn_add_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
					 const struct nfvs_dest_key *key, struct nfvs_dest *dest,
					 const struct nfvs_dest_cfg *cfg,
					 struct netlink_ext_ack *extack);
void nfvs_txn_del_dest(struct nfvs_svc_plan *svc, struct nfvs_dest_plan *dest);

int nfvs_txn_commit(struct nfvs_txn *txn, struct netlink_ext_ack *extack);
void nfvs_txn_abort(struct nfvs_txn *txn);

#endif
