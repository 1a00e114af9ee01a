// SPDX-License-Identifier: GPL-2.0-only
/* Transactions: many changes of services and real servers, all or none. */

#include <linux/gfp.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "obj/netns.h"
#include "obj/txn.h"

/* Settings are compared as bytes. */
static_assert(sizeof(struct nfvs_dest_cfg) == 5 * sizeof(u32));

/**
 * struct nfvs_dest_plans - a page of plans for real servers
 * @next: the ones before
 * @count: those that are used
 * @plan: the plans
 */
struct nfvs_dest_plans {
	struct nfvs_dest_plans *next;
	u32 count;
	struct nfvs_dest_plan plan[(PAGE_SIZE - 2 * sizeof(u64)) / sizeof(struct nfvs_dest_plan)];
};

static_assert(sizeof(struct nfvs_dest_plans) <= PAGE_SIZE);

static bool nfvs_svc_cfg_same(const struct nfvs_svc_cfg *a, const struct nfvs_svc_cfg *b)
{
	return a->sched == b->sched && a->flags == b->flags && a->timeout == b->timeout &&
	       a->netmask == b->netmask && a->policy.on_removal == b->policy.on_removal &&
	       a->policy.fastpath == b->policy.fastpath;
}

/**
 * nfvs_txn_init() - begin a transaction
 * @txn: the transaction; ends with nfvs_txn_commit() or nfvs_txn_abort()
 * @nn: namespace; its cfg_lock is held
 */
void nfvs_txn_init(struct nfvs_txn *txn, struct nfvs_net *nn)
{
	lockdep_assert_held(&nn->cfg_lock);
	*txn = (struct nfvs_txn){ .nn = nn };
	INIT_LIST_HEAD(&txn->svcs);
}

static struct nfvs_svc_plan *nfvs_txn_plan_svc(struct nfvs_txn *txn, const struct nfvs_svc_key *key,
					       struct nfvs_svc *svc)
{
	struct nfvs_svc_plan *plan = kzalloc(sizeof(*plan), GFP_KERNEL);

	if (!plan)
		return NULL;
	plan->key = *key;
	plan->svc = svc;
	plan->cfg = svc->cfg;
	plan->members = nfvs_svc_pool(txn->nn, svc)->count;
	plan->present = true;
	INIT_LIST_HEAD(&plan->dests);
	list_add_tail(&plan->node, &txn->svcs);
	svc->plan = plan;
	return plan;
}

/* The service of a name, whether there is one yet, or will be none. */
static struct nfvs_svc *nfvs_txn_lookup_svc(struct nfvs_net *nn, const struct nfvs_svc_key *key)
{
	struct nfvs_svc_key unlisted = *key;
	struct nfvs_svc *svc = nfvs_svc_find(nn, key);

	if (svc)
		return svc;
	unlisted.af |= NFVS_SVC_UNLISTED;
	return nfvs_svc_find(nn, &unlisted);
}

/**
 * nfvs_txn_find_svc() - find a service as it will be
 * @txn: the transaction
 * @key: what the service is called
 *
 * Context: process context, may sleep.
 * Return: its plan, whose settings may be changed; NULL if there will be none; ERR_PTR(-ENOMEM).
 */
struct nfvs_svc_plan *nfvs_txn_find_svc(struct nfvs_txn *txn, const struct nfvs_svc_key *key)
{
	struct nfvs_svc *svc = nfvs_txn_lookup_svc(txn->nn, key);

	if (!svc)
		return NULL;
	if (svc->plan)
		return svc->plan->present ? svc->plan : NULL;
	return nfvs_txn_plan_svc(txn, key, svc) ?: ERR_PTR(-ENOMEM);
}

/**
 * nfvs_txn_add_svc() - plan a service
 * @txn: the transaction
 * @key: what it is called; nfvs_txn_find_svc() has found none
 * @cfg: its settings, valid
 * @extack: receives the reason of a failure
 *
 * Context: process context, may sleep.
 * Return: its plan, or an ERR_PTR.
 */
struct nfvs_svc_plan *nfvs_txn_add_svc(struct nfvs_txn *txn, const struct nfvs_svc_key *key,
				       const struct nfvs_svc_cfg *cfg,
				       struct netlink_ext_ack *extack)
{
	struct nfvs_svc *svc = nfvs_txn_lookup_svc(txn->nn, key);
	struct nfvs_svc_plan *plan;

