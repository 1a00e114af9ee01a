/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets that are not forwarded: each has a reason, which is counted and can be traced. */
#ifndef NFVS_OBJ_DROP_H
#define NFVS_OBJ_DROP_H

#include "nfvs.h"
#include "obj/counter.h"

void nfvs_drop_note(struct nfvs_net *nn, const struct nfvs_pkt *pkt, enum nfvs_counter why);

#define nfvs_count_drop(nn, pkt, which) nfvs_drop_note(nn, pkt, NFVS_CNT_DROP_##which)

#endif
