// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters of a real server.
 *
 * With many CPUs they are most of what a real server takes, and most of a large configuration is
 * idle; so a real server gets its own with its first packet.  No packet waits for that.  Until then
 * it counts in counters that all such real servers of a namespace share (&nfvs_net.early), as it
 * would in those of its own, and for the real server once more in one place for all CPUs.
 *
 * What is remembered of its traffic (&struct nfvs_dest_tally) is not there either until there has
 * been some.
 *
 * A packet finds out that it has to by what it looks at anyway: whether rates are worked out
 * (&nfvs_dest.busy).
 */

#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "obj/dest.h"
#include "obj/netns.h"
#include "obj/rates.h"

static void nfvs_dest_add_early(struct nfvs_dest *dest, enum nfvs_counted what, unsigned int bytes)
{
	switch (what) {
	case NFVS_COUNTED_CONN:
		atomic64_inc(&dest->early.conns);
		break;
	case NFVS_COUNTED_IN:
		atomic64_inc(&dest->early.inpkts);
		atomic64_add(bytes, &dest->early.inbytes);
		break;
	case NFVS_COUNTED_OUT:
		atomic64_inc(&dest->early.outpkts);
		atomic64_add(bytes, &dest->early.outbytes);
		break;
	}
}

/**
 * nfvs_dest_count_more() - something was counted of a real server that is not NFVS_DEST_BUSY
 * @dest: the real server
 * @s: where it was
 * @what: what it was
 * @bytes: length of the packet from its network header on, 0 for a connection
 *
 * Context: bottom halves disabled, rcu_read_lock() held since before @s was looked up.
 */
void nfvs_dest_count_more(struct nfvs_dest *dest, const struct nfvs_cpu_stats *s,
			  enum nfvs_counted what, unsigned int bytes)
{
	if (s == this_cpu_ptr(dest->nn->early)) {
		nfvs_dest_add_early(dest, what, bytes);
		/* Before it is looked at.  Pairs with xchg() in nfvs_dest_falls_idle(). */
		smp_mb__after_atomic();
		nfvs_rates_wake(dest, NFVS_DEST_EARLY);
	} else {
		/* Likewise. */
		smp_mb();
		nfvs_rates_wake(dest, NFVS_DEST_BUSY);
	}
}

/**
 * nfvs_dest_need_tally() - what is remembered of a real server's traffic, to be changed
 * @dest: the real server; its namespace's cfg_lock is held
 * @gfp: how to allocate it
 *
 * Context: process context, may sleep.
 * Return: the tally, or NULL without memory.
 */
struct nfvs_dest_tally *nfvs_dest_need_tally(struct nfvs_dest *dest, gfp_t gfp)
{
	lockdep_assert_held(&dest->nn->cfg_lock);
	if (!dest->tally)
		dest->tally = kzalloc(sizeof(*dest->tally), gfp);
	return dest->tally;
}

/**
 * nfvs_dest_tally() - what is remembered of a real server's traffic
 * @dest: the real server; its namespace's cfg_lock is held
 */
const struct nfvs_dest_tally *nfvs_dest_tally(const struct nfvs_dest *dest)
{
	static const struct nfvs_dest_tally nothing;

	lockdep_assert_held(&dest->nn->cfg_lock);
	return dest->tally ?: &nothing;
}

/**
 * nfvs_dest_give_stats() - give a real server counters of its own
 * @dest: the real server, which has none; its namespace's cfg_lock is held
 *
 * A packet may go on to count in those that it had before, until a grace period is over.
 *
 * Context: process context, may sleep.
 * Return: 0, or -ENOMEM and all is as before.
 */
int nfvs_dest_give_stats(struct nfvs_dest *dest)
{
	struct nfvs_dest_tally *tally = nfvs_dest_need_tally(dest, GFP_KERNEL);
	struct nfvs_cpu_stats __percpu *stats;

	if (!tally)
		return -ENOMEM;
	stats = nfvs_stats_alloc(&tally->stats_block);
	if (!stats)
		return -ENOMEM;
	/* Zeroes first.  A packet reads what the pointer points to. */
	smp_store_release(&dest->stats, stats);
	return 0;
}

/**
 * nfvs_dest_traffic() - all that a real server has counted since it was made
 * @dest: the real server; its namespace's cfg_lock is held
 * @sum: where it goes; overwritten
 */
void nfvs_dest_traffic(const struct nfvs_dest *dest, struct nfvs_counts *sum)
{
	const struct nfvs_counts early = {
		.conns = atomic64_read(&dest->early.conns),
		.inpkts = atomic64_read(&dest->early.inpkts),
		.outpkts = atomic64_read(&dest->early.outpkts),
		.inbytes = atomic64_read(&dest->early.inbytes),
		.outbytes = atomic64_read(&dest->early.outbytes),
	};

	if (!nfvs_dest_has_stats(dest)) {
		*sum = early;
		return;
	}
	nfvs_stats_read(dest->stats, sum);
	nfvs_counts_add(sum, &early);
}

/* Those for which there is no memory wait on: nfvs_rates_work() has it tried again. */
static void nfvs_dest_give_all(struct nfvs_net *nn)
{
	unsigned int done = 0;
	struct nfvs_dest *dest;

	while (!list_empty(&nn->early_dests)) {
		dest = list_first_entry(&nn->early_dests, struct nfvs_dest, busy_node);
		if (nfvs_dest_give_stats(dest))
			return;
		list_move_tail(&dest->busy_node, &nn->given_dests);
		nfvs_rates_slice(nn, &done);
	}
}

/**
 * nfvs_dest_stats_work() - give counters to real servers that have traffic for the first time
 * @work: &nfvs_net.stats_work
 *
 * Context: process context, may sleep.
 */
void nfvs_dest_stats_work(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(work, struct nfvs_net, stats_work);
	struct nfvs_dest *dest;
	bool given;

	mutex_lock(&nn->cfg_lock);
	nfvs_rates_take_new(nn);
	nfvs_dest_give_all(nn);
	given = !list_empty(&nn->given_dests);
	mutex_unlock(&nn->cfg_lock);
	if (!given)
		return;

	/* Packets that found the shared counters have to find, too, that it is not all they do. */
	synchronize_rcu();

	mutex_lock(&nn->cfg_lock);
	list_for_each_entry(dest, &nn->given_dests, busy_node)
		WRITE_ONCE(dest->busy, NFVS_DEST_BUSY);
	list_splice_tail_init(&nn->given_dests, &nn->busy_dests);
	mutex_unlock(&nn->cfg_lock);
}
