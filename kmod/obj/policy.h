/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What services say of packets that have a connection.
 *
 * Such packets look for no service: it stands at each real server, where they find it.
 */
#ifndef NFVS_OBJ_POLICY_H
#define NFVS_OBJ_POLICY_H

#include <linux/bits.h>

#include "nfvs.h"

/**
 * struct nfvs_policy - what a service says
 * @on_removal: &enum nfvs_removal
 * @fastpath: &enum nfvs_fastpath
 */
struct nfvs_policy {
	u8 on_removal;
	u8 fastpath;
};

#define NFVS_POLICY_DEFAULT                         \
	((struct nfvs_policy){                      \
		.on_removal = NFVS_REMOVAL_DEFAULT, \
		.fastpath = NFVS_FASTPATH_DEFAULT,  \
	})

/**
 * struct nfvs_fastpaths - what the services of a namespace say of the fast path
 * @of: what each &enum nfvs_fastpath comes to: NFVS_FASTPATH_DEFAULT to the namespace's setting
 * @any: those others that it may come to, a mask
 * @svcs: how many services say which. &nfvs_net.cfg_lock.
 *
 * @of and @any are written under &nfvs_net.cfg_lock with WRITE_ONCE(), and read anywhere.
 */
struct nfvs_fastpaths {
	u8 of[NFVS_FASTPATH_DEFAULT + 1];
	u8 any;
	u32 svcs[NFVS_FASTPATH_DEFAULT + 1];
};

void nfvs_fastpaths_update(struct nfvs_net *nn);
void nfvs_fastpaths_count(struct nfvs_net *nn, const struct nfvs_policy *policy, int change);

/**
 * nfvs_fastpath_of() - what a service's word comes to
 * @fastpaths: the namespace's
 * @wanted: &enum nfvs_fastpath of the service
 *
 * Context: any.
 * Return: another than NFVS_FASTPATH_DEFAULT.
 */
static inline u8 nfvs_fastpath_of(const struct nfvs_fastpaths *fastpaths, u8 wanted)
{
	return READ_ONCE(fastpaths->of[wanted]);
}

#endif
