// SPDX-License-Identifier: GPL-2.0-only
/* Real servers: birth, changes, retirement, end. */

#include <linux/jhash.h>
#include <linux/lockdep.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "obj/dest.h"
#include "obj/event.h"
#include "obj/group.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "obj/real.h"
#include "obj/totals.h"

/* Folded to a word, addresses of IPv6 numbered in two places (2001:db8:0:7::7) are all equal. */
static __always_inline u32 nfvs_addr_hash(u8 af, const union nf_inet_addr *addr, u32 seed)
{
	return af == AF_INET6 ? __ipv6_addr_jhash(&addr->in6, seed) : (__force u32)addr->ip;
}

/* Who adds many real servers waits for this. */
static u32 nfvs_dest_hash(const void *data, u32 len, u32 seed)
{
	const struct nfvs_dest_key *key = data;
	const struct nfvs_svc_key *svc = &key->svc;

	return jhash_3words(nfvs_addr_hash(svc->af, &svc->addr, seed) ^ svc->fwmark ^ svc->proto,
			    nfvs_addr_hash(key->af, &key->addr, seed) ^ key->af << 16 ^ svc->af,
			    (__force u32)svc->port << 16 | (__force u32)key->port, seed);
}

const struct rhashtable_params nfvs_dest_params = {
	.hashfn = nfvs_dest_hash,
	.key_len = sizeof(struct nfvs_dest_key),
	.key_offset = offsetof(struct nfvs_dest, key),
	.head_offset = offsetof(struct nfvs_dest, node),
	.automatic_shrinking = true,
};

/* Sizes of kmalloc() are far apart, and real servers are many. */
static struct kmem_cache *nfvs_dest_cache;

static void nfvs_dest_free_rcu(struct rcu_head *rcu)
{
	struct nfvs_dest *dest = container_of(rcu, struct nfvs_dest, rcu);

	nfvs_dest_free_route(dest);
	if (nfvs_dest_has_stats(dest))
		nfvs_stats_free(dest->tally->stats_block, dest->stats);
	kfree(dest->tally);
	kmem_cache_free(nfvs_dest_cache, dest);
}

/*
 * No packet can have found one that never joined its service, but whoever forgets the routes to all
 * real servers (a device goes) may stand on it.
 */
static void nfvs_dest_unlist(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	rhashtable_remove_fast(&nn->dests, &dest->node, nfvs_dest_params);
	call_rcu(&dest->rcu, nfvs_dest_free_rcu);
}

static struct nfvs_dest *nfvs_dest_create(struct nfvs_net *nn, const struct nfvs_dest_key *key)
{
	struct nfvs_dest *dest;

	dest = kmem_cache_zalloc(nfvs_dest_cache, GFP_KERNEL);
	if (!dest)
		return NULL;
	dest->stats = nn->early;
	dest->key = *key;
	dest->nn = nn;
	dest->policy = NFVS_POLICY_DEFAULT;
	refcount_set(&dest->refs, 1);
	spin_lock_init(&dest->load_lock);
	INIT_LIST_HEAD(&dest->retired);
	return dest;
}

/*
 * The configuration's reference goes.  True if it was the last one: then nobody finds the
 * real server any more, and readers that have it are waited for.
 *
 * Load goes first, since a connection that ends takes a reference before it is no load any more.
 * If a template came meanwhile the real server stays after all, and may be loaded again.
 */
static bool nfvs_dest_drop(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	lockdep_assert_held(&nn->cfg_lock);
	if (refcount_read(&dest->refs) > 1 || atomic64_cmpxchg(&dest->load, 0, NFVS_LOAD_GONE))
		return false;
	if (!refcount_dec_if_one(&dest->refs)) {
		atomic64_set(&dest->load, 0);
		return false;
	}
	rhashtable_remove_fast(&nn->dests, &dest->node, nfvs_dest_params);
	list_del(&dest->retired);
	/* Its last connection was in the table a tick ago: no packet counts any more. */
	nfvs_totals_keep(nn, dest);
	call_rcu(&dest->rcu, nfvs_dest_free_rcu);
	return true;
}

/*
 * Overload is entered at the upper threshold and left below the lower one; between them
 * things stay as they are.
 */
