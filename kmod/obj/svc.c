// SPDX-License-Identifier: GPL-2.0-only
/*
 * Virtual services.  Changes are made under the namespace's cfg_lock; packets find services
 * under RCU.  Whatever can fail is done before anything is published, so a refused change has
 * changed nothing.
 */

#include <linux/jhash.h>
#include <linux/lockdep.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "obj/netns.h"
#include "obj/svc.h"
#include "obj/totals.h"

/*
 * Each first packet is looked up: what an IPv4 key leaves zero is neither hashed nor compared.
 * Nor is NFVS_SVC_UNLISTED hashed: a service is where it will be found when it is listed.
 */
static __always_inline u32 nfvs_svc_hash(const void *data, u32 len, u32 seed)
{
	const struct nfvs_svc_key *key = data;
	u32 port = (u32)(__force u16)key->port << 16 | key->proto;

	if ((u8)key->af == AF_INET6)
		return jhash2((const u32 *)key,
			      offsetofend(struct nfvs_svc_key, fwmark) / sizeof(u32), seed ^ port);
	return jhash_3words((__force u32)key->addr.ip, key->fwmark, port, seed);
}

static __always_inline u32 nfvs_svc_obj_hash(const void *data, u32 len, u32 seed)
{
	return nfvs_svc_hash(&((const struct nfvs_svc *)data)->key, len, seed);
}

/* Returns 0 for the same key, as memcmp(). */
static __always_inline int nfvs_svc_differs(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct nfvs_svc_key *one = arg->key, *other = &((const struct nfvs_svc *)obj)->key;

	if (one->addr.ip != other->addr.ip || one->fwmark != other->fwmark ||
	    one->port != other->port || one->af != READ_ONCE(other->af) ||
	    one->proto != other->proto)
		return 1;
	return (u8)one->af == AF_INET6 && !ipv6_addr_equal(&one->addr.in6, &other->addr.in6);
}

const struct rhashtable_params nfvs_svc_params = {
	.key_len = sizeof(struct nfvs_svc_key),
	.key_offset = offsetof(struct nfvs_svc, key),
	.head_offset = offsetof(struct nfvs_svc, node),
	.hashfn = nfvs_svc_hash,
	.obj_hashfn = nfvs_svc_obj_hash,
	.obj_cmpfn = nfvs_svc_differs,
	.automatic_shrinking = true,
};

/* The data ports of a passive FTP server are any that need no privilege. */
static bool nfvs_may_be_ftp_data(const struct nfvs_net *nn, const struct nfvs_tuple *tuple)
{
	return tuple->proto == IPPROTO_TCP &&
	       (tuple->dport == htons(NFVS_PORT_FTP_DATA) ||
		!inet_port_requires_bind_service(nn->net, ntohs(tuple->dport)));
}

static noinline struct nfvs_svc *nfvs_svc_by_mark(struct nfvs_net *nn, u8 af, u32 mark)
{
	const struct nfvs_svc_key key = { .af = af, .fwmark = mark };

	return rhashtable_lookup(&nn->svcs, &key, nfvs_svc_params);
}

/* @exact: what a service for the packet's port alone would be called; there is none. */
static noinline struct nfvs_svc *nfvs_svc_by_other_port(struct nfvs_net *nn,
							const struct nfvs_tuple *tuple,
							const struct nfvs_svc_key *exact)
{
	struct nfvs_svc_key key = *exact;
	struct nfvs_svc *svc = NULL;

	if (READ_ONCE(nn->ftp_svcs) && nfvs_may_be_ftp_data(nn, tuple)) {
		key.port = htons(NFVS_PORT_FTP);
		svc = rhashtable_lookup(&nn->svcs, &key, nfvs_svc_params);
	}
	if (svc || !READ_ONCE(nn->wildcard_svcs))
		return svc;
	key.port = 0;
	return rhashtable_lookup(&nn->svcs, &key, nfvs_svc_params);
}

/**
 * nfvs_svc_match_rcu() - the service that a client's packet is for
 * @nn: namespace
 * @tuple: the packet's
 * @mark: its firewall mark
 *
 * By firewall mark, else by address and port, else as a data connection of FTP, else by address
 * on all ports.  Each first packet asks for the second: that search is no call.
 *
 * Context: rcu_read_lock() held.
 * Return: the service, or NULL.
 */
