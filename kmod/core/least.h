/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who has the least load of a few servers, kept up as their loads change: a tournament.  Each of
 * its matches is played again only if one of the two who are in it has changed.
 */
#ifndef NFVS_CORE_LEAST_H
#define NFVS_CORE_LEAST_H

#include "core/sched_math.h"

/* Most servers of a tournament. */
#define NFVS_LEAST_MAX 64

/**
 * struct nfvs_load - how much a server has to do
 * @load: its load, as of nfvs_lc_load() or nfvs_sed_load()
 * @weight: what the load is divided by; 0 if it may not be picked
 */
struct nfvs_load {
	u64 load;
	s32 weight;
};

/**
 * struct nfvs_least - a tournament
 * @leaves: places for servers, a power of two; those that nobody has are of weight 0
 * @winner: by match, who won; the final is the first, and match m is between the winners of 2m and
 *	2m + 1, or where that is not below @leaves, between the servers that come after so many
 */
struct nfvs_least {
	u32 leaves;
	u8 winner[NFVS_LEAST_MAX];
};

/**
 * nfvs_load_beats - whether a server has less to do for its weight than another one
 * @one: the server
 * @other: the other one
 *
 * As nfvs_load_less(), which is asked where products of 32 bits would not do.
 */
static inline bool nfvs_load_beats(const struct nfvs_load *one, const struct nfvs_load *other)
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
 * nfvs_least_winner - who has the least load
 * @least: the tournament
 *
 * Return: the first of those servers who have the least; any, if nobody may be picked.
 */
static inline u32 nfvs_least_winner(const struct nfvs_least *least)
{
	return least->leaves > 1 ? least->winner[1] : 0;
}

void nfvs_least_play(struct nfvs_least *least, const struct nfvs_load *load, u32 leaves);
void nfvs_least_replay(struct nfvs_least *least, const struct nfvs_load *load, u32 server);

#endif
