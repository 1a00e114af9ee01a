/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scheduler arithmetic over a service's real servers.
 *
 * They stand in a row.  A server is an index into it, and n, the number of servers, stands for
 * "none".  The row is the caller's, who stores it as he likes and searches it for us; he judges
 * whether a server may be picked at this very moment.
 */
#ifndef NFVS_CORE_SCHED_MATH_H
#define NFVS_CORE_SCHED_MATH_H

#include "core/kshim.h"

/**
 * struct nfvs_row - a service's real servers
 * @n: how many there are
 * @find: the first one from @from on and before @to, which is higher, whose weight is at least
 *	@bar, above 0, and that is available and not overloaded right now; @to if there is none
 * @highest: the highest weight of those available and not overloaded, 0 if there is none
 * @ctx: for both
 */
struct nfvs_row {
	u32 n;
	u32 (*find)(const void *ctx, u32 from, u32 to, s32 bar);
	s32 (*highest)(const void *ctx);
	const void *ctx;
};

/**
 * struct nfvs_measure - what the weights of servers have in common
 * @divisor: greatest common divisor of those above 0, 0 if there is none
 * @highest: the highest one, 0 if none is above 0
 */
struct nfvs_measure {
	s32 divisor;
	s32 highest;
};

/**
 * struct nfvs_wrr - where weighted round robin stands
 * @last: index picked last; anything >= n means before the first
 * @cw: current weight, the bar that a server's weight must reach in this pass
 * @mw: the bar of the first pass: highest weight - (@di - 1), 0 if there is none above 0
 * @di: how far the bar sinks from pass to pass: greatest common divisor of the weights
 */
struct nfvs_wrr {
	u32 last;
	s32 cw;
	s32 mw;
	s32 di;
};

struct nfvs_measure nfvs_measure_weights(const s32 *weight, u32 n);
void nfvs_measure_more(struct nfvs_measure *measure, const struct nfvs_measure *more);

u32 nfvs_rr_next(u32 last, const struct nfvs_row *row);

void nfvs_wrr_init(struct nfvs_wrr *wrr, const struct nfvs_measure *measure, u32 n);
void nfvs_wrr_update(struct nfvs_wrr *wrr, const struct nfvs_measure *measure, u32 new_last);
u32 nfvs_wrr_next(struct nfvs_wrr *wrr, const struct nfvs_row *row);

/**
 * nfvs_lc_load - load of a server for lc and wlc
 * @active: its active connections
 * @inactive: its others
 *
 * Return: 256 for each active connection and 1 for each connection of either kind.
 */
static inline u64 nfvs_lc_load(u32 active, u32 inactive)
{
	return ((u64)active << 8) + active + inactive;
}

/**
 * nfvs_sed_load - load of a server for sed and nq
 * @active: its active connections
 *
 * Return: its active connections if it got one more.
 */
static inline u64 nfvs_sed_load(u32 active)
{
	return (u64)active + 1;
}

bool nfvs_load_less(u64 load_a, s32 weight_a, u64 load_b, s32 weight_b);

#endif
