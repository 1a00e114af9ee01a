/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Beside netfilter's connection tracking.
 *
 * By default packets of connections leave nfvs untracked: conntrack saw them before they were
 * translated, and would make nothing of them afterwards.  With the setting conntrack, connections
 * made from then on are tracked: conntrack is told whose replies to expect, and forgets a
 * connection when nfvs does.
 */
#ifndef NFVS_OBJ_TRACK_H
#define NFVS_OBJ_TRACK_H

#include "nfvs.h"
#include "obj/packet.h"

void nfvs_track_leave(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir);
unsigned int nfvs_track_wrap(struct sk_buff *skb, const struct nfvs_conn *conn);
unsigned int nfvs_track_anew(const struct nfvs_pkt *pkt);
void nfvs_track_end(struct nfvs_net *nn, const struct nfvs_conn *conn);

#endif