	if (svc) {
		svc->plan->cfg = *cfg;
		svc->plan->present = true;
		return svc->plan;
	}
	svc = nfvs_svc_create(txn->nn, key, cfg, extack);
	if (IS_ERR(svc))
		return ERR_CAST(svc);
	plan = nfvs_txn_plan_svc(txn, key, svc);
	if (!plan) {
		nfvs_svc_discard(txn->nn, svc);
		NL_SET_ERR_MSG(extack, "no memory for the service");
		return ERR_PTR(-ENOMEM);
	}
	plan->is_new = true;
	return plan;
}

/**
 * nfvs_txn_del_svc() - plan to remove a service with all its real servers
 * @plan: its plan
 */
void nfvs_txn_del_svc(struct nfvs_svc_plan *plan)
{
	struct nfvs_dest_plan *dest;

	plan->present = false;
	plan->emptied = true;
	plan->members = 0;
	list_for_each_entry(dest, &plan->dests, node)
		dest->present = false;
}

/**
 * nfvs_txn_flush() - plan to remove all services
 * @txn: the transaction
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfvs_txn_flush(struct nfvs_txn *txn)
{
	struct nfvs_svc_plan *plan;
	struct nfvs_svc *svc;
	unsigned long id;

	xa_for_each(&txn->nn->svc_ids, id, svc) {
		plan = svc->plan ?: nfvs_txn_plan_svc(txn, &svc->key, svc);
		if (!plan)
			return -ENOMEM;
		nfvs_txn_del_svc(plan);
		cond_resched();
	}
	return 0;
}

static struct nfvs_dest_plan *nfvs_txn_new_plan(struct nfvs_txn *txn)
{
	struct nfvs_dest_plans *plans = txn->plans;

	if (!plans || plans->count == ARRAY_SIZE(plans->plan)) {
		plans = (struct nfvs_dest_plans *)__get_free_page(GFP_KERNEL);
		if (!plans)
			return NULL;
		plans->next = txn->plans;
		plans->count = 0;
		txn->plans = plans;
	}
	return &plans->plan[plans->count++];
}

static void nfvs_txn_free_plans(struct nfvs_txn *txn)
{
	struct nfvs_dest_plans *plans;

	while ((plans = txn->plans)) {
		txn->plans = plans->next;
		free_page((unsigned long)plans);
	}
}

static struct nfvs_dest_plan *nfvs_txn_plan_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
						 struct nfvs_dest *dest)
{
	struct nfvs_dest_plan *plan = nfvs_txn_new_plan(txn);

	if (!plan)
		return NULL;
	plan->is_new = false;
	plan->present = false;
	plan->dest = dest;
	plan->cfg = dest->cfg;
	list_add_tail(&plan->node, &svc->dests);
	dest->plan = plan;
	return plan;
}

/**
 * nfvs_txn_find_dest() - find a real server as it will be
 * @txn: the transaction
 * @svc: the plan of its service
 * @dest: what nfvs_dest_find() finds by its key, or NULL
 *
 * Context: process context, may sleep.
 * Return: its plan, whose settings may be changed; NULL if there will be none; ERR_PTR(-ENOMEM).
 */
struct nfvs_dest_plan *nfvs_txn_find_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
					  struct nfvs_dest *dest)
{
	struct nfvs_dest_plan *plan;

	if (dest && dest->plan)
		return dest->plan->present ? dest->plan : NULL;
	if (!dest || !dest->available || svc->emptied)
		return NULL;
	plan = nfvs_txn_plan_dest(txn, svc, dest);
	if (!plan)
		return ERR_PTR(-ENOMEM);
	plan->present = true;
	return plan;
}

/* One that will not be there, but is, or was planned before. */
static struct nfvs_dest_plan *nfvs_txn_revive_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
						   struct nfvs_dest *dest)
{
	if (!dest || (!dest->plan && !dest->available))
		return NULL;
	return dest->plan ?: nfvs_txn_plan_dest(txn, svc, dest) ?: ERR_PTR(-ENOMEM);
}

static struct nfvs_dest_plan *nfvs_txn_new_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
						const struct nfvs_dest_key *key,
						struct nfvs_dest *returning,
						struct netlink_ext_ack *extack)
{
	struct nfvs_dest_plan *plan;
	struct nfvs_dest *dest;
	int err;

