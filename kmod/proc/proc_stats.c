// SPDX-License-Identifier: GPL-2.0-only
/* /proc/net/ip_vs_stats and ip_vs_stats_percpu: traffic of the namespace. */

#include <linux/cpumask.h>
#include <linux/slab.h>

#include "obj/totals.h"
#include "proc/proc.h"

static void nfvs_proc_put_counts(struct seq_file *seq, const struct nfvs_counts *counts)
{
	seq_printf(seq, "%8llX %8llX %8llX %16llX %16llX\n", counts->conns, counts->inpkts,
		   counts->outpkts, counts->inbytes, counts->outbytes);
}

/**
 * nfvs_proc_show_stats() - /proc/net/ip_vs_stats
 * @seq: the file
 * @v: unused
 *
 * Return: 0.
 */
int nfvs_proc_show_stats(struct seq_file *seq, void *v)
{
	struct nfvs_net *nn = nfvs_pernet(seq_file_single_net(seq));
	struct nfvs_counts totals, rates;

	mutex_lock(&nn->cfg_lock);
	nfvs_totals(nn, &totals);
	nfvs_rate_read(&nn->rate, &rates);
	mutex_unlock(&nn->cfg_lock);

	seq_puts(seq, "   Total Incoming Outgoing         Incoming         Outgoing\n"
		      "   Conns  Packets  Packets            Bytes            Bytes\n");
	nfvs_proc_put_counts(seq, &totals);
	seq_puts(seq, "\n Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s\n");
	nfvs_proc_put_counts(seq, &rates);
	return 0;
}

/**
 * nfvs_proc_show_stats_percpu() - /proc/net/ip_vs_stats_percpu
 * @seq: the file
 * @v: unused
 *
 * As in ip_vs, zeroing moves the totals only, not what each CPU has counted.
 *
 * Return: 0 or -ENOMEM.
 */
int nfvs_proc_show_stats_percpu(struct seq_file *seq, void *v)
{
	struct nfvs_net *nn = nfvs_pernet(seq_file_single_net(seq));
	struct nfvs_counts *by_cpu, totals = {}, rates;
	int cpu;

	by_cpu = kcalloc(nr_cpu_ids, sizeof(*by_cpu), GFP_KERNEL);
	if (!by_cpu)
		return -ENOMEM;
	mutex_lock(&nn->cfg_lock);
	nfvs_totals_by_cpu(nn, by_cpu);
	for_each_possible_cpu(cpu)
		nfvs_counts_add(&totals, &by_cpu[cpu]);
	nfvs_counts_sub(&totals, &nn->zero);
	nfvs_rate_read(&nn->rate, &rates);
	mutex_unlock(&nn->cfg_lock);

	seq_puts(seq, "       Total Incoming Outgoing         Incoming         Outgoing\n"
		      "CPU    Conns  Packets  Packets            Bytes            Bytes\n");
	for_each_possible_cpu(cpu) {
		seq_printf(seq, "%3X ", cpu);
		nfvs_proc_put_counts(seq, &by_cpu[cpu]);
	}
	seq_puts(seq, "  ~ ");
	nfvs_proc_put_counts(seq, &totals);
	seq_puts(seq, "\n     Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s\n    ");
	nfvs_proc_put_counts(seq, &rates);
	kfree(by_cpu);
	return 0;
}
