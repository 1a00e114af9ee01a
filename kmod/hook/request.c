// SPDX-License-Identifier: GPL-2.0-only
/* Packets of clients: find or make their connection, bring them to its real server. */

#include "hook/hook.h"
#include "obj/conn.h"
#include "obj/drop.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "obj/track.h"
#include "proto/proto.h"
#include "xmit/xmit.h"

/* Whether the connection that a packet belongs to by its tuple is of no use to it. */
static bool nfvs_superseded(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt,
			    const struct nfvs_proto_ops *proto)
{
	if (proto->reuses(nn, conn, pkt)) {
		if (nfvs_conn_kill(nn, conn))
			nfvs_count(nn, CONN_REUSED);
		return true;
	}
	/*
	 * The real server was removed.  A TCP connection has nowhere else to go, unless the
	 * administrator prefers its end to its silence; UDP is scheduled anew, or clients such
	 * as resolvers would talk to nobody until they fall silent for as long as the timeout.
	 */
	if (!READ_ONCE(conn->dest->available) &&
	    ((pkt->tuple.proto == IPPROTO_UDP && !pkt->ipsec) ||
	     READ_ONCE(nn->sysctls.expire_nodest_conn))) {
		if (nfvs_conn_kill(nn, conn))
			nfvs_count(nn, CONN_RESCHEDULED);
		return true;
	}
	return false;
}

/**
 * nfvs_handle_request() - a packet that is not a reply
 * @nn: namespace
 * @conn: its connection, or NULL if it belongs to none
 * @pkt: the packet
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict.
 */
unsigned int nfvs_handle_request(struct nfvs_net *nn, struct nfvs_conn *conn,
				 const struct nfvs_pkt *pkt)
{
	const struct nfvs_proto_ops *proto = nfvs_proto_lookup(pkt->tuple.proto);
	unsigned int verdict;

	if (!proto)
		return NF_ACCEPT;
	if (conn && nfvs_superseded(nn, conn, pkt, proto)) {
		if (READ_ONCE(conn->flags) & NFVS_CONN_TRACKED &&
		    nfvs_track_anew(pkt) != NF_ACCEPT) {
			nfvs_count_drop(nn, pkt, CONNTRACK);
			return NF_DROP;
		}
		conn = NULL;
	}

	if (conn) {
		if (!READ_ONCE(conn->dest->available)) {
			nfvs_count_drop(nn, pkt, DEST_GONE);
			return NF_DROP;
		}
		proto->step(nn, conn, pkt, NFVS_DIR_REQUEST);
	} else {
		conn = nfvs_schedule(nn, pkt, proto, &verdict);
		if (!conn)
			return verdict;
	}

	nfvs_conn_count_request(conn);
	nfvs_dest_count_in(conn->dest, pkt->skb->len);
	return nfvs_xmit_request(nn, conn, pkt, NULL);
}
