// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timing wheel arithmetic.
 *
 * The worker's loop is: while nfvs_wheel_due(), take nfvs_wheel_advance()'s slot, and for each
 * entry in it either expire it, if nfvs_wheel_expired(), or file it under nfvs_wheel_slot() again,
 * because its deadline was moved by a packet or lies beyond the wheel. A worker that comes late
 * finds several ticks due and handles them in order.
 */
#include "core/wheel.h"

/* How far @later is after @earlier, negative if it is before; right across a wrap. */
static long time_between(unsigned long earlier, unsigned long later)
{
	return (long)(later - earlier);
}

/**
 * nfvs_wheel_init - set a wheel up with nothing due
 * @wheel: the wheel
 * @now: present time
 * @hz: time units per tick, above 0
 * @slots: number of slots; 0 and 1 count as 2
 */
void nfvs_wheel_init(struct nfvs_wheel *wheel, unsigned long now, unsigned long hz, u32 slots)
{
	wheel->base = now;
	wheel->hz = hz ? hz : 1;
	wheel->slots = max_t(u32, slots, 2);
	wheel->cursor = 0;
}

/**
 * nfvs_wheel_slot - slot in which an entry waits
 * @wheel: the wheel
 * @deadline: when the entry is to be handled, not earlier
 *
 * Never the slot of the tick that was handled last: an entry filed while the worker empties a slot
 * cannot be missed for a whole turn, nor be met again in the same walk.
 *
 * Return: a slot number below the wheel's number of slots.
 */
u32 nfvs_wheel_slot(const struct nfvs_wheel *wheel, unsigned long deadline)
{
	long distance = time_between(wheel->base, deadline);
	unsigned long ahead = 1;

	if (distance > 0)
		ahead = ((unsigned long)distance - 1) / wheel->hz + 1;
	ahead = min_t(unsigned long, ahead, wheel->slots - 1);

	if (ahead < wheel->slots - wheel->cursor)
		return wheel->cursor + (u32)ahead;
	return (u32)ahead - (wheel->slots - wheel->cursor);
}

/**
 * nfvs_wheel_due - is a tick to be handled
 * @wheel: the wheel
 * @now: present time
 *
 * Return: true if the tick after the last handled one has come.
 */
bool nfvs_wheel_due(const struct nfvs_wheel *wheel, unsigned long now)
{
	long passed = time_between(wheel->base, now);

	return passed > 0 && (unsigned long)passed >= wheel->hz;
}

/**
 * nfvs_wheel_advance - turn the wheel by one tick
 * @wheel: the wheel, with a tick due
 *
 * Return: the slot to be emptied.
 */
u32 nfvs_wheel_advance(struct nfvs_wheel *wheel)
{
	wheel->base += wheel->hz;
	wheel->cursor = wheel->cursor + 1 < wheel->slots ? wheel->cursor + 1 : 0;
	return wheel->cursor;
}

/**
 * nfvs_wheel_expired - has a deadline come
 * @deadline: the deadline
 * @now: present time
 *
 * Return: true if @now is the deadline or after it.
 */
bool nfvs_wheel_expired(unsigned long deadline, unsigned long now)
{
	return time_between(deadline, now) >= 0;
}
