/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A coarse timing wheel: where an entry with a deadline goes, and which slots are due.
 *
 * The wheel turns by whole ticks of one second. An entry lies in the slot of the first tick that
 * does not come before its deadline, or, if that is further away than the wheel reaches, in the
 * furthest slot, to be looked at again there. So expiry is never early, and late by less than a
 * tick plus whatever the worker itself is late.
 *
 * Times are counted in a free-running unsigned long of hz units a second, which may wrap; a time
 * more than half its range away from the wheel's counts as past.
 */
#ifndef NFVS_CORE_WHEEL_H
#define NFVS_CORE_WHEEL_H

#include "core/kshim.h"

/**
 * struct nfvs_wheel - position of a timing wheel
 * @base: the time of the last tick that was handled
 * @hz: time units per tick
 * @slots: number of slots, at least 2
 * @cursor: slot of the last tick that was handled, below @slots
 *
 * @base and @cursor belong together: the caller lets nobody read one while the other changes.
 */
struct nfvs_wheel {
	unsigned long base;
	unsigned long hz;
	u32 slots;
	u32 cursor;
};

void nfvs_wheel_init(struct nfvs_wheel *wheel, unsigned long now, unsigned long hz, u32 slots);
u32 nfvs_wheel_slot(const struct nfvs_wheel *wheel, unsigned long deadline);
bool nfvs_wheel_due(const struct nfvs_wheel *wheel, unsigned long now);
u32 nfvs_wheel_advance(struct nfvs_wheel *wheel);
bool nfvs_wheel_expired(unsigned long deadline, unsigned long now);

#endif
