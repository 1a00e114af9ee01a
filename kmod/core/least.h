/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who has the least load of a few servers, kept up as their loads change, so that a pick need not
 * look at all of them.
 */
#ifndef NFVS_CORE_LEAST_H
#define NFVS_CORE_LEAST_H

#include "core/sched_math.h"

/**
 * struct nfvs_least - a server and how much it has to do
 * @load: its load, as of nfvs_lc_load() or nfvs_sed_load()
 * @weight: what the load is divided by; 0 if it may not be picked
 * @index: which server it is; of no meaning with weight 0
 */
struct nfvs_least {
	u64 load;
	s32 weight;
	u32 index;
};

/**
 * nfvs_least_beats - whether a server has less to do for its weight than another one
 * @one: the server
 * @other: the other one
 *
 * As nfvs_load_less(), which is asked where the products of 32 bits would not do.
 */
static inline bool nfvs_least_beats(const struct nfvs_least *one, const struct nfvs_least *other)
{
	if (one->weight <= 0)
		return false;
	if (other->weight <= 0)
		return true;
	if ((one->load | other->load) >> 32)
		return nfvs_load_less(one->load, one->weight, other->load, other->weight);
	return one->load * (u32)other->weight < other->load * (u32)one->weight;
}

/**
 * nfvs_least_update - take note of a server whose load, or right to be picked, has changed
 * @least: who had the least; the first of them, if several had
 * @now: the server as it is now
 *
 * Return: false if somebody else may have the least now: then all must be looked at.
 */
static inline bool nfvs_least_update(struct nfvs_least *least, const struct nfvs_least *now)
{
	if (least->weight > 0 && now->index == least->index) {
		if (nfvs_least_beats(least, now))
			return false;
		*least = *now;
		return true;
	}
	if (nfvs_least_beats(now, least) ||
	    (now->index < least->index && now->weight > 0 && !nfvs_least_beats(least, now)))
		*least = *now;
	return true;
}

#endif
