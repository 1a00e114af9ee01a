// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rates, worked out in process context, of what has traffic.
 *
 * The first packet of a real server that was idle puts it on a list (busy_new) that needs no lock;
 * each NFVS_RATE_INTERVAL the work steps the real servers there, and the services they belong to,
 * until their rates have sunk to 0.  So what is idle costs nothing, and nothing runs where all is
 * idle.
 *
 * Services and the namespace are stepped with what their real servers told them that they gained:
 * nobody sums up all real servers of a service to know its rate.
 */

#include <linux/lockdep.h>
#include <linux/sched.h>

#include "obj/netns.h"
#include "obj/rates.h"
#include "obj/svc.h"

static bool nfvs_counts_are_zero(const struct nfvs_counts *counts)
{
	return !(counts->conns | counts->inpkts | counts->outpkts | counts->inbytes |
		 counts->outbytes);
}

static bool nfvs_counts_differ(const struct nfvs_counts *a, const struct nfvs_counts *b)
{
	return memcmp(a, b, sizeof(*a));
}

static void nfvs_rates_arm(struct nfvs_net *nn)
{
	queue_delayed_work(system_unbound_wq, &nn->rate_work, NFVS_RATE_INTERVAL * HZ);
}

/**
 * nfvs_rates_wake() - a real server that was idle has traffic
 * @dest: the real server
 *
 * It may be gone for good by now where a packet has no connection that refers to it; then it
 * has no rates any more.
 *
 * Context: any, rcu_read_lock() held.
 */
void nfvs_rates_wake(struct nfvs_dest *dest)
{
	if (test_and_set_bit(0, &dest->busy))
		return;
	if (!nfvs_dest_get(dest))
		return;
	if (llist_add(&dest->busy_new, &dest->nn->busy_new))
		nfvs_rates_arm(dest->nn);
}

/* Tell a real server's service and namespace what it gained since dest->rate.last. */
static void nfvs_rates_tell(struct nfvs_dest *dest, const struct nfvs_counts *now)
{
	struct nfvs_net *nn = dest->nn;
	struct nfvs_counts gain = *now;

	lockdep_assert_held(&nn->cfg_lock);
	nfvs_counts_sub(&gain, &dest->rate.last);
	if (nfvs_counts_are_zero(&gain))
		return;
	nfvs_counts_add(&nn->counted, &gain);
	if (!dest->available)
		return;
	nfvs_counts_add(&dest->svc->counted, &gain);
	if (list_empty(&dest->svc->busy))
		list_add_tail(&dest->svc->busy, &nn->busy_svcs);
}

/**
 * nfvs_rates_settle() - forget the rates of a real server, not what it gained
 * @dest: the real server; its namespace's cfg_lock is held
 *
 * Before it leaves its service, and when it is zeroed.
 */
void nfvs_rates_settle(struct nfvs_dest *dest)
{
	struct nfvs_counts now;

	nfvs_stats_read(dest->stats, &now);
	nfvs_rates_tell(dest, &now);
	nfvs_rate_zero(&dest->rate, &now);
}

/* True while there is something to show, or to come. */
static bool nfvs_rate_advance(struct nfvs_rate *rate, const struct nfvs_counts *now)
{
	bool gained = nfvs_counts_differ(now, &rate->last);

	nfvs_rate_step(rate, now);
	return gained || !nfvs_counts_are_zero(&rate->avg);
}

/*
 * A real server has fallen idle and is on no list.  A packet that was counted before the bit is
 * clear may have seen it set, so look once more; packets after it put the real server on the
 * list for new ones, with a reference of their own.
 */
static bool nfvs_dest_falls_idle(struct nfvs_dest *dest)
{
	struct nfvs_counts now;

	clear_bit(0, &dest->busy);
	/* Pairs with the bit operation in nfvs_rates_wake(). */
	smp_mb__after_atomic();
	nfvs_stats_read(dest->stats, &now);
	return !nfvs_counts_differ(&now, &dest->rate.last) || test_and_set_bit(0, &dest->busy);
}

static void nfvs_rates_step_dest(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	struct nfvs_counts now;

	list_del(&dest->busy_node);
	nfvs_stats_read(dest->stats, &now);
	nfvs_rates_tell(dest, &now);
	if (nfvs_rate_advance(&dest->rate, &now) || !nfvs_dest_falls_idle(dest))
		list_add_tail(&dest->busy_node, &nn->busy_dests);
	else
		nfvs_dest_put(nn, dest);
}

