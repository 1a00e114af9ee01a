/* SPDX-License-Identifier: GPL-2.0-only */
/* Rates of real servers, services and the namespace; and counting, which keeps them going. */
#ifndef NFVS_OBJ_RATES_H
#define NFVS_OBJ_RATES_H

#include <linux/workqueue.h>

#include "nfvs.h"
#include "obj/dest.h"
#include "obj/stats.h"

void nfvs_rates_wake(struct nfvs_dest *dest);
void nfvs_rates_settle(struct nfvs_dest *dest);
void nfvs_rates_work(struct work_struct *work);
void nfvs_rates_net_init(struct nfvs_net *nn);
void nfvs_rates_net_exit(struct nfvs_net *nn);

static __always_inline void nfvs_rates_note(struct nfvs_dest *dest)
{
	if (unlikely(!test_bit(0, &dest->busy)))
		nfvs_rates_wake(dest);
}

/**
 * nfvs_dest_count_conn() - count a scheduled connection
 * @dest: its real server
 *
 * Context: bottom halves disabled.
 */
static inline void nfvs_dest_count_conn(struct nfvs_dest *dest)
{
	nfvs_stats_conn(dest->stats);
	nfvs_rates_note(dest);
}

/**
 * nfvs_dest_count_in() - count a packet from a client
 * @dest: real server of its connection
 * @bytes: length of the packet from its network header on
 *
 * Context: bottom halves disabled.
 */
static __always_inline void nfvs_dest_count_in(struct nfvs_dest *dest, unsigned int bytes)
{
	nfvs_stats_in(dest->stats, bytes);
	nfvs_rates_note(dest);
}

/**
 * nfvs_dest_count_out() - count a packet to a client
 * @dest: real server of its connection
 * @bytes: length of the packet from its network header on
 *
 * Context: bottom halves disabled.
 */
static __always_inline void nfvs_dest_count_out(struct nfvs_dest *dest, unsigned int bytes)
{
	nfvs_stats_out(dest->stats, bytes);
	nfvs_rates_note(dest);
}

#endif