struct nfvs_svc *__flatten nfvs_svc_match_rcu(struct nfvs_net *nn, const struct nfvs_tuple *tuple,
					      u32 mark)
{
	const struct nfvs_svc_key key = {
		.addr = tuple->dst,
		.port = tuple->dport,
		.af = tuple->af,
		.proto = tuple->proto,
	};
	struct nfvs_svc *svc;

	if (unlikely(mark) && READ_ONCE(nn->fwmark_svcs)) {
		svc = nfvs_svc_by_mark(nn, tuple->af, mark);
		if (svc)
			return svc;
	}
	svc = rhashtable_lookup(&nn->svcs, &key, nfvs_svc_params);
	return likely(svc) ? svc : nfvs_svc_by_other_port(nn, tuple, &key);
}

/**
 * nfvs_svc_find() - find a service
 * @nn: namespace; its cfg_lock is held
 * @key: what it is called
 *
 * Return: the service, or NULL.
 */
struct nfvs_svc *nfvs_svc_find(struct nfvs_net *nn, const struct nfvs_svc_key *key)
{
	lockdep_assert_held(&nn->cfg_lock);
	return rhashtable_lookup_fast(&nn->svcs, key, nfvs_svc_params);
}

/**
 * nfvs_svc_pool() - the current pool of a service
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 */
struct nfvs_pool *nfvs_svc_pool(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	return rcu_dereference_protected(svc->pool, lockdep_is_held(&nn->cfg_lock));
}

/**
 * nfvs_svc_note_change() - services or real servers have changed
 * @nn: namespace; its cfg_lock is held
 */
void nfvs_svc_note_change(struct nfvs_net *nn)
{
	atomic64_inc(&nn->generation);
}

/**
 * nfvs_svc_pool_cfg() - what a service says of its pool
 * @nn: its namespace
 * @cfg: its settings
 */
struct nfvs_pool_cfg nfvs_svc_pool_cfg(struct nfvs_net *nn, const struct nfvs_svc_cfg *cfg)
{
	return (struct nfvs_pool_cfg){
		.nn = nn,
		.sched = cfg->sched,
		.flags = cfg->flags,
		.timeout = cfg->timeout * HZ,
		.netmask = cfg->netmask,
		.fastpath = cfg->policy.fastpath,
	};
}

/**
 * nfvs_svc_publish_pool() - from now on packets pick from another pool
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 * @pool: the pool, made from the present one
 *
 * Context: process context, may sleep.
 */
void nfvs_svc_publish_pool(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_pool *pool)
{
	struct nfvs_pool *old = nfvs_svc_pool(nn, svc);

	nfvs_pool_ready(pool, old);
	rcu_assign_pointer(svc->pool, pool);
	nfvs_pool_retire(old, pool);
}

static void nfvs_svc_count(struct nfvs_net *nn, const struct nfvs_svc_key *key, int change)
{
	WRITE_ONCE(nn->svc_count, nn->svc_count + change);
	if (key->fwmark)
		WRITE_ONCE(nn->fwmark_svcs, nn->fwmark_svcs + change);
	else if (!key->port)
		WRITE_ONCE(nn->wildcard_svcs, nn->wildcard_svcs + change);
	else if (key->port == htons(NFVS_PORT_FTP))
		WRITE_ONCE(nn->ftp_svcs, nn->ftp_svcs + change);
}

/**
 * nfvs_svc_create() - make a service that nobody finds yet
 * @nn: namespace; its cfg_lock is held until the service is listed or discarded
 * @key: what it will be called; no service has this key
 * @cfg: its settings, valid
 * @extack: receives the reason of a failure
 *
 * It has its place in the tables, so that listing it cannot fail.
 *
 * Context: process context, may sleep.
 * Return: the service, or an ERR_PTR.
 */
struct nfvs_svc *nfvs_svc_create(struct nfvs_net *nn, const struct nfvs_svc_key *key,
				 const struct nfvs_svc_cfg *cfg, struct netlink_ext_ack *extack)
{
	const struct nfvs_pool_cfg pool_cfg = nfvs_svc_pool_cfg(nn, cfg);
	struct nfvs_pool *pool;
	struct nfvs_svc *svc;
	int err;

	lockdep_assert_held(&nn->cfg_lock);

	err = nn->see_packets(nn, key->af);
	if (err) {
		NL_SET_ERR_MSG(extack, "cannot register with netfilter");
		return ERR_PTR(err);
	}
	svc = kzalloc(sizeof(*svc), GFP_KERNEL);
	if (!svc)
		goto err_nomem;
	pool = nfvs_pool_alloc(&pool_cfg);
	if (!pool)
		goto err_svc;
	nfvs_pool_ready(pool, NULL);
	svc->key = *key;
	svc->key.af |= NFVS_SVC_UNLISTED;
	svc->cfg = *cfg;
	INIT_LIST_HEAD(&svc->busy);
	RCU_INIT_POINTER(svc->pool, pool);

	if (xa_alloc_cyclic(&nn->svc_ids, &svc->id, svc, xa_limit_32b, &nn->next_svc_id,
			    GFP_KERNEL) < 0)
		goto err_pool;
	if (rhashtable_insert_fast(&nn->svcs, &svc->node, nfvs_svc_params))
		goto err_id;
	return svc;

err_id:
	xa_erase(&nn->svc_ids, svc->id);
err_pool:
	nfvs_pool_free(pool);
err_svc:
	kfree(svc);
err_nomem:
	NL_SET_ERR_MSG(extack, "no memory for the service");
	return ERR_PTR(-ENOMEM);
}

