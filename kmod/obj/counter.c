// SPDX-License-Identifier: GPL-2.0-only
/* Names and sums of the event counters. */

#include <linux/cpumask.h>

#include "obj/counter.h"

static const char *const nfvs_counter_names[NFVS_COUNTER_COUNT] = {
#define X(symbol, name) [NFVS_CNT_##symbol] = name,
	NFVS_COUNTERS(X)
#undef X
};

/**
 * nfvs_counter_name() - the name users see
 * @which: the counter
 *
 * Return: a string that lives as long as the module.
 */
const char *nfvs_counter_name(enum nfvs_counter which)
{
	return nfvs_counter_names[which];
}

/**
 * nfvs_counter_read() - sum one counter over all CPUs
 * @counters: the namespace's counters
 * @which: the counter
 *
 * Context: any.
 * Return: events since the namespace was made.
 */
u64 nfvs_counter_read(const struct nfvs_counters __percpu *counters, enum nfvs_counter which)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(counters, cpu)->value[which]);
	return sum;
}