static void nfvs_dest_judge_load(struct nfvs_dest *dest)
{
	u32 upper = READ_ONCE(dest->cfg.u_thresh);
	u32 lower = READ_ONCE(dest->cfg.l_thresh);
	u32 conns = nfvs_dest_conns(dest);
	bool overloaded = dest->overloaded;

	lockdep_assert_held(&dest->load_lock);
	if (!lower)
		lower = upper - upper / 4;
	if (upper && conns >= upper)
		overloaded = true;
	else if (!upper || conns < lower)
		overloaded = false;
	if (overloaded == dest->overloaded)
		return;
	WRITE_ONCE(dest->overloaded, overloaded);
	dest->nn->tell->overload(dest->nn, dest);
}

/**
 * nfvs_dest_find() - find a real server, in service or retired
 * @nn: namespace; its cfg_lock is held
 * @key: what it is called
 *
 * Return: the real server, or NULL.
 */
struct nfvs_dest *nfvs_dest_find(struct nfvs_net *nn, const struct nfvs_dest_key *key)
{
	lockdep_assert_held(&nn->cfg_lock);
	return rhashtable_lookup_fast(&nn->dests, key, nfvs_dest_params);
}

static int nfvs_dest_is_nat(const struct nfvs_dest_cfg *cfg)
{
	return cfg->fwd == NFVS_FWD_MASQ;
}

static void nfvs_dest_set(struct nfvs_dest *dest, const struct nfvs_dest_cfg *cfg)
{
	bool moved = dest->cfg.fwd != cfg->fwd || dest->cfg.tunnel.word != cfg->tunnel.word;

	WRITE_ONCE(dest->cfg.fwd, cfg->fwd);
	WRITE_ONCE(dest->cfg.tunnel.word, cfg->tunnel.word);
	WRITE_ONCE(dest->cfg.weight, cfg->weight);
	WRITE_ONCE(dest->cfg.u_thresh, cfg->u_thresh);
	WRITE_ONCE(dest->cfg.l_thresh, cfg->l_thresh);
	if (cfg->weight)
		dest->last_weight = cfg->weight;
	if (moved) {
		nfvs_dest_change_routes(dest->nn);
		nfvs_dest_forget_route(dest);
	}
}

static void nfvs_dest_rejudge_bh(struct nfvs_dest *dest)
{
	local_bh_disable();
	nfvs_dest_rejudge(dest);
	local_bh_enable();
}

/**
 * nfvs_dest_edit() - change the settings of a real server
 * @dest: the real server, in service; its namespace's cfg_lock is held
 * @cfg: the new settings, valid
 *
 * Connections keep the forwarding method they were made with, but a tunnel is what it is now.
 */
void nfvs_dest_edit(struct nfvs_dest *dest, const struct nfvs_dest_cfg *cfg)
{
	nfvs_real_change_nat(dest->real, nfvs_dest_is_nat(cfg) - nfvs_dest_is_nat(&dest->cfg));
	nfvs_dest_set(dest, cfg);
	nfvs_dest_rejudge_bh(dest);
}

/**
 * nfvs_dest_prepare() - have ready what is to enter a service
 * @nn: namespace; its cfg_lock is held
 * @key: what it is called
 * @returning: what nfvs_dest_find() finds by this key: one that was retired, or NULL
 * @extack: receives the reason of a failure
 *
 * One that was retired returns, with its connections and counters.  Nothing is to be seen of it
 * until it joins its service.
 *
 * Context: process context, may sleep.
 * Return: the real server, for nfvs_dest_join() or nfvs_dest_abandon(), or an ERR_PTR: -ENOMEM.
 */
struct nfvs_dest *nfvs_dest_prepare(struct nfvs_net *nn, const struct nfvs_dest_key *key,
				    struct nfvs_dest *returning, struct netlink_ext_ack *extack)
{
	struct nfvs_dest *dest = returning;

	if (!dest) {
		dest = nfvs_dest_create(nn, key);
		if (!dest)
			goto err_nomem;
		if (rhashtable_insert_fast(&nn->dests, &dest->node, nfvs_dest_params)) {
			nfvs_dest_free_rcu(&dest->rcu);
			goto err_nomem;
		}
	}
	dest->real = nfvs_real_get(nn, key);
	if (dest->real)
		return dest;
	if (!returning)
		nfvs_dest_unlist(nn, dest);
err_nomem:
	NL_SET_ERR_MSG(extack, "no memory for the real server");
	return ERR_PTR(-ENOMEM);
}

