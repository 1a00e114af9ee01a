/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables of dh and sh: the hash of an address, and of a port, names a slot, the slot a server.
 *
 * Which client goes where is part of the interface: a site that migrates from in-tree IPVS, or
 * has both kinds of director, keeps its stickiness only if every slot is the same.
 */
#ifndef NFVS_CORE_SCHED_HASH_H
#define NFVS_CORE_SCHED_HASH_H

#include "core/kshim.h"

/* What distributions build ip_vs with.  An index of a server in a slot fits into a byte. */
#define NFVS_HASH_BITS 8
#define NFVS_HASH_SLOTS 256U

u32 nfvs_hash_slot(u32 key, u32 offset);
void nfvs_dh_fill(u8 *slot, u32 n);
void nfvs_sh_fill(u8 *slot, const s32 *weight, u32 n);

#endif
