// SPDX-License-Identifier: GPL-2.0-only
/* Conntrack entries of connections; obj/track.h says whose. */

#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "obj/conn.h"
#include "obj/netns.h"
#include "obj/track.h"

static void nfvs_track_set_addr(union nf_inet_addr *to, const struct nfvs_conn *conn,
				const void *addr)
{
	memset(to, 0, sizeof(*to));
	memcpy(to, addr, conn->af == AF_INET6 ? sizeof(to->in6) : sizeof(to->ip));
}

/*
 * Before an entry is confirmed its reply tuple may still be changed: replies will come from the
 * real server, or, where the real server spoke first, be sent to the virtual service.
 */
static void nfvs_track_translate(struct nf_conn *ct, const struct nfvs_conn *conn,
				 enum nfvs_dir dir)
{
	struct nf_conntrack_tuple reply = ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	/* ESP goes with the UDP connection of its keys, and has no ports. */
	bool ports = nf_ct_protonum(ct) == conn->proto;

	if (dir == NFVS_DIR_REQUEST) {
		nfvs_track_set_addr(&reply.src.u3, conn, nfvs_conn_daddr(conn));
		if (ports)
			reply.src.u.all = conn->dport;
		if (nfvs_conn_is_hairpin(conn)) {
			nfvs_track_set_addr(&reply.dst.u3, conn, nfvs_conn_vaddr(conn));
			reply.dst.u.all = nfvs_conn_lport(conn);
		}
	} else {
		nfvs_track_set_addr(&reply.dst.u3, conn, nfvs_conn_vaddr(conn));
		if (ports)
			reply.dst.u.all = conn->vport;
	}
	nf_conntrack_alter_reply(ct, &reply);
}

/**
 * nfvs_track_follow() - tell conntrack whose replies to expect
 * @skb: a packet that has been handled
 * @conn: its connection, which is NFVS_CONN_TRACKED
 * @dir: its direction
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_track_follow(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct;

	ct = nf_ct_get(skb, &ctinfo);
	if (!ct || nf_ct_is_confirmed(ct) || nf_ct_is_dying(ct))
		return;
	if (conn->fwd == NFVS_FWD_MASQ && CTINFO2DIR(ctinfo) == IP_CT_DIR_ORIGINAL)
		nfvs_track_translate(ct, conn, dir);
}

/**
 * nfvs_track_wrap() - let conntrack take down a packet that is about to vanish in another one
 * @skb: the packet; not tracked any more, since the outer packet is another one
 * @conn: its connection
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict of conntrack.
 */
unsigned int nfvs_track_wrap(struct sk_buff *skb, const struct nfvs_conn *conn)
{
	unsigned int verdict = NF_ACCEPT;

	if (READ_ONCE(conn->flags) & NFVS_CONN_TRACKED)
		verdict = nf_conntrack_confirm(skb);
	nf_reset_ct(skb);
	return verdict;
}

/**
 * nfvs_track_anew() - track a first packet apart from what its tuple was used for before
 * @pkt: the packet; its old connection has been ended
 *
 * A confirmed entry expects the replies of the old real server for good.  ip_vs drops the packet
 * then, and the client has to send it again.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict of conntrack.
 */
unsigned int nfvs_track_anew(const struct nfvs_pkt *pkt)
{
	const struct nf_hook_state state = {
		.hook = pkt->hook == NF_INET_LOCAL_OUT ? NF_INET_LOCAL_OUT : NF_INET_PRE_ROUTING,
		.pf = nfvs_tuple_is_v6(&pkt->tuple) ? NFPROTO_IPV6 : NFPROTO_IPV4,
		.net = pkt->net,
	};
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct = nf_ct_get(pkt->skb, &ctinfo);

	if (!ct || !nf_ct_is_confirmed(ct))
		return NF_ACCEPT;
	nf_ct_kill(ct);
	nf_reset_ct(pkt->skb);
	return nf_conntrack_in(pkt->skb, &state);
}

/**
 * nfvs_track_end() - let conntrack forget a connection
 * @nn: namespace
 * @conn: the connection, which is NFVS_CONN_TRACKED
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_track_end(struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	struct nf_conntrack_tuple tuple = {
		.src.l3num = conn->af,
		.src.u.all = conn->cport,
		.dst.u.all = conn->vport,
		.dst.protonum = conn->proto,
		.dst.dir = IP_CT_DIR_ORIGINAL,
	};
	struct nf_conntrack_tuple_hash *found;
	struct nf_conn *ct;

	nfvs_track_set_addr(&tuple.src.u3, conn, nfvs_conn_caddr(conn));
	nfvs_track_set_addr(&tuple.dst.u3, conn, nfvs_conn_vaddr(conn));
	found = nf_conntrack_find_get(nn->net, &nf_ct_zone_dflt, &tuple);
	if (!found)
		return;
	ct = nf_ct_tuplehash_to_ctrack(found);
	nf_ct_kill(ct);
	nf_ct_put(ct);
}
