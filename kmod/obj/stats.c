// SPDX-License-Identifier: GPL-2.0-only
/* Per-CPU traffic counters: written per packet, summed by readers in process context. */

#include <linux/cpumask.h>

#include "obj/stats.h"

/**
 * nfvs_stats_read_cpu() - the counters of one CPU
 * @stats: the counters
 * @cpu: a possible CPU
 * @counts: where they go; overwritten
 *
 * Context: any.
 */
void nfvs_stats_read_cpu(const struct nfvs_cpu_stats __percpu *stats, int cpu,
			 struct nfvs_counts *counts)
{
	const struct nfvs_cpu_stats *s = per_cpu_ptr(stats, cpu);
	unsigned int start;

	do {
		start = u64_stats_fetch_begin(&s->syncp);
		counts->conns = u64_stats_read(&s->conns);
		counts->inpkts = u64_stats_read(&s->inpkts);
		counts->outpkts = u64_stats_read(&s->outpkts);
		counts->inbytes = u64_stats_read(&s->inbytes);
		counts->outbytes = u64_stats_read(&s->outbytes);
	} while (u64_stats_fetch_retry(&s->syncp, start));
}

/**
 * nfvs_stats_read() - sum the counters of all CPUs
 * @stats: the counters
 * @sum: where the sum goes; overwritten
 *
 * Context: any.
 */
void nfvs_stats_read(const struct nfvs_cpu_stats __percpu *stats, struct nfvs_counts *sum)
{
	struct nfvs_counts one;
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		nfvs_stats_read_cpu(stats, cpu, &one);
		nfvs_counts_add(sum, &one);
	}
}

/**
 * nfvs_counts_add() - add one snapshot to another
 * @to: receives the sum
 * @from: what is added
 */
void nfvs_counts_add(struct nfvs_counts *to, const struct nfvs_counts *from)
{
	to->conns += from->conns;
	to->inpkts += from->inpkts;
	to->outpkts += from->outpkts;
	to->inbytes += from->inbytes;
	to->outbytes += from->outbytes;
}

/**
 * nfvs_counts_sub() - take one snapshot from another
 * @from: receives the difference
 * @what: what is taken away, an earlier snapshot of the same counters
 */
void nfvs_counts_sub(struct nfvs_counts *from, const struct nfvs_counts *what)
{
	from->conns -= what->conns;
	from->inpkts -= what->inpkts;
	from->outpkts -= what->outpkts;
	from->inbytes -= what->inbytes;
	from->outbytes -= what->outbytes;
}

/**
 * nfvs_stats_conn() - count a scheduled connection
 * @s: this CPU's counters of its real server
 *
 * Context: bottom halves disabled.
 */
void nfvs_stats_conn(struct nfvs_cpu_stats *s)
{
	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->conns);
	u64_stats_update_end(&s->syncp);
}
