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

#include <net/netfilter/nf_conntrack.h>

#include "nfvs.h"
#include "obj/conn.h"
#include "obj/packet.h"

void nfvs_track_follow(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir);
unsigned int nfvs_track_wrap(struct sk_buff *skb, const struct nfvs_conn *conn);
unsigned int nfvs_track_anew(const struct nfvs_pkt *pkt);
void nfvs_track_end(struct nfvs_net *nn, const struct nfvs_conn *conn);

/**
 * nfvs_track_leave() - what conntrack is to make of a packet from here on
 * @skb: a packet that has been handled
 * @conn: its connection
 * @dir: its direction
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
static __always_inline void nfvs_track_leave(struct sk_buff *skb, const struct nfvs_conn *conn,
					     enum nfvs_dir dir)
{
	if (READ_ONCE(conn->flags) & NFVS_CONN_TRACKED) {
		nfvs_track_follow(skb, conn, dir);
		return;
	}
	nf_reset_ct(skb);
	nf_ct_set(skb, NULL, IP_CT_UNTRACKED);
}

#endif