/**
 * nfvs_dest_abandon() - undo nfvs_dest_prepare()
 * @nn: namespace; its cfg_lock is held
 * @dest: the real server; gone on return, unless it is a retired one
 */
void nfvs_dest_abandon(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	nfvs_real_put(nn, dest->real);
	dest->real = NULL;
	if (list_empty(&dest->retired))
		nfvs_dest_unlist(nn, dest);
}

/**
 * nfvs_dest_join() - a real server enters its service
 * @nn: namespace; its cfg_lock is held
 * @svc: its service
 * @dest: from nfvs_dest_prepare()
 * @cfg: its settings, valid
 */
void nfvs_dest_join(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_dest *dest,
		    const struct nfvs_dest_cfg *cfg)
{
	bool returns = !list_empty(&dest->retired);

	WRITE_ONCE(dest->id, nn->next_dest_id++);
	dest->svc = svc;
	if (returns) {
		list_del_init(&dest->retired);
		/* While it was retired, what it gained was the namespace's only. */
		nfvs_rates_settle(dest);
		if (dest->tally)
			dest->tally->attached = dest->tally->rate.last;
		dest->last_weight = 0;
	}
	nfvs_real_change_nat(dest->real, nfvs_dest_is_nat(cfg));
	nfvs_dest_set(dest, cfg);
	/* One that is new has no load, and packets cannot have found it yet. */
	if (returns)
		nfvs_dest_rejudge_bh(dest);
	WRITE_ONCE(dest->available, true);
}

/**
 * nfvs_dest_leave() - a real server has left its service
 * @nn: namespace; its cfg_lock is held
 * @dest: the real server; the service's pool no longer has it
 */
void nfvs_dest_leave(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	lockdep_assert_held(&nn->cfg_lock);
	nfvs_rates_settle(dest);
	WRITE_ONCE(dest->available, false);
	nfvs_real_change_nat(dest->real, -nfvs_dest_is_nat(&dest->cfg));
	nfvs_real_put(nn, dest->real);
	dest->real = NULL;
	list_add(&dest->retired, &nn->retired);
	if (nfvs_dest_drop(nn, dest))
		return;
	/* A namespace without hooks is on its way out, and ends all its connections. */
	if (READ_ONCE(nn->sysctls.expire_nodest_conn) && READ_ONCE(nn->hooked))
		queue_work(system_long_wq, &nn->sweep_work);
}

/**
 * nfvs_dest_reap_retired() - let go of retired real servers without connections
 * @nn: namespace; its cfg_lock is held
 *
 * Context: process context, may sleep.
 */
void nfvs_dest_reap_retired(struct nfvs_net *nn)
{
	struct nfvs_dest *dest, *next;

	lockdep_assert_held(&nn->cfg_lock);
	list_for_each_entry_safe(dest, next, &nn->retired, retired)
		nfvs_dest_drop(nn, dest);
}

/**
 * nfvs_dest_set_policy() - let packets know what the service wants
 * @dest: real server; its namespace's cfg_lock is held
 * @policy: the service's
 */
void nfvs_dest_set_policy(struct nfvs_dest *dest, const struct nfvs_policy *policy)
{
	lockdep_assert_held(&dest->nn->cfg_lock);
	WRITE_ONCE(dest->policy.on_removal, policy->on_removal);
	WRITE_ONCE(dest->policy.fastpath, policy->fastpath);
}

/**
 * nfvs_dest_edit_retired() - a service has changed what it wants
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 * @policy: what it wants, of those that it removed as well
 */
void nfvs_dest_edit_retired(struct nfvs_net *nn, const struct nfvs_svc_key *svc,
			    const struct nfvs_policy *policy)
{
	struct nfvs_dest *dest;

	lockdep_assert_held(&nn->cfg_lock);
	list_for_each_entry(dest, &nn->retired, retired)
		if (!memcmp(&dest->key.svc, svc, sizeof(*svc)))
			nfvs_dest_set_policy(dest, policy);
}