/* It is out of the table, where packets may still be. */
static void nfvs_svc_free(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	xa_erase(&nn->svc_ids, svc->id);
	/* Only now: what its real servers gained last has made it busy. */
	list_del(&svc->busy);
	nfvs_pool_free(nfvs_svc_pool(nn, svc));
	kfree_rcu(svc, rcu);
}

/**
 * nfvs_svc_discard() - undo nfvs_svc_create()
 * @nn: namespace; its cfg_lock is held
 * @svc: the service, without real servers; gone on return
 */
void nfvs_svc_discard(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	rhashtable_remove_fast(&nn->svcs, &svc->node, nfvs_svc_params);
	nfvs_svc_free(nn, svc);
}

/**
 * nfvs_svc_list() - from now on packets find a service
 * @nn: namespace; its cfg_lock is held
 * @svc: from nfvs_svc_create()
 */
void nfvs_svc_list(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	nfvs_svc_count(nn, &svc->key, 1);
	nfvs_fastpaths_count(nn, &svc->cfg.policy, 1);
	WRITE_ONCE(svc->key.af, svc->key.af & ~NFVS_SVC_UNLISTED);
}

/**
 * nfvs_svc_add() - make a service
 * @nn: namespace; its cfg_lock is held
 * @key: what it is called; no service has this key
 * @cfg: its settings, valid
 * @extack: receives the reason of a failure
 *
 * Context: process context, may sleep.
 * Return: 0, or a negative errno and there is no service.
 */
int nfvs_svc_add(struct nfvs_net *nn, const struct nfvs_svc_key *key,
		 const struct nfvs_svc_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct nfvs_svc *svc = nfvs_svc_create(nn, key, cfg, extack);

	if (IS_ERR(svc))
		return PTR_ERR(svc);
	nfvs_svc_list(nn, svc);
	nfvs_svc_note_change(nn);
	return 0;
}

/* Packets ask the real server, which may outlive its service. */
static void nfvs_svc_spread_policy(struct nfvs_net *nn, struct nfvs_svc *svc,
				   const struct nfvs_policy *policy)
{
	const struct nfvs_pool *pool = nfvs_svc_pool(nn, svc);
	u32 i;

	nfvs_fastpaths_count(nn, policy, 1);
	nfvs_fastpaths_count(nn, &svc->cfg.policy, -1);
	for (i = 0; i < pool->count; i++)
		nfvs_dest_set_policy(nfvs_pool_dest(pool, i), policy);
	nfvs_dest_edit_retired(nn, &svc->key, policy);
}

/**
 * nfvs_svc_set_cfg() - a service has other settings
 * @nn: namespace; its cfg_lock is held
 * @svc: the service, whose published pool goes by them
 * @cfg: the settings
 */
void nfvs_svc_set_cfg(struct nfvs_net *nn, struct nfvs_svc *svc, const struct nfvs_svc_cfg *cfg)
{
	if (memcmp(&cfg->policy, &svc->cfg.policy, sizeof(cfg->policy)))
		nfvs_svc_spread_policy(nn, svc, &cfg->policy);
	svc->cfg = *cfg;
}

/**
 * nfvs_svc_edit() - change the settings of a service
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 * @cfg: the new settings, valid; the scheduler can deal with the service's real servers
 * @extack: receives the reason of a failure
 *
 * Connections and templates stay.  Packets see the old settings or the new ones, and never no
 * scheduler.
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM and nothing changed.
 */
