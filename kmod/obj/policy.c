// SPDX-License-Identifier: GPL-2.0-only
/* The fast path as a namespace and its services want it. */

#include <linux/lockdep.h>

#include "obj/netns.h"
#include "obj/policy.h"

/**
 * nfvs_fastpaths_update() - let packets know of a change
 * @nn: namespace; its cfg_lock is held, unless nobody knows of it yet
 *
 * Until they know both of one, they take the netfilter hooks at worst.
 *
 * Context: process context, may sleep.
 */
void nfvs_fastpaths_update(struct nfvs_net *nn)
{
	struct nfvs_fastpaths *fastpaths = &nn->fastpaths;
	u8 of_namespace = READ_ONCE(nn->sysctls.fastpath);
	u8 any = BIT(of_namespace);
	u8 i;

	for (i = 0; i < NFVS_FASTPATH_DEFAULT; i++) {
		WRITE_ONCE(fastpaths->of[i], i);
		if (fastpaths->svcs[i])
			any |= BIT(i);
	}
	WRITE_ONCE(fastpaths->of[NFVS_FASTPATH_DEFAULT], of_namespace);
	if (any == fastpaths->any)
		return;
	WRITE_ONCE(fastpaths->any, any);
	if (nn->fast)
		nn->settle(nn);
}

/**
 * nfvs_fastpaths_count() - a service says something, or no longer
 * @nn: namespace; its cfg_lock is held
 * @policy: the service's
 * @change: 1 or -1
 */
void nfvs_fastpaths_count(struct nfvs_net *nn, const struct nfvs_policy *policy, int change)
{
	lockdep_assert_held(&nn->cfg_lock);
	nn->fastpaths.svcs[policy->fastpath] += change;
	nfvs_fastpaths_update(nn);
}
