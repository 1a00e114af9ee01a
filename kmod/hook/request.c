// SPDX-License-Identifier: GPL-2.0-only
/* Packets of clients: find or make their connection, bring them to its real server. */

#include <net/netfilter/ipv4/nf_reject.h>
#include <net/netfilter/ipv6/nf_reject.h>

#include "hook/hook.h"
#include "obj/conn.h"
#include "obj/drop.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "obj/track.h"
#include "proto/proto.h"
#include "xmit/xmit.h"

/*
 * What becomes of a packet whose real server was removed.  A first one, whose client happens to use
 * a port again, always gets another.  Else, if the service has nothing to say: a TCP connection has
 * nowhere else to go, unless the administrator prefers its end to its silence; UDP is scheduled
 * anew, or clients such as resolvers would talk to nobody until they fall silent for as long as the
 * timeout.
 */
static enum nfvs_removal nfvs_removal_of(const struct nfvs_net *nn, const struct nfvs_conn *conn,
					 const struct nfvs_pkt *pkt,
					 const struct nfvs_proto_ops *proto)
{
	u8 wanted = READ_ONCE(conn->dest->policy.on_removal);

	if (!pkt->ipsec && proto->begins(pkt))
		return NFVS_REMOVAL_RESCHED;
	if (wanted != NFVS_REMOVAL_DEFAULT)
		return wanted;
	if (READ_ONCE(nn->sysctls.expire_nodest_conn))
		return NFVS_REMOVAL_RESCHED;
	return pkt->tuple.proto == IPPROTO_UDP && !pkt->ipsec ? NFVS_REMOVAL_RESCHED :
								NFVS_REMOVAL_DROP;
}

/* Whether the connection that a packet belongs to by its tuple is of no use to it. */
static bool nfvs_superseded(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt,
			    const struct nfvs_proto_ops *proto)
{
	if (proto->reuses(nn, conn, pkt)) {
		if (nfvs_conn_kill(nn, conn))
			nfvs_count(nn, CONN_REUSED);
		return true;
	}
	if (likely(READ_ONCE(conn->dest->available)) ||
	    nfvs_removal_of(nn, conn, pkt, proto) != NFVS_REMOVAL_RESCHED)
		return false;
	if (nfvs_conn_kill(nn, conn))
		nfvs_count(nn, CONN_RESCHEDULED);
	return true;
}

/* Tell a client that his connection is over. */
static void nfvs_reset(struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	if (pkt->tuple.proto != IPPROTO_TCP)
		nfvs_refuse(nn, pkt);
	else if (nfvs_tuple_is_v6(&pkt->tuple))
		nf_send_reset6(nn->net, NULL, pkt->skb, pkt->hook);
	else
		nf_send_reset(nn->net, NULL, pkt->skb, pkt->hook);
}

/* A packet whose real server was removed, and that gets no other. */
static unsigned int nfvs_drop_orphan(struct nfvs_net *nn, struct nfvs_conn *conn,
				     const struct nfvs_pkt *pkt, const struct nfvs_proto_ops *proto)
{
	if (nfvs_removal_of(nn, conn, pkt, proto) == NFVS_REMOVAL_RESET) {
		nfvs_reset(nn, pkt);
		if (nfvs_conn_kill(nn, conn))
			nfvs_count(nn, CONN_RESET);
	}
	nfvs_count_drop(nn, pkt, DEST_GONE);
	return NF_DROP;
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
		if (!READ_ONCE(conn->dest->available))
			return nfvs_drop_orphan(nn, conn, pkt, proto);
		proto->step(nn, conn, pkt, NFVS_DIR_REQUEST);
	} else {
		conn = nfvs_schedule(nn, pkt, proto, &verdict);
		if (!conn)
			return verdict;
	}

	nfvs_conn_count_request(conn);
	nfvs_dest_count_in(conn->dest, pkt->skb->len);
	if (nfvs_brief_xmit(nn, conn, pkt))
		return NF_STOLEN;
	return nfvs_xmit_request(nn, conn, pkt, NULL);
}
