// SPDX-License-Identifier: GPL-2.0-only
/* The list of schedulers.  A new one is a file of its own and a line here. */

#include <linux/kernel.h>
#include <linux/string.h>

#include "sched/sched.h"

/* clang-format off */
static const struct nfvs_sched_ops *const nfvs_scheds[] = {
	&nfvs_sched_dh,
	&nfvs_sched_fo,
	&nfvs_sched_lblc,
	&nfvs_sched_lblcr,
	&nfvs_sched_lc,
	&nfvs_sched_mh,
	&nfvs_sched_nq,
	&nfvs_sched_ovf,
	&nfvs_sched_rr,
	&nfvs_sched_sed,
	&nfvs_sched_sh,
	&nfvs_sched_twos,
	&nfvs_sched_wlc,
	&nfvs_sched_wrr,
};

/* clang-format on */

/**
 * nfvs_sched_find() - find a scheduler
 * @name: as in ipvsadm -s
 *
 * Return: the scheduler, or NULL.
 */
const struct nfvs_sched_ops *nfvs_sched_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nfvs_scheds); i++)
		if (!strcmp(nfvs_scheds[i]->name, name))
			return nfvs_scheds[i];
	return NULL;
}

/**
 * nfvs_sched_at() - one scheduler after the other
 * @index: counted from 0
 *
 * Return: the scheduler, or NULL behind the last.
 */
const struct nfvs_sched_ops *nfvs_sched_at(size_t index)
{
	return index < ARRAY_SIZE(nfvs_scheds) ? nfvs_scheds[index] : NULL;
}
