/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What lblc and lblcr decide by rule: when a server counts as full, and when the destinations
 * that they remember are forgotten.
 */
#ifndef NFVS_CORE_LBLC_H
#define NFVS_CORE_LBLC_H

#include "core/kshim.h"

/* Entries above which old ones are looked for, and which there never are more than. */
#define NFVS_LBLC_ENTRIES_SOFT (16U * 1024)
#define NFVS_LBLC_ENTRIES_HARD (24U * 1024)

/* Seconds from sweep to sweep, and that an entry must have been idle to go in a partial one. */
#define NFVS_LBLC_SWEEP_SECONDS 60
#define NFVS_LBLC_IDLE_SECONDS (6 * 60)

/* Sweeps in a row without need, after which there is a full one. */
#define NFVS_LBLC_FULL_SWEEP 30

/**
 * struct nfvs_lblc_sweep - what is to be done
 * @goal: a partial sweep ends after as many entries, a full one has U32_MAX, none has 0
 * @full: every entry that has been idle for the configured time goes
 */
struct nfvs_lblc_sweep {
	u32 goal;
	bool full;
};

struct nfvs_lblc_sweep nfvs_lblc_next_sweep(u32 *quiet, u32 entries);

bool nfvs_lblc_full(u32 active, s32 weight);
bool nfvs_lblc_has_room(u32 active, s32 weight);

#endif
