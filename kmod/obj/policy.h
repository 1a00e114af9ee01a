/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What services say of packets that have a connection.
 *
 * Such packets look for no service: it stands at each real server, where they find it.
 */
#ifndef NFVS_OBJ_POLICY_H
#define NFVS_OBJ_POLICY_H

#include "nfvs.h"

/**
 * struct nfvs_policy - what a service says
 * @on_removal: &enum nfvs_removal
 */
struct nfvs_policy {
	u8 on_removal;
};

#define NFVS_POLICY_DEFAULT ((struct nfvs_policy){ .on_removal = NFVS_REMOVAL_DEFAULT })

#endif