	/* ICMP errors about what is sent to it are of its family. */
	err = txn->nn->see_packets(txn->nn, key->af);
	if (err) {
		NL_SET_ERR_MSG(extack, "cannot register with netfilter");
		return ERR_PTR(err);
	}
	dest = nfvs_dest_prepare(txn->nn, key, returning, extack);
	if (IS_ERR(dest))
		return ERR_CAST(dest);
	plan = nfvs_txn_plan_dest(txn, svc, dest);
	if (!plan) {
		nfvs_dest_abandon(txn->nn, dest);
		return ERR_PTR(-ENOMEM);
	}
	plan->is_new = true;
	return plan;
}

/**
 * nfvs_txn_add_dest() - plan a real server
 * @txn: the transaction
 * @svc: the plan of its service, whose scheduler can deal with one more
 * @key: what it is called
 * @dest: what nfvs_dest_find() finds by that, or NULL; nfvs_txn_find_dest() has found no plan
 * @cfg: its settings, valid
 * @extack: receives the reason of a failure
 *
 * Context: process context, may sleep.
 * Return: its plan, or an ERR_PTR.
 */
struct nfvs_dest_plan *nfvs_txn_add_dest(struct nfvs_txn *txn, struct nfvs_svc_plan *svc,
					 const struct nfvs_dest_key *key, struct nfvs_dest *dest,
					 const struct nfvs_dest_cfg *cfg,
					 struct netlink_ext_ack *extack)
{
	struct nfvs_dest_plan *plan = nfvs_txn_revive_dest(txn, svc, dest);

	if (!plan)
		plan = nfvs_txn_new_dest(txn, svc, key, dest, extack);
	if (IS_ERR(plan))
		return plan;
	plan->cfg = *cfg;
	plan->present = true;
	svc->members++;
	return plan;
}

/**
 * nfvs_txn_del_dest() - plan to remove a real server
 * @svc: the plan of its service
 * @dest: its plan
 */
void nfvs_txn_del_dest(struct nfvs_svc_plan *svc, struct nfvs_dest_plan *dest)
{
	dest->present = false;
	svc->members--;
}

static bool nfvs_dest_plan_enters(const struct nfvs_dest_plan *plan)
{
	return plan->is_new && plan->present;
}

static bool nfvs_dest_plan_leaves(const struct nfvs_dest_plan *plan)
{
	return !plan->is_new && !plan->present;
}

static bool nfvs_dest_plan_edits(const struct nfvs_dest_plan *plan)
{
	return !plan->is_new && plan->present &&
	       memcmp(&plan->cfg, &plan->dest->cfg, sizeof(plan->cfg));
}

static bool nfvs_dest_plan_changes(const struct nfvs_dest_plan *plan)
{
	return nfvs_dest_plan_enters(plan) || nfvs_dest_plan_leaves(plan) ||
	       nfvs_dest_plan_edits(plan);
}

/* Real servers that nobody named, of a service that was deleted and added again. */
static int nfvs_txn_plan_others(struct nfvs_txn *txn, struct nfvs_svc_plan *plan,
				const struct nfvs_pool *pool)
{
	struct nfvs_dest *dest;
	u32 i;

	for (i = 0; i < pool->count; i++) {
		dest = nfvs_pool_dest(pool, i);
		if (!dest->plan && !nfvs_txn_plan_dest(txn, plan, dest))
			return -ENOMEM;
	}
	return 0;
}

/*
 * Those groups of the service's present pool that are made anew.  True if any change, or somebody
 * joins them.
 */
static bool nfvs_txn_range(struct nfvs_svc_plan *plan, const struct nfvs_pool *old,
			   struct nfvs_pool_range *range)
{
	bool changed = false, joined = false;
	struct nfvs_dest_plan *dest;

	*range = (struct nfvs_pool_range){};
	list_for_each_entry(dest, &plan->dests, node) {
		if (nfvs_dest_plan_enters(dest))
			joined = true;
		else if (nfvs_dest_plan_changes(dest))
			nfvs_pool_range_include(range, old, dest->dest);
		else
			continue;
		changed = true;
	}
	if (plan->cfg.sched != old->sched)
		*range = (struct nfvs_pool_range){ .groups = old->groups };
	else if (joined && old->groups)
		nfvs_pool_range_include(range, old, old->group[0]->dest[0]);
	return changed;
}

