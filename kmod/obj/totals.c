// SPDX-License-Identifier: GPL-2.0-only
/* Sums over all real servers of a namespace.  Nobody needs them often, so no packet keeps them. */

#include <linux/cpumask.h>
#include <linux/lockdep.h>
#include <linux/sched.h>

#include "obj/netns.h"
#include "obj/svc.h"
#include "obj/totals.h"

static void nfvs_totals_add(struct nfvs_counts *by_cpu, const struct nfvs_cpu_stats __percpu *stats)
{
	struct nfvs_counts one;
	int cpu;

	for_each_possible_cpu(cpu) {
		nfvs_stats_read_cpu(stats, cpu, &one);
		nfvs_counts_add(&by_cpu[cpu], &one);
	}
}

static void nfvs_totals_add_sum(struct nfvs_counts *sum,
				const struct nfvs_cpu_stats __percpu *stats)
{
	struct nfvs_counts one;

	nfvs_stats_read(stats, &one);
	nfvs_counts_add(sum, &one);
}

typedef void nfvs_totals_adder(struct nfvs_counts *to, const struct nfvs_cpu_stats __percpu *stats);

/* What came before there were any is in &nfvs_net.early. */
static void nfvs_totals_add_own(nfvs_totals_adder *add, struct nfvs_counts *to,
				const struct nfvs_dest *dest)
{
	if (nfvs_dest_has_stats(dest))
		add(to, dest->stats);
}

static void nfvs_totals_walk(struct nfvs_net *nn, nfvs_totals_adder *add, struct nfvs_counts *to)
{
	const struct nfvs_dest *dest;
	struct nfvs_svc *svc;
	unsigned long id;
	u32 i;

	lockdep_assert_held(&nn->cfg_lock);
	add(to, nn->early);
	list_for_each_entry(dest, &nn->retired, retired)
		nfvs_totals_add_own(add, to, dest);
	xa_for_each(&nn->svc_ids, id, svc) {
		const struct nfvs_pool *pool = nfvs_svc_pool(nn, svc);

		for (i = 0; i < pool->count; i++)
			nfvs_totals_add_own(add, to, nfvs_pool_dest(pool, i));
		cond_resched();
	}
}

/**
 * nfvs_totals_by_cpu() - all that a namespace has counted since it began
 * @nn: namespace; its cfg_lock is held
 * @by_cpu: nr_cpu_ids sums; those of CPUs that are not possible stay untouched
 *
 * Context: process context, may sleep.
 */
void nfvs_totals_by_cpu(struct nfvs_net *nn, struct nfvs_counts *by_cpu)
{
	int cpu;

	for_each_possible_cpu(cpu)
		by_cpu[cpu] = nn->kept[cpu];
	nfvs_totals_walk(nn, nfvs_totals_add, by_cpu);
}

static void nfvs_totals_sum(struct nfvs_net *nn, struct nfvs_counts *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu)
		nfvs_counts_add(sum, &nn->kept[cpu]);
	nfvs_totals_walk(nn, nfvs_totals_add_sum, sum);
}

/**
 * nfvs_totals() - traffic of a namespace
 * @nn: namespace; its cfg_lock is held
 * @shown: since it was last zeroed
 *
 * Context: process context, may sleep.
 */
void nfvs_totals(struct nfvs_net *nn, struct nfvs_counts *shown)
{
	nfvs_totals_sum(nn, shown);
	nfvs_counts_sub(shown, &nn->zero);
}

/**
 * nfvs_totals_zero() - show the traffic of a namespace from here on
 * @nn: namespace; its cfg_lock is held
 *
 * Context: process context, may sleep.
 */
void nfvs_totals_zero(struct nfvs_net *nn)
{
	nfvs_totals_sum(nn, &nn->zero);
	nfvs_rate_zero(&nn->rate, &nn->counted);
}

/**
 * nfvs_totals_keep() - a real server goes, what it counted stays
 * @nn: namespace; its cfg_lock is held
 * @dest: the real server, in whose counters nobody counts any more
 */
void nfvs_totals_keep(struct nfvs_net *nn, const struct nfvs_dest *dest)
{
	lockdep_assert_held(&nn->cfg_lock);
	nfvs_totals_add_own(nfvs_totals_add, nn->kept, dest);
}