int nfvs_svc_edit(struct nfvs_net *nn, struct nfvs_svc *svc, const struct nfvs_svc_cfg *cfg,
		  struct netlink_ext_ack *extack)
{
	const struct nfvs_pool_cfg pool_cfg = nfvs_svc_pool_cfg(nn, cfg);
	struct nfvs_pool *pool = nfvs_pool_copy(&pool_cfg, nfvs_svc_pool(nn, svc));

	if (!pool) {
		NL_SET_ERR_MSG(extack, "no memory to change the service");
		return -ENOMEM;
	}
	nfvs_svc_publish_pool(nn, svc, pool);
	nfvs_svc_set_cfg(nn, svc, cfg);
	nfvs_svc_note_change(nn);
	return 0;
}

/* All the traffic of a service, whoever zeroed it in between. */
static void nfvs_svc_traffic(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_counts *sum)
{
	struct nfvs_pool *pool = nfvs_svc_pool(nn, svc);
	struct nfvs_counts one;
	u32 i;

	*sum = svc->left;
	for (i = 0; i < pool->count; i++) {
		nfvs_dest_counts(nfvs_pool_dest(pool, i), NULL, &one);
		nfvs_counts_add(sum, &one);
	}
}

/**
 * nfvs_svc_counts() - traffic counters of a service
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 * @shown: since it was last zeroed
 */
void nfvs_svc_counts(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_counts *shown)
{
	nfvs_svc_traffic(nn, svc, shown);
	nfvs_counts_sub(shown, &svc->zero);
}

/**
 * nfvs_svc_remove() - remove a service with all its real servers, as a part of a change
 * @nn: namespace; its cfg_lock is held
 * @svc: the service; gone on return
 *
 * Context: process context, may sleep.
 */
void nfvs_svc_remove(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	struct nfvs_pool *pool = nfvs_svc_pool(nn, svc);
	struct nfvs_dest *dest;
	u32 i;

	rhashtable_remove_fast(&nn->svcs, &svc->node, nfvs_svc_params);
	nfvs_svc_count(nn, &svc->key, -1);
	nfvs_fastpaths_count(nn, &svc->cfg.policy, -1);
	for (i = 0; i < pool->count; i++) {
		dest = nfvs_pool_dest(pool, i);
		nfvs_group_forget(dest);
		nfvs_dest_leave(nn, dest);
	}
	nfvs_svc_free(nn, svc);
}

/**
 * nfvs_svc_del() - remove a service with all its real servers
 * @nn: namespace; its cfg_lock is held
 * @svc: the service; gone on return
 *
 * Context: process context, may sleep.
 */
void nfvs_svc_del(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	nfvs_svc_remove(nn, svc);
	nfvs_svc_note_change(nn);
}

/**
 * nfvs_svc_flush() - remove all services
 * @nn: namespace; its cfg_lock is held
 *
 * Context: process context, may sleep.
 */
void nfvs_svc_flush(struct nfvs_net *nn)
{
	struct nfvs_svc *svc;
	unsigned long id;

	xa_for_each(&nn->svc_ids, id, svc) {
		nfvs_svc_remove(nn, svc);
		cond_resched();
	}
	nfvs_svc_note_change(nn);
}

/**
 * nfvs_svc_zero() - show the traffic of a service and its real servers from here on
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 */
void nfvs_svc_zero(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	struct nfvs_pool *pool = nfvs_svc_pool(nn, svc);
	u32 i;

	for (i = 0; i < pool->count; i++)
		nfvs_dest_zero(nfvs_pool_dest(pool, i));
	nfvs_svc_traffic(nn, svc, &svc->zero);
	nfvs_rate_zero(&svc->rate, &svc->counted);
}

/**
 * nfvs_svc_zero_all() - zero all services, real servers and the namespace's total
 * @nn: namespace; its cfg_lock is held
 *
 * Context: process context, may sleep.
 */
void nfvs_svc_zero_all(struct nfvs_net *nn)
{
	struct nfvs_svc *svc;
	unsigned long id;

	xa_for_each(&nn->svc_ids, id, svc) {
		nfvs_svc_zero(nn, svc);
		cond_resched();
	}
	nfvs_totals_zero(nn);
}

/**
 * nfvs_svc_find_dest() - find a real server of a service
 * @nn: namespace; its cfg_lock is held
 * @key: what the real server is called
 *
 * Return: the real server, or NULL; a retired one is not the service's any more.
 */
struct nfvs_dest *nfvs_svc_find_dest(struct nfvs_net *nn, const struct nfvs_dest_key *key)
{
	struct nfvs_dest *dest = nfvs_dest_find(nn, key);

	return dest && dest->available ? dest : NULL;
}