static void nfvs_rates_step_svc(struct nfvs_net *nn, struct nfvs_svc *svc)
{
	if (nfvs_rate_advance(&svc->rate, &svc->counted))
		list_move_tail(&svc->busy, &nn->busy_svcs);
	else
		list_del_init(&svc->busy);
}

static void nfvs_rates_take_new(struct nfvs_net *nn)
{
	struct nfvs_dest *dest, *next;

	llist_for_each_entry_safe(dest, next, llist_del_all(&nn->busy_new), busy_new)
		list_add_tail(&dest->busy_node, &nn->busy_dests);
}

/* Others get the lock in between.  What is stepped leaves the list, or goes to its end. */
#define NFVS_RATES_SLICE 64

static void nfvs_rates_slice(struct nfvs_net *nn, unsigned int *done)
{
	if (++*done % NFVS_RATES_SLICE)
		return;
	mutex_unlock(&nn->cfg_lock);
	cond_resched();
	mutex_lock(&nn->cfg_lock);
}

static void nfvs_rates_step_all(struct nfvs_net *nn)
{
	unsigned int done = 0;
	struct nfvs_dest *dest;

	list_splice_init(&nn->busy_dests, &nn->stepped_dests);
	while (!list_empty(&nn->stepped_dests)) {
		dest = list_first_entry(&nn->stepped_dests, struct nfvs_dest, busy_node);
		nfvs_rates_step_dest(nn, dest);
		nfvs_rates_slice(nn, &done);
	}
	list_splice_init(&nn->busy_svcs, &nn->stepped_svcs);
	while (!list_empty(&nn->stepped_svcs)) {
		nfvs_rates_step_svc(nn, list_first_entry(&nn->stepped_svcs, struct nfvs_svc, busy));
		nfvs_rates_slice(nn, &done);
	}
}

/**
 * nfvs_rates_work() - work out the rates of what is busy
 * @work: &nfvs_net.rate_work; queues itself again as long as anything is
 *
 * Context: process context, may sleep.
 */
void nfvs_rates_work(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(to_delayed_work(work), struct nfvs_net, rate_work);
	unsigned long next = jiffies + NFVS_RATE_INTERVAL * HZ;
	bool busy;

	mutex_lock(&nn->cfg_lock);
	nfvs_rates_take_new(nn);
	busy = !READ_ONCE(nn->sysctls.run_estimation);
	if (!busy) {
		nfvs_rates_step_all(nn);
		busy = nfvs_rate_advance(&nn->rate, &nn->counted);
		/* The reference of a list may have been the last but the configuration's. */
		nfvs_dest_reap_retired(nn);
	}
	if (busy || !list_empty(&nn->busy_dests) || !list_empty(&nn->busy_svcs))
		queue_delayed_work(system_unbound_wq, &nn->rate_work,
				   max_t(long, next - jiffies, 1));
	mutex_unlock(&nn->cfg_lock);
}

/**
 * nfvs_rates_net_init() - prepare a namespace
 * @nn: namespace
 */
void nfvs_rates_net_init(struct nfvs_net *nn)
{
	INIT_DELAYED_WORK(&nn->rate_work, nfvs_rates_work);
	init_llist_head(&nn->busy_new);
	INIT_LIST_HEAD(&nn->busy_dests);
	INIT_LIST_HEAD(&nn->busy_svcs);
	INIT_LIST_HEAD(&nn->stepped_dests);
	INIT_LIST_HEAD(&nn->stepped_svcs);
}

/**
 * nfvs_rates_net_exit() - stop, and let go of all real servers
 * @nn: namespace; no packet counts anything any more, no service is left
 *
 * Context: process context, may sleep.
 */
void nfvs_rates_net_exit(struct nfvs_net *nn)
{
	struct nfvs_dest *dest, *next;

	cancel_delayed_work_sync(&nn->rate_work);
	mutex_lock(&nn->cfg_lock);
	nfvs_rates_take_new(nn);
	list_for_each_entry_safe(dest, next, &nn->busy_dests, busy_node) {
		list_del(&dest->busy_node);
		nfvs_dest_put(nn, dest);
	}
	mutex_unlock(&nn->cfg_lock);
}