/**
 * nfvs_dest_counts() - traffic counters of a real server
 * @dest: the real server; its namespace's cfg_lock is held
 * @shown: since it was last zeroed; may be NULL
 * @of_service: since it joined its service; may be NULL
 */
void nfvs_dest_counts(const struct nfvs_dest *dest, struct nfvs_counts *shown,
		      struct nfvs_counts *of_service)
{
	struct nfvs_counts now;

	nfvs_dest_traffic(dest, &now);
	if (shown) {
		*shown = now;
		nfvs_counts_sub(shown, &nfvs_dest_tally(dest)->zero);
	}
	if (of_service) {
		*of_service = now;
		nfvs_counts_sub(of_service, &nfvs_dest_tally(dest)->attached);
	}
}

/**
 * nfvs_dest_zero() - show the traffic of a real server from here on
 * @dest: the real server; its namespace's cfg_lock is held
 */
void nfvs_dest_zero(struct nfvs_dest *dest)
{
	nfvs_rates_settle(dest);
	if (dest->tally)
		dest->tally->zero = dest->tally->rate.last;
}

/**
 * nfvs_dest_enable_bypass() - make what stands for a real server where there is none
 * @nn: namespace
 *
 * Connections that bypass the real servers belong to it.  It is in no service, takes no part in
 * any sum, and stays until the namespace goes.
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfvs_dest_enable_bypass(struct nfvs_net *nn)
{
	const struct nfvs_dest_key key = {};
	struct nfvs_dest *dest;
	int err = 0;

	mutex_lock(&nn->cfg_lock);
	if (nn->bypass)
		goto out;
	err = -ENOMEM;
	dest = nfvs_dest_create(nn, &key);
	if (!dest)
		goto out;
	err = nfvs_dest_give_stats(dest);
	if (err) {
		nfvs_dest_free_rcu(&dest->rcu);
		goto out;
	}
	dest->cfg.fwd = NFVS_FWD_BYPASS;
	dest->cfg.weight = 1;
	dest->available = true;
	/* As if it were on the list of the busy already: nobody works out rates for it. */
	dest->busy = NFVS_DEST_BUSY;
	/* Pairs with smp_load_acquire() of the packet that bypasses. */
	smp_store_release(&nn->bypass, dest);
out:
	mutex_unlock(&nn->cfg_lock);
	return err;
}

/**
 * nfvs_dest_free_bypass() - undo nfvs_dest_enable_bypass()
 * @nn: namespace without connections
 */
void nfvs_dest_free_bypass(struct nfvs_net *nn)
{
	if (!nn->bypass)
		return;
	WARN_ON_ONCE(!refcount_dec_and_test(&nn->bypass->refs));
	nfvs_dest_free_rcu(&nn->bypass->rcu);
	nn->bypass = NULL;
}

/**
 * nfvs_dest_put() - drop a reference
 * @nn: namespace
 * @dest: its real server
 *
 * Never the last reference: that is the configuration's, dropped by the reaper.
 */
void nfvs_dest_put(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	refcount_dec(&dest->refs);
	if (!READ_ONCE(dest->available))
		WRITE_ONCE(nn->retire_due, true);
}

/**
 * nfvs_dest_rejudge() - find out anew whether a real server has too many connections
 * @dest: the real server
 *
 * Context: bottom halves disabled.
 */
void nfvs_dest_rejudge(struct nfvs_dest *dest)
{
	spin_lock(&dest->load_lock);
	nfvs_dest_judge_load(dest);
	spin_unlock(&dest->load_lock);
}

/**
 * nfvs_dest_module_init() - make the cache of real servers
 *
 * Return: 0 or -ENOMEM.
 */
int __init nfvs_dest_module_init(void)
{
	nfvs_dest_cache = KMEM_CACHE(nfvs_dest, 0);
	return nfvs_dest_cache ? 0 : -ENOMEM;
}

/**
 * nfvs_dest_module_exit() - undo nfvs_dest_module_init()
 *
 * Context: process context; no real server is left, and callbacks of RCU have run.
 */
void nfvs_dest_module_exit(void)
{
	nfvs_stats_module_exit();
	kmem_cache_destroy(nfvs_dest_cache);
}