/**
 * nfvs_svc_add_dest() - add a real server to a service
 * @nn: namespace; its cfg_lock is held
 * @svc: the service, whose scheduler can deal with one more
 * @key: what the real server is called; the service has none of this key
 * @cfg: its settings, valid
 * @extack: receives the reason of a failure
 *
 * The youngest comes first, as in ip_vs: schedulers that go by order then choose alike.
 *
 * Context: process context, may sleep.
 * Return: 0, or a negative errno and nothing changed.
 */
int nfvs_svc_add_dest(struct nfvs_net *nn, struct nfvs_svc *svc, const struct nfvs_dest_key *key,
		      const struct nfvs_dest_cfg *cfg, struct netlink_ext_ack *extack)
{
	const struct nfvs_pool_cfg pool_cfg = nfvs_svc_pool_cfg(nn, &svc->cfg);
	struct nfvs_pool *old = nfvs_svc_pool(nn, svc);
	struct nfvs_dest *dest;
	struct nfvs_pool *pool;
	int err;

	/* ICMP errors about what is sent to it are of its family. */
	err = nn->see_packets(nn, key->af);
	if (err) {
		NL_SET_ERR_MSG(extack, "cannot register with netfilter");
		return err;
	}
	pool = nfvs_pool_with(&pool_cfg, old);
	if (!pool) {
		NL_SET_ERR_MSG(extack, "no memory for one more real server");
		return -ENOMEM;
	}
	dest = nfvs_dest_prepare(nn, key, nfvs_dest_find(nn, key), extack);
	if (IS_ERR(dest)) {
		nfvs_pool_discard(pool, old);
		return PTR_ERR(dest);
	}
	nfvs_dest_join(nn, svc, dest, cfg);
	nfvs_dest_set_policy(dest, &svc->cfg.policy);

	nfvs_pool_join(pool, dest);
	nfvs_svc_publish_pool(nn, svc, pool);
	nfvs_svc_note_change(nn);
	return 0;
}

/**
 * nfvs_svc_edit_dest() - change the settings of a real server
 * @nn: namespace; its cfg_lock is held
 * @svc: its service
 * @dest: the real server
 * @cfg: the new settings, valid
 * @extack: receives the reason of a failure
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM and nothing changed.
 */
int nfvs_svc_edit_dest(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_dest *dest,
		       const struct nfvs_dest_cfg *cfg, struct netlink_ext_ack *extack)
{
	const struct nfvs_pool_cfg pool_cfg = nfvs_svc_pool_cfg(nn, &svc->cfg);
	struct nfvs_pool *pool = nfvs_pool_renew(&pool_cfg, nfvs_svc_pool(nn, svc), dest);

	if (!pool) {
		NL_SET_ERR_MSG(extack, "no memory to change the real server");
		return -ENOMEM;
	}
	nfvs_dest_edit(dest, cfg);
	nfvs_svc_publish_pool(nn, svc, pool);
	nfvs_svc_note_change(nn);
	return 0;
}

/**
 * nfvs_svc_let_go() - a real server is about to leave
 * @svc: its service; the pool that lacks the real server is not published yet
 * @dest: the real server
 */
void nfvs_svc_let_go(struct nfvs_svc *svc, struct nfvs_dest *dest)
{
	struct nfvs_counts traffic;

	nfvs_group_forget(dest);
	nfvs_dest_counts(dest, NULL, &traffic);
	nfvs_counts_add(&svc->left, &traffic);
}

/**
 * nfvs_svc_del_dest() - remove a real server from a service
 * @nn: namespace; its cfg_lock is held
 * @svc: its service
 * @dest: the real server
 * @extack: receives the reason of a failure
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM and nothing changed.
 */
int nfvs_svc_del_dest(struct nfvs_net *nn, struct nfvs_svc *svc, struct nfvs_dest *dest,
		      struct netlink_ext_ack *extack)
{
	const struct nfvs_pool_cfg pool_cfg = nfvs_svc_pool_cfg(nn, &svc->cfg);
	struct nfvs_pool *pool;

	pool = nfvs_pool_without(&pool_cfg, nfvs_svc_pool(nn, svc), dest);
	if (!pool) {
		NL_SET_ERR_MSG(extack, "no memory to remove the real server");
		return -ENOMEM;
	}

	nfvs_svc_let_go(svc, dest);
	nfvs_svc_publish_pool(nn, svc, pool);
	nfvs_dest_leave(nn, dest);
	nfvs_svc_note_change(nn);
	return 0;
}
