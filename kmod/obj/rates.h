/* SPDX-License-Identifier: GPL-2.0-only */
/* Rates of real servers, services and the namespace; and counting, which keeps them going. */
#ifndef NFVS_OBJ_RATES_H
#define NFVS_OBJ_RATES_H

#include <linux/gfp.h>
#include <linux/workqueue.h>

#include "nfvs.h"
#include "obj/dest.h"
#include "obj/stats.h"

/**
 * enum nfvs_counted - what a real server counts
 * @NFVS_COUNTED_CONN: a connection
 * @NFVS_COUNTED_IN: a packet from a client
 * @NFVS_COUNTED_OUT: a packet to a client
 */
enum nfvs_counted {
	NFVS_COUNTED_CONN,
	NFVS_COUNTED_IN,
	NFVS_COUNTED_OUT,
};

void nfvs_dest_count_more(struct nfvs_dest *dest, const struct nfvs_cpu_stats *s,
			  enum nfvs_counted what, unsigned int bytes);
int nfvs_dest_give_stats(struct nfvs_dest *dest);
struct nfvs_dest_tally *nfvs_dest_need_tally(struct nfvs_dest *dest, gfp_t gfp);
const struct nfvs_dest_tally *nfvs_dest_tally(const struct nfvs_dest *dest);
void nfvs_dest_traffic(const struct nfvs_dest *dest, struct nfvs_counts *sum);
void nfvs_dest_stats_work(struct work_struct *work);

void nfvs_rates_wake(struct nfvs_dest *dest, enum nfvs_dest_busy busy);
void nfvs_rates_settle(struct nfvs_dest *dest);
void nfvs_rates_take_new(struct nfvs_net *nn);
void nfvs_rates_slice(struct nfvs_net *nn, unsigned int *done);
void nfvs_rates_work(struct work_struct *work);
void nfvs_rates_net_init(struct nfvs_net *nn);
void nfvs_rates_net_exit(struct nfvs_net *nn);

static __always_inline struct nfvs_cpu_stats *nfvs_dest_cpu_stats(const struct nfvs_dest *dest)
{
	return this_cpu_ptr(READ_ONCE(dest->stats));
}

/* After it was counted: see nfvs_dest_falls_idle(). */
static __always_inline void nfvs_dest_counted(struct nfvs_dest *dest,
					      const struct nfvs_cpu_stats *s,
					      enum nfvs_counted what, unsigned int bytes)
{
	if (unlikely(READ_ONCE(dest->busy) != NFVS_DEST_BUSY))
		nfvs_dest_count_more(dest, s, what, bytes);
}

/**
 * nfvs_dest_count_conn() - count a scheduled connection
 * @dest: its real server
 *
 * Context: bottom halves disabled.
 */
static inline void nfvs_dest_count_conn(struct nfvs_dest *dest)
{
	struct nfvs_cpu_stats *s = nfvs_dest_cpu_stats(dest);

	nfvs_stats_conn(s);
	nfvs_dest_counted(dest, s, NFVS_COUNTED_CONN, 0);
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
	struct nfvs_cpu_stats *s = nfvs_dest_cpu_stats(dest);

	nfvs_stats_in(s, bytes);
	nfvs_dest_counted(dest, s, NFVS_COUNTED_IN, bytes);
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
	struct nfvs_cpu_stats *s = nfvs_dest_cpu_stats(dest);

	nfvs_stats_out(s, bytes);
	nfvs_dest_counted(dest, s, NFVS_COUNTED_OUT, bytes);
}

#endif