/* How many will be in place of @range. */
static u32 nfvs_txn_count_members(const struct nfvs_svc_plan *plan, const struct nfvs_pool *old,
				  const struct nfvs_pool_range *range)
{
	u32 others = old->count - (nfvs_pool_first(old, range->at + range->groups) -
				   nfvs_pool_first(old, range->at));

	return plan->members - others;
}

/* The youngest come first, and who has just been added is younger than all. */
static void nfvs_txn_fill_members(struct nfvs_svc_plan *plan, const struct nfvs_pool *old,
				  const struct nfvs_pool_range *range, struct nfvs_dest **members)
{
	u32 i, end = nfvs_pool_first(old, range->at + range->groups);
	const struct nfvs_dest_plan *entering;
	struct nfvs_dest *dest;

	list_for_each_entry_reverse(entering, &plan->dests, node)
		if (nfvs_dest_plan_enters(entering))
			*members++ = entering->dest;
	for (i = nfvs_pool_first(old, range->at); i < end; i++) {
		dest = nfvs_pool_dest(old, i);
		if (!dest->plan || dest->plan->present)
			*members++ = dest;
	}
}

static int nfvs_txn_prepare_pool(struct nfvs_txn *txn, struct nfvs_svc_plan *plan)
{
	const struct nfvs_pool_cfg cfg = nfvs_svc_pool_cfg(txn->nn, &plan->cfg);
	const struct nfvs_pool *old = nfvs_svc_pool(txn->nn, plan->svc);
	struct nfvs_pool_range range;
	struct nfvs_dest **members;
	u32 count;

	if (!nfvs_txn_range(plan, old, &range) && nfvs_svc_cfg_same(&plan->cfg, &plan->svc->cfg))
		return 0;
	if (range.groups)
		nfvs_pool_range_widen(&range, old, nfvs_txn_count_members(plan, old, &range));
	count = nfvs_txn_count_members(plan, old, &range);
	members = kvmalloc_array(count, sizeof(*members), GFP_KERNEL);
	if (!members)
		return -ENOMEM;
	nfvs_txn_fill_members(plan, old, &range, members);
	plan->pool = nfvs_pool_rebuild(&cfg, old, &range, members, count);
	kvfree(members);
	return plan->pool ? 0 : -ENOMEM;
}

