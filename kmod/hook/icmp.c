// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICMP errors about packets of our connections.
 *
 * An error quotes the packet that it is about, so the quoted tuple, turned round, is one that
 * the sender of the error could have sent: it is looked up like any other.  If that is a
 * request, the error goes to the real server; if a reply, to the client.
 */

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>

#include "hook/hook.h"
#include "obj/conn_table.h"
#include "obj/drop.h"
#include "obj/rates.h"
#include "obj/netns.h"
#include "proto/proto.h"
#include "xmit/xmit.h"

static bool nfvs_is_error4(u8 type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH ||
	       type == ICMP_TIME_EXCEEDED;
}

/* The type is in the first byte of both protocols' headers. */
static bool nfvs_is_error(const struct nfvs_pkt *pkt)
{
	const u8 *type;
	u8 buf;

	type = skb_header_pointer(pkt->skb, pkt->l4_off, 1, &buf);
	if (!type)
		return false;
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return !(*type & ICMPV6_INFOMSG_MASK);
	return nfvs_is_error4(*type);
}

/**
 * nfvs_icmp_checksum_is_bad() - whether an ICMP or ICMPv6 packet is damaged
 * @pkt: the packet
 *
 * Context: any.
 */
bool nfvs_icmp_checksum_is_bad(const struct nfvs_pkt *pkt)
{
	return nf_checksum(pkt->skb, pkt->hook, pkt->l4_off,
			   nfvs_tuple_is_v6(&pkt->tuple) ? IPPROTO_ICMPV6 : IPPROTO_ICMP,
			   nfvs_tuple_is_v6(&pkt->tuple) ? AF_INET6 : AF_INET);
}

/*
 * An error about a packet that a real server sent for a connection that is not known here: the
 * scheduler may find out whose it is (the setting schedule_icmp).
 */
static struct nfvs_conn *nfvs_schedule_quoted(struct nfvs_net *nn, const struct nfvs_pkt *quoted,
					      unsigned int *verdict)
{
	*verdict = NF_ACCEPT;
	if (!READ_ONCE(nn->sysctls.schedule_icmp))
		return NULL;
	return nfvs_schedule(nn, quoted, nfvs_proto_lookup(quoted->tuple.proto), verdict);
}

/* Then nothing is done to an error, and nobody has to vouch for it. */
static bool nfvs_only_passes(const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	return dir == NFVS_DIR_REPLY && !nfvs_conn_has_reply(conn);
}

/**
 * nfvs_handle_icmp() - an ICMP or ICMPv6 packet
 * @nn: namespace
 * @pkt: the packet
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict; NF_ACCEPT for all that is not an error about a connection.
 */
unsigned int nfvs_handle_icmp(struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	struct nfvs_pkt quoted = *pkt;
	unsigned int verdict;
	struct nfvs_conn *conn;
	enum nfvs_dir dir;

	if (!nfvs_is_error(pkt))
		return NF_ACCEPT;
	if (nfvs_handle_tunnel_icmp(nn, pkt, &verdict))
		return verdict;
	quoted.quoted = true;
	if (nfvs_pkt_parse_at(&quoted, pkt->l4_off + sizeof(struct icmphdr)) != NFVS_PARSED ||
	    quoted.later_fragment)
		return NF_ACCEPT;

	nfvs_tuple_turn_round(&quoted.tuple);
	conn = nfvs_conn_lookup_rcu(nn, &quoted.tuple, &dir);
	if (!conn) {
		conn = nfvs_schedule_quoted(nn, &quoted, &verdict);
		if (!conn)
			return verdict;
		dir = NFVS_DIR_REQUEST;
	}
	if (pkt->hook != NF_INET_LOCAL_OUT && !nfvs_only_passes(conn, dir) &&
	    nfvs_icmp_checksum_is_bad(pkt)) {
		nfvs_count_drop(nn, pkt, MALFORMED);
		return NF_DROP;
	}

	if (dir == NFVS_DIR_REPLY) {
		nfvs_dest_count_out(conn->dest, pkt->skb->len);
		return nfvs_xmit_reply(nn, conn, pkt, &quoted);
	}
	nfvs_dest_count_in(conn->dest, pkt->skb->len);
	return nfvs_xmit_request(nn, conn, pkt, &quoted);
}
