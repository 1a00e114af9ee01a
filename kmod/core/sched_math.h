/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scheduler arithmetic over a service's array of real servers.
 *
 * A server is an index into that array, and n, the number of servers, stands for "none". Weights
 * are those of the published array; whether a server may be picked at this very moment is asked
 * through a callback, because that changes without the array being republished.
 */
#ifndef NFVS_CORE_SCHED_MATH_H
#define NFVS_CORE_SCHED_MATH_H

#include "core/kshim.h"

/* Available and not overloaded right now? The weight is judged by the caller of the callback. */
typedef bool (*nfvs_usable_fn)(const void *ctx, u32 index);

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

s32 nfvs_weight_gcd(const s32 *weight, u32 n);
s32 nfvs_weight_max(const s32 *weight, u32 n);

u32 nfvs_rr_next(u32 last, const s32 *weight, u32 n, nfvs_usable_fn usable, const void *ctx);

void nfvs_wrr_init(struct nfvs_wrr *wrr, const s32 *weight, u32 n);
void nfvs_wrr_update(struct nfvs_wrr *wrr, const s32 *weight, u32 n, u32 new_last);
u32 nfvs_wrr_next(struct nfvs_wrr *wrr, const s32 *weight, u32 n, nfvs_usable_fn usable,
		  const void *ctx);

u64 nfvs_lc_load(u32 active, u32 inactive);
u64 nfvs_sed_load(u32 active);
bool nfvs_load_less(u64 load_a, s32 weight_a, u64 load_b, s32 weight_b);

#endif
