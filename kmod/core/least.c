// SPDX-License-Identifier: GPL-2.0-only
/* The tournament of least load. */

#include "core/least.h"

static u8 won(const struct nfvs_least *least, u32 match)
{
	return match < least->leaves ? least->winner[match] : (u8)(match - least->leaves);
}

/* Of equals the first wins. */
static u8 play(const struct nfvs_least *least, const struct nfvs_load *load, u32 match)
{
	u8 first = won(least, 2 * match), second = won(least, 2 * match + 1);

	return nfvs_load_beats(&load[second], &load[first]) ? second : first;
}

/**
 * nfvs_least_play - play all matches
 * @least: the tournament
 * @load: loads of the servers
 * @leaves: number of @load, a power of two up to NFVS_LEAST_MAX
 */
void nfvs_least_play(struct nfvs_least *least, const struct nfvs_load *load, u32 leaves)
{
	u32 match;

	least->leaves = leaves;
	for (match = leaves - 1; match > 0; match--)
		least->winner[match] = play(least, load, match);
}

/**
 * nfvs_least_replay - play those matches again that a server is in
 * @least: the tournament
 * @load: loads of the servers, of which since the last match only that of @server has changed
 * @server: which
 */
void nfvs_least_replay(struct nfvs_least *least, const struct nfvs_load *load, u32 server)
{
	u32 match = (least->leaves + server) / 2;

	for (; match > 0; match /= 2) {
		u8 before = least->winner[match];

		least->winner[match] = play(least, load, match);
		/* Somebody else has won again: of him, further on, nothing is new. */
		if (least->winner[match] == before && before != server)
			return;
	}
}
