// SPDX-License-Identifier: GPL-2.0-only
/* The state of a network namespace: made and taken apart. */

#include <linux/cpumask.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "core/udp_fsm.h"
#include "obj/conn.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "obj/real.h"
#include "obj/svc.h"

unsigned int nfvs_net_id __read_mostly;

static void nfvs_timeouts_init(struct nfvs_timeouts *timeouts)
{
	u32 state;

	for (state = 0; state < NFVS_TCP_STATES; state++)
		timeouts->tcp[state] = nfvs_tcp_timeout_default[state] * HZ;
	for (state = 0; state < NFVS_SCTP_STATES; state++)
		timeouts->sctp[state] = nfvs_sctp_timeout_default[state] * HZ;
	timeouts->udp = nfvs_udp_timeout_default[NFVS_UDP_NORMAL] * HZ;
}

/**
 * nfvs_net_init() - make the state of a new namespace
 * @nn: zeroed memory for it
 * @net: the namespace
 *
 * Context: process context, may sleep.
 * Return: 0 or a negative errno, and nothing is left over.
 */
int nfvs_net_init(struct nfvs_net *nn, struct net *net)
{
	int err;

	nn->net = net;
	atomic64_set(&nn->generation, 1);
	spin_lock_init(&nn->overload_lock);
	nn->next_dest_id = 1;
	mutex_init(&nn->cfg_lock);
	INIT_LIST_HEAD(&nn->retired);
	xa_init_flags(&nn->svc_ids, XA_FLAGS_ALLOC);
	nfvs_timeouts_init(&nn->timeouts);
	nfvs_rates_net_init(nn);
	nfvs_sysctls_init(&nn->sysctls);
	nfvs_fastpaths_update(nn);

	nn->kept = kcalloc(nr_cpu_ids, sizeof(*nn->kept), GFP_KERNEL);
	if (!nn->kept)
		return -ENOMEM;
	err = -ENOMEM;
	nn->early = alloc_percpu(struct nfvs_cpu_stats);
	if (!nn->early)
		goto err_kept;
	nfvs_stats_clear(nn->early);
	nn->counters = alloc_percpu(struct nfvs_counters);
	if (!nn->counters)
		goto err_early;
	err = rhashtable_init(&nn->svcs, &nfvs_svc_params);
	if (err)
		goto err_counters;
	err = rhashtable_init(&nn->dests, &nfvs_dest_params);
	if (err)
		goto err_svcs;
	err = rhashtable_init(&nn->reals, &nfvs_real_params);
	if (err)
		goto err_dests;
	err = nfvs_conn_net_init(nn);
	if (err)
		goto err_reals;
	return 0;

err_reals:
	rhashtable_destroy(&nn->reals);
err_dests:
	rhashtable_destroy(&nn->dests);
err_svcs:
	rhashtable_destroy(&nn->svcs);
err_counters:
	free_percpu(nn->counters);
err_early:
	free_percpu(nn->early);
err_kept:
	kfree(nn->kept);
	return err;
}

/**
 * nfvs_net_exit() - take a namespace apart
 * @nn: its state.  No hook, no netlink message and no file leads here any more, and a grace
 *	period has passed since.
 *
 * Services first: then all real servers are retired, and go with their last connection.
 *
 * Context: process context, may sleep.
 */
void nfvs_net_exit(struct nfvs_net *nn)
{
	mutex_lock(&nn->cfg_lock);
	nfvs_svc_flush(nn);
	mutex_unlock(&nn->cfg_lock);

	nfvs_rates_net_exit(nn);
	nfvs_conn_net_exit(nn);

	mutex_lock(&nn->cfg_lock);
	nfvs_dest_reap_retired(nn);
	WARN_ON_ONCE(!list_empty(&nn->retired));
	mutex_unlock(&nn->cfg_lock);
	nfvs_dest_free_bypass(nn);

	rhashtable_destroy(&nn->reals);
	rhashtable_destroy(&nn->dests);
	rhashtable_destroy(&nn->svcs);
	xa_destroy(&nn->svc_ids);
	free_percpu(nn->counters);
	free_percpu(nn->early);
	kfree(nn->kept);
	mutex_destroy(&nn->cfg_lock);
}
