/* SPDX-License-Identifier: GPL-2.0-only */
/* When a director that runs out of memory defends itself, and how much. */
#ifndef NFVS_CORE_DEFENSE_H
#define NFVS_CORE_DEFENSE_H

#include "core/kshim.h"

/**
 * enum nfvs_defense - one defense's setting, as administrators read and write it
 * @NFVS_DEFENSE_OFF: never
 * @NFVS_DEFENSE_AUTO: while memory is low; it is not now
 * @NFVS_DEFENSE_AUTO_ACTING: while memory is low; it is now
 * @NFVS_DEFENSE_ALWAYS: always
 */
enum nfvs_defense {
	NFVS_DEFENSE_OFF = 0,
	NFVS_DEFENSE_AUTO,
	NFVS_DEFENSE_AUTO_ACTING,
	NFVS_DEFENSE_ALWAYS,
};

int nfvs_defense_step(int mode, bool memory_low);
bool nfvs_defense_acts(int mode);
u32 nfvs_defense_drop_rate(int mode, int wanted, int free, int rate);

/* A connection whose client has sent more packets than this is in use, idle or not. */
#define NFVS_DEFENSE_FEW_PACKETS 8

bool nfvs_defense_takes_idle(u8 turns[NFVS_DEFENSE_FEW_PACKETS + 1], u32 packets);

#endif