static int nfvs_txn_prepare(struct nfvs_txn *txn)
{
	struct nfvs_svc_plan *plan;
	int err = 0;

	list_for_each_entry(plan, &txn->svcs, node) {
		if (!plan->present)
			continue;
		if (plan->emptied)
			err = nfvs_txn_plan_others(txn, plan, nfvs_svc_pool(txn->nn, plan->svc));
		err = err ?: nfvs_txn_prepare_pool(txn, plan);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static void nfvs_txn_tell(struct nfvs_txn *txn, u8 cmd, struct nfvs_svc *svc,
			  struct nfvs_dest *dest)
{
	txn->count++;
	if (txn->told)
		txn->told(txn, cmd, svc, dest);
}

/* Before the new pool is published: packets must not find real servers there that are none. */
static void nfvs_txn_change_dests(struct nfvs_txn *txn, struct nfvs_svc_plan *svc)
{
	struct nfvs_dest_plan *plan;

	list_for_each_entry(plan, &svc->dests, node) {
		if (nfvs_dest_plan_leaves(plan)) {
			nfvs_svc_let_go(svc->svc, plan->dest);
		} else if (nfvs_dest_plan_enters(plan)) {
			nfvs_dest_join(txn->nn, svc->svc, plan->dest, &plan->cfg);
			nfvs_dest_set_policy(plan->dest, &svc->cfg.policy);
			nfvs_txn_tell(txn, NFVS_CMD_NEW_DEST, svc->svc, plan->dest);
		} else if (nfvs_dest_plan_edits(plan)) {
			nfvs_dest_edit(plan->dest, &plan->cfg);
			nfvs_txn_tell(txn, NFVS_CMD_SET_DEST, svc->svc, plan->dest);
		}
	}
}

/* Afterwards. */
static void nfvs_txn_drop_dests(struct nfvs_txn *txn, struct nfvs_svc_plan *svc)
{
	struct nfvs_dest_plan *plan;

	list_for_each_entry(plan, &svc->dests, node) {
		if (!nfvs_dest_plan_leaves(plan))
			continue;
		nfvs_txn_tell(txn, NFVS_CMD_DEL_DEST, svc->svc, plan->dest);
		plan->dest->plan = NULL;
		nfvs_dest_leave(txn->nn, plan->dest);
		plan->dest = NULL;
	}
}

static void nfvs_txn_change_svc(struct nfvs_txn *txn, struct nfvs_svc_plan *plan)
{
	struct nfvs_svc *svc = plan->svc;

	if (plan->is_new) {
		svc->cfg = plan->cfg;
		nfvs_txn_tell(txn, NFVS_CMD_NEW_SERVICE, svc, NULL);
	} else if (!nfvs_svc_cfg_same(&plan->cfg, &svc->cfg)) {
		nfvs_svc_set_cfg(txn->nn, svc, &plan->cfg);
		nfvs_txn_tell(txn, NFVS_CMD_SET_SERVICE, svc, NULL);
	}
	if (plan->pool) {
		nfvs_txn_change_dests(txn, plan);
		nfvs_svc_publish_pool(txn->nn, svc, plan->pool);
		plan->pool = NULL;
		nfvs_txn_drop_dests(txn, plan);
	}
	if (plan->is_new)
		nfvs_svc_list(txn->nn, svc);
}

/* What is planned of real servers is over: those that were prepared in vain go. */
static void nfvs_txn_end_dests(struct nfvs_txn *txn, struct nfvs_svc_plan *svc, bool done)
{
	struct nfvs_dest_plan *plan;

	list_for_each_entry(plan, &svc->dests, node) {
		if (!plan->dest)
			continue;
		plan->dest->plan = NULL;
		if (plan->is_new && !(done && plan->present))
			nfvs_dest_abandon(txn->nn, plan->dest);
	}
}

static void nfvs_txn_end_svc(struct nfvs_txn *txn, struct nfvs_svc_plan *plan, bool done)
{
	struct nfvs_svc *svc = plan->svc;

	if (plan->pool)
		nfvs_pool_discard(plan->pool, nfvs_svc_pool(txn->nn, svc));
	nfvs_txn_end_dests(txn, plan, done);
	svc->plan = NULL;
	if (plan->is_new && !(done && plan->present))
		nfvs_svc_discard(txn->nn, svc);
	if (done && !plan->is_new && !plan->present) {
		nfvs_txn_tell(txn, NFVS_CMD_DEL_SERVICE, svc, NULL);
		nfvs_svc_remove(txn->nn, svc);
	}
	list_del(&plan->node);
	kfree(plan);
}

static bool nfvs_svc_plan_changes(const struct nfvs_svc_plan *plan)
{
	return plan->present ? plan->is_new || plan->pool : !plan->is_new;
}

static bool nfvs_txn_changes(const struct nfvs_txn *txn)
{
	const struct nfvs_svc_plan *plan;

	list_for_each_entry(plan, &txn->svcs, node)
		if (nfvs_svc_plan_changes(plan))
			return true;
	return false;
}

/**
 * nfvs_txn_commit() - carry out what is planned, or nothing
 * @txn: the transaction; over on return
 * @extack: receives the reason of a failure
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM and nothing changed.
 */
int nfvs_txn_commit(struct nfvs_txn *txn, struct netlink_ext_ack *extack)
{
	struct nfvs_svc_plan *plan, *next;
	int err = nfvs_txn_prepare(txn);

	if (err) {
		NL_SET_ERR_MSG(extack, "no memory for the transaction");
		nfvs_txn_abort(txn);
		return err;
	}
	if (nfvs_txn_changes(txn))
		nfvs_svc_note_change(txn->nn);
	list_for_each_entry_safe(plan, next, &txn->svcs, node) {
		if (plan->present)
			nfvs_txn_change_svc(txn, plan);
		nfvs_txn_end_svc(txn, plan, true);
		cond_resched();
	}
	nfvs_txn_free_plans(txn);
	return 0;
}

/**
 * nfvs_txn_abort() - forget what is planned
 * @txn: the transaction; over on return
 *
 * Context: process context, may sleep.
 */
void nfvs_txn_abort(struct nfvs_txn *txn)
{
	struct nfvs_svc_plan *plan, *next;

	list_for_each_entry_safe(plan, next, &txn->svcs, node) {
		nfvs_txn_end_svc(txn, plan, false);
		cond_resched();
	}
	nfvs_txn_free_plans(txn);
}
