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
 * nfvs_rates_wake() - a real server that may be idle has traffic
 * @dest: the real server
 * @busy: what it becomes if it was idle
 *
 * What was counted has to be seen before this looks whether it is: a full barrier is between them.
 * It may be gone for good by now where a packet has no connection that refers to it; then it
 * has no rates any more.
 *
 * Context: any, rcu_read_lock() held.
 */
void nfvs_rates_wake(struct nfvs_dest *dest, enum nfvs_dest_busy busy)
{
	struct nfvs_net *nn = dest->nn;

	if (READ_ONCE(dest->busy) != NFVS_DEST_IDLE ||
	    cmpxchg(&dest->busy, NFVS_DEST_IDLE, busy) != NFVS_DEST_IDLE)
		return;
	if (!nfvs_dest_get(dest))
		return;
	if (llist_add(&dest->busy_new, &nn->busy_new))
		nfvs_rates_arm(nn);
	if (busy == NFVS_DEST_EARLY)
		queue_work(system_unbound_wq, &nn->stats_work);
}

/* Tell a real server's service and namespace what it gained since its last step. */
static void nfvs_rates_tell(struct nfvs_dest *dest, const struct nfvs_counts *now)
{
	struct nfvs_net *nn = dest->nn;
	struct nfvs_counts gain = *now;

	lockdep_assert_held(&nn->cfg_lock);
	nfvs_counts_sub(&gain, &nfvs_dest_tally(dest)->rate.last);
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
 *
 * Context: process context, may sleep.
 */
void nfvs_rates_settle(struct nfvs_dest *dest)
{
	struct nfvs_counts now;

	nfvs_dest_traffic(dest, &now);
	if (!dest->tally && nfvs_counts_are_zero(&now))
		return;
	nfvs_rates_tell(dest, &now);
	/* It has only just had its first packet, and a change that is under way cannot fail. */
	nfvs_rate_zero(&nfvs_dest_need_tally(dest, GFP_KERNEL | __GFP_NOFAIL)->rate, &now);
}

/* True while there is something to show, or to come. */
static bool nfvs_rate_advance(struct nfvs_rate *rate, const struct nfvs_counts *now)
{
	bool gained = nfvs_counts_differ(now, &rate->last);

	nfvs_rate_step(rate, now);
	return gained || !nfvs_counts_are_zero(&rate->avg);
}

/*
 * A real server has fallen idle and is on no list.  A packet that was counted before it says so may
 * have found it busy, so look once more; packets after it put the real server on the list for new
 * ones, with a reference of their own.
 */
static bool nfvs_dest_falls_idle(struct nfvs_dest *dest)
{
	/* Pairs with the barriers in nfvs_dest_count_more(). */
	enum nfvs_dest_busy was = xchg(&dest->busy, NFVS_DEST_IDLE);
	struct nfvs_counts now;

	nfvs_dest_traffic(dest, &now);
	return !nfvs_counts_differ(&now, &dest->tally->rate.last) ||
	       cmpxchg(&dest->busy, NFVS_DEST_IDLE, was) != NFVS_DEST_IDLE;
}

static void nfvs_rates_list(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	bool early = dest->busy == NFVS_DEST_EARLY;

	list_add_tail(&dest->busy_node, early ? &nn->early_dests : &nn->busy_dests);
}

static void nfvs_rates_step_dest(struct nfvs_net *nn, struct nfvs_dest *dest)
{
	struct nfvs_dest_tally *tally = nfvs_dest_need_tally(dest, GFP_KERNEL);
	struct nfvs_counts now;
	bool busy = true;

	list_del(&dest->busy_node);
	/* Without memory, all of it is the gain of a later step. */
	if (tally) {
		nfvs_dest_traffic(dest, &now);
		nfvs_rates_tell(dest, &now);
		busy = nfvs_rate_advance(&tally->rate, &now) || !nfvs_dest_falls_idle(dest);
	}
	if (busy)
		nfvs_rates_list(nn, dest);
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

/**
 * nfvs_rates_take_new() - put real servers that have become busy on the list that they belong to
 * @nn: namespace; its cfg_lock is held
 */
void nfvs_rates_take_new(struct nfvs_net *nn)
{
	struct nfvs_dest *dest, *next;

	lockdep_assert_held(&nn->cfg_lock);
	llist_for_each_entry_safe(dest, next, llist_del_all(&nn->busy_new), busy_new)
		nfvs_rates_list(nn, dest);
}

#define NFVS_RATES_SLICE 64

/**
 * nfvs_rates_slice() - let others have the lock, now and then
 * @nn: namespace; its cfg_lock is held, and may be dropped and taken again
 * @done: how much has been done so far
 *
 * What is dealt with leaves its list, so lists may change meanwhile.
 *
 * Context: process context, may sleep.
 */
void nfvs_rates_slice(struct nfvs_net *nn, unsigned int *done)
{
	if (++*done % NFVS_RATES_SLICE)
		return;
	mutex_unlock(&nn->cfg_lock);
	cond_resched();
	mutex_lock(&nn->cfg_lock);
}

static void nfvs_rates_step_dests(struct nfvs_net *nn, bool all)
{
	unsigned int done = 0;
	struct nfvs_dest *dest;

	list_splice_init(&nn->busy_dests, &nn->stepped_dests);
	list_splice_init(&nn->early_dests, &nn->stepped_dests);
	while (!list_empty(&nn->stepped_dests)) {
		dest = list_first_entry(&nn->stepped_dests, struct nfvs_dest, busy_node);
		if (all || !dest->available) {
			nfvs_rates_step_dest(nn, dest);
		} else {
			list_del(&dest->busy_node);
			nfvs_rates_list(nn, dest);
		}
		nfvs_rates_slice(nn, &done);
	}
}

static void nfvs_rates_step_svcs(struct nfvs_net *nn)
{
	unsigned int done = 0;

	list_splice_init(&nn->busy_svcs, &nn->stepped_svcs);
	while (!list_empty(&nn->stepped_svcs)) {
		nfvs_rates_step_svc(nn, list_first_entry(&nn->stepped_svcs, struct nfvs_svc, busy));
		nfvs_rates_slice(nn, &done);
	}
}

static bool nfvs_rates_have_dests(const struct nfvs_net *nn)
{
	return !list_empty(&nn->busy_dests) || !list_empty(&nn->early_dests) ||
	       !list_empty(&nn->given_dests);
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
	bool estimate = READ_ONCE(nn->sysctls.run_estimation);
	bool busy = true;

	mutex_lock(&nn->cfg_lock);
	nfvs_rates_take_new(nn);
	/* Whoever wants no rates wants to be rid of what was removed all the same. */
	if (estimate || !list_empty(&nn->retired)) {
		nfvs_rates_step_dests(nn, estimate);
		/* The reference of a list may have been the last but the configuration's. */
		nfvs_dest_reap_retired(nn);
	}
	if (estimate) {
		nfvs_rates_step_svcs(nn);
		busy = nfvs_rate_advance(&nn->rate, &nn->counted);
	}
	if (!list_empty(&nn->early_dests))
		queue_work(system_unbound_wq, &nn->stats_work);
	if (busy || nfvs_rates_have_dests(nn) || !list_empty(&nn->busy_svcs))
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
	INIT_WORK(&nn->stats_work, nfvs_dest_stats_work);
	init_llist_head(&nn->busy_new);
	INIT_LIST_HEAD(&nn->early_dests);
	INIT_LIST_HEAD(&nn->given_dests);
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

	/* In this order: the first queues the second. */
	cancel_delayed_work_sync(&nn->rate_work);
	cancel_work_sync(&nn->stats_work);
	mutex_lock(&nn->cfg_lock);
	nfvs_rates_take_new(nn);
	list_splice_init(&nn->early_dests, &nn->busy_dests);
	list_for_each_entry_safe(dest, next, &nn->busy_dests, busy_node) {
		list_del(&dest->busy_node);
		nfvs_dest_put(nn, dest);
	}
	mutex_unlock(&nn->cfg_lock);
}
