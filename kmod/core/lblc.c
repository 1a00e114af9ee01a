// SPDX-License-Identifier: GPL-2.0-only
/* The rules of lblc and lblcr. */

#include "core/lblc.h"

/**
 * nfvs_lblc_next_sweep - what to do with idle entries now
 * @quiet: minutes that passed without a sweep, moved on by the call; 0 at first
 * @entries: how many there are
 *
 * To be asked every NFVS_LBLC_SWEEP_SECONDS.
 *
 * Return: the sweep.
 */
struct nfvs_lblc_sweep nfvs_lblc_next_sweep(u32 *quiet, u32 entries)
{
	struct nfvs_lblc_sweep sweep = { 0 };

	if (*quiet == NFVS_LBLC_FULL_SWEEP - 1) {
		*quiet = 0;
		sweep.full = true;
		sweep.goal = U32_MAX;
	} else if (entries <= NFVS_LBLC_ENTRIES_SOFT) {
		(*quiet)++;
	} else {
		sweep.goal =
			min((entries - NFVS_LBLC_ENTRIES_SOFT) * 4 / 3, NFVS_LBLC_ENTRIES_SOFT / 2);
	}
	return sweep;
}

/**
 * nfvs_lblc_full - whether a server should be relieved if another one has room
 * @active: its active connections
 * @weight: its weight
 *
 * Return: whether it has more connections than its weight.
 */
bool nfvs_lblc_full(u32 active, s32 weight)
{
	return (s64)active > weight;
}

/**
 * nfvs_lblc_has_room - whether a server can relieve another one
 * @active: its active connections
 * @weight: its weight
 *
 * Return: whether it has fewer connections than half its weight.
 */
bool nfvs_lblc_has_room(u32 active, s32 weight)
{
	return 2 * (s64)active < weight;
}
