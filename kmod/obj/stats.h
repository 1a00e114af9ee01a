/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Traffic counters.  A packet touches one per-CPU block, that of its real server; services
 * and the namespace total are sums worked out by readers.
 */
#ifndef NFVS_OBJ_STATS_H
#define NFVS_OBJ_STATS_H

#include <linux/atomic.h>
#include <linux/percpu.h>
#include <linux/u64_stats_sync.h>

#include "core/rate.h"

/**
 * struct nfvs_cpu_stats - one CPU's counters; written with bottom halves disabled
 * @conns: connections scheduled
 * @inpkts: packets from clients
 * @outpkts: packets to clients (NAT only: other replies do not pass the director)
 * @inbytes: bytes from clients, from the network header on
 * @outbytes: bytes to clients, from the network header on
 * @syncp: lets 32-bit readers see whole values
 */
struct nfvs_cpu_stats {
	u64_stats_t conns;
	u64_stats_t inpkts;
	u64_stats_t outpkts;
	u64_stats_t inbytes;
	u64_stats_t outbytes;
	struct u64_stats_sync syncp;
};

/**
 * struct nfvs_early_stats - counters of all CPUs in one place
 * @conns: as in &struct nfvs_cpu_stats
 * @inpkts: likewise
 * @outpkts: likewise
 * @inbytes: likewise
 * @outbytes: likewise
 */
struct nfvs_early_stats {
	atomic64_t conns;
	atomic64_t inpkts;
	atomic64_t outpkts;
	atomic64_t inbytes;
	atomic64_t outbytes;
};

struct nfvs_stats_block;

void nfvs_stats_clear(struct nfvs_cpu_stats __percpu *stats);
struct nfvs_cpu_stats __percpu *nfvs_stats_alloc(struct nfvs_stats_block **from);
void nfvs_stats_free(struct nfvs_stats_block *block, struct nfvs_cpu_stats __percpu *stats);
void nfvs_stats_module_exit(void);

void nfvs_stats_read_cpu(const struct nfvs_cpu_stats __percpu *stats, int cpu,
			 struct nfvs_counts *counts);
void nfvs_stats_read(const struct nfvs_cpu_stats __percpu *stats, struct nfvs_counts *sum);
void nfvs_counts_add(struct nfvs_counts *to, const struct nfvs_counts *from);
void nfvs_counts_sub(struct nfvs_counts *from, const struct nfvs_counts *what);

void nfvs_stats_conn(struct nfvs_cpu_stats *s);

/**
 * nfvs_stats_in() - count a packet from a client
 * @s: this CPU's counters of its real server
 * @bytes: length of the packet from its network header on
 *
 * Context: bottom halves disabled.
 */
static inline void nfvs_stats_in(struct nfvs_cpu_stats *s, unsigned int bytes)
{
	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->inpkts);
	u64_stats_add(&s->inbytes, bytes);
	u64_stats_update_end(&s->syncp);
}

/**
 * nfvs_stats_out() - count a packet to a client
 * @s: this CPU's counters of its real server
 * @bytes: length of the packet from its network header on
 *
 * Context: bottom halves disabled.
 */
static inline void nfvs_stats_out(struct nfvs_cpu_stats *s, unsigned int bytes)
{
	u64_stats_update_begin(&s->syncp);
	u64_stats_inc(&s->outpkts);
	u64_stats_add(&s->outbytes, bytes);
	u64_stats_update_end(&s->syncp);
}

#endif
