// SPDX-License-Identifier: GPL-2.0-only
/* Packets of real servers: they go to the client as from the virtual service. */

#include "hook/hook.h"
#include "obj/conn_table.h"
#include "obj/rates.h"
#include "proto/proto.h"
#include "xmit/xmit.h"

/* From now on both ends are seen, as with NAT. */
static void nfvs_note_answer(struct nfvs_conn *conn)
{
	if (nfvs_conn_has_reply(conn) || READ_ONCE(conn->flags) & NFVS_CONN_ANSWERED)
		return;
	spin_lock(&conn->lock);
	WRITE_ONCE(conn->flags, conn->flags | NFVS_CONN_ANSWERED);
	spin_unlock(&conn->lock);
}

/**
 * nfvs_handle_reply() - a reply
 * @nn: namespace
 * @conn: its connection
 * @pkt: the packet
 *
 * Replies pass even if the real server has been removed: what it still says is for the client
 * to hear.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict.
 */
unsigned int nfvs_handle_reply(struct nfvs_net *nn, struct nfvs_conn *conn,
			       const struct nfvs_pkt *pkt)
{
	unsigned int verdict;

	nfvs_note_answer(conn);
	nfvs_proto_lookup(conn->proto)->step(nn, conn, pkt, NFVS_DIR_REPLY);
	nfvs_dest_count_out(conn->dest, pkt->skb->len);
	verdict = nfvs_xmit_reply(nn, conn, pkt, NULL);
	if (verdict == NF_ACCEPT && pkt->hook == NF_INET_FORWARD)
		nfvs_fast_learn(nn, conn, pkt->skb);
	return verdict;
}
