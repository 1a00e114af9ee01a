// SPDX-License-Identifier: GPL-2.0-only
/* Three defenses have one kind of setting; core/defense.h lists its values. */
#include "core/defense.h"

/**
 * nfvs_defense_step - the setting of a defense after another look at the memory
 * @mode: present setting, an enum nfvs_defense
 * @memory_low: whether less is free than there should be
 *
 * Return: the setting; one that goes by the memory shows whether it acts.
 */
int nfvs_defense_step(int mode, bool memory_low)
{
	if (mode != NFVS_DEFENSE_AUTO && mode != NFVS_DEFENSE_AUTO_ACTING)
		return mode;
	return memory_low ? NFVS_DEFENSE_AUTO_ACTING : NFVS_DEFENSE_AUTO;
}

/**
 * nfvs_defense_acts - does a defense act
 * @mode: its setting after nfvs_defense_step()
 */
bool nfvs_defense_acts(int mode)
{
	return mode >= NFVS_DEFENSE_AUTO_ACTING;
}

/**
 * nfvs_defense_drop_rate - of how many first packets one is to be dropped
 * @mode: the setting of drop_packet after nfvs_defense_step()
 * @wanted: pages that should be free
 * @free: pages that are
 * @rate: the answer for NFVS_DEFENSE_ALWAYS
 *
 * Return: of how many; 0 if none is to be dropped. The less is free, the fewer: with nothing left
 * each one.
 */
u32 nfvs_defense_drop_rate(int mode, int wanted, int free, int rate)
{
	if (mode == NFVS_DEFENSE_ALWAYS)
		return rate > 0 ? (u32)rate : 0;
	if (mode != NFVS_DEFENSE_AUTO_ACTING || wanted <= free)
		return 0;
	return (u32)(wanted / (wanted - free));
}

/**
 * nfvs_defense_takes_idle - is an idle connection to go
 * @turns: connections to pass by before the next one goes, by packets; zeroed at first
 * @packets: packets that its client has sent
 *
 * Return: true for one of each @packets connections that had as many.
 */
bool nfvs_defense_takes_idle(u8 turns[NFVS_DEFENSE_FEW_PACKETS + 1], u32 packets)
{
	if (!packets || packets > NFVS_DEFENSE_FEW_PACKETS)
		return false;
	if (turns[packets]) {
		turns[packets]--;
		return false;
	}
	turns[packets] = (u8)(packets - 1);
	return true;
}
