// SPDX-License-Identifier: GPL-2.0-only
/* Sends packets on their way. */

#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <net/dst.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "compat.h"
#include "obj/drop.h"
#include "obj/netns.h"
#include "obj/track.h"
#include "xmit/xmit.h"

/* Seen and decided: our hooks, and those of a loaded ip_vs, let it pass from here on. */
static void nfvs_mark_handled(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	skb->ipvs_property = 1;
	nfvs_track_leave(skb, conn, dir);
}

static void nfvs_prepare_send(const struct nfvs_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;

	/*
	 * A socket that early demux found is not where the packet goes; that of a local
	 * sender stays, it is charged for the packet.
	 */
	if (pkt->hook != NF_INET_LOCAL_OUT) {
		skb_orphan(skb);
		skb_clear_tstamp(skb);
	}
	skb_forward_csum(skb);
	/* We do what a router does: what is too big and may be fragmented, is. */
	skb->ignore_df = 1;
}

static unsigned int nfvs_send(struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;
	u8 pf = nfvs_tuple_is_v6(&pkt->tuple) ? NFPROTO_IPV6 : NFPROTO_IPV4;

	nfvs_prepare_send(pkt);
	NF_HOOK(pf, NF_INET_LOCAL_OUT, nn->net, skb->sk, skb, NULL, skb_dst(skb)->dev, dst_output);
	return NF_STOLEN;
}

static int nfvs_translate(const struct nfvs_pkt *pkt, const struct nfvs_pkt *quoted,
			  const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	if (quoted)
		return nfvs_nat_rewrite_icmp(pkt, quoted, conn, dir);
	return nfvs_nat_rewrite(pkt, conn, dir);
}

static void nfvs_count_untranslated(struct nfvs_net *nn, const struct nfvs_pkt *pkt, int err)
{
	if (err == -ENOMEM)
		nfvs_count_drop(nn, pkt, NOMEM);
	else
		nfvs_count_drop(nn, pkt, MALFORMED);
}

/*
 * A packet that is lost under way.  To a local sender NF_DROP would be an EPERM, as if it were
 * forbidden to send; but like any other host it hears from ICMP what became of its packet.
 */
static unsigned int nfvs_lose(struct sk_buff *skb)
{
	kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
	return NF_STOLEN;
}

/*
 * The outer packet is one that this host makes: conntrack may follow it, unlike the inner one, and
 * a firewall sees it as such.
 */
static unsigned int nfvs_send_wrapped(struct nfvs_net *nn, const struct nfvs_conn *conn,
				      const struct nfvs_pkt *pkt, const struct nfvs_path *path)
{
	struct sk_buff *skb = pkt->skb;
	int err;

	if (nfvs_track_wrap(skb, conn) != NF_ACCEPT) {
		nfvs_count_drop(nn, pkt, CONNTRACK);
		return nfvs_lose(skb);
	}
	err = nfvs_tunnel_wrap(nn, conn, skb, path);
	if (err) {
		nfvs_count_untranslated(nn, pkt, err);
		return nfvs_lose(skb);
	}
	skb->ipvs_property = 1;
	nfvs_prepare_send(pkt);
	if (nfvs_conn_daf(conn) == AF_INET6)
		ip6_local_out(nn->net, skb->sk, skb);
	else
		ip_local_out(nn->net, skb->sk, skb);
	return NF_STOLEN;
}

static unsigned int nfvs_send_segments(struct nfvs_net *nn, const struct nfvs_conn *conn,
				       const struct nfvs_pkt *pkt, const struct nfvs_path *path)
{
	unsigned int room = LL_RESERVED_SPACE(path->dst->dev) + path->overhead;
	bool v6 = nfvs_tuple_is_v6(&pkt->tuple);
	struct nfvs_path part_path = *path;
	struct nfvs_pkt part = *pkt;
	struct sk_buff *segments, *next;

	pkt->skb->protocol = v6 ? htons(ETH_P_IPV6) : htons(ETH_P_IP);
	segments = skb_gso_segment(pkt->skb, 0);
	if (IS_ERR_OR_NULL(segments)) {
		nfvs_count_drop(nn, pkt, NOMEM);
		return nfvs_lose(pkt->skb);
	}
	consume_skb(pkt->skb);
	skb_list_walk_safe(segments, part.skb, next)
	{
		skb_mark_not_on_list(part.skb);
		if (!skb_cow(part.skb, room)) {
			/* The whole may have left its checksum to others, a part does not. */
			nfvs_tunnel_measure(conn, part.skb, &part_path);
			nfvs_send_wrapped(nn, conn, &part, &part_path);
			continue;
		}
		nfvs_count_drop(nn, &part, NOMEM);
		nfvs_lose(part.skb);
	}
	return NF_STOLEN;
}

static unsigned int nfvs_tunnel(struct nfvs_net *nn, const struct nfvs_conn *conn,
				const struct nfvs_pkt *pkt, const struct nfvs_path *path)
{
	if (nfvs_tunnel_wants_segments(pkt->skb, path->tunnel))
		return nfvs_send_segments(nn, conn, pkt, path);
	return nfvs_send_wrapped(nn, conn, pkt, path);
}

/* To where the real server is; @dir says what to translate. */
static unsigned int nfvs_xmit_to_dest(struct nfvs_net *nn, const struct nfvs_conn *conn,
				      const struct nfvs_pkt *pkt, const struct nfvs_pkt *quoted,
				      enum nfvs_dir dir)
{
	struct nfvs_path path;
	enum nfvs_route route = nfvs_route_request(nn, conn, pkt, &path);
	int err;

	if (route == NFVS_ROUTE_NONE)
		return nfvs_lose(pkt->skb);
	if (route == NFVS_ROUTE_REMOTE && conn->fwd == NFVS_FWD_TUNNEL)
		return nfvs_tunnel(nn, conn, pkt, &path);
	if (conn->fwd == NFVS_FWD_MASQ) {
		err = nfvs_translate(pkt, quoted, conn, dir);
		if (err) {
			nfvs_count_untranslated(nn, pkt, err);
			return nfvs_lose(pkt->skb);
		}
	}

	nfvs_mark_handled(pkt->skb, conn, dir);
	if (route == NFVS_ROUTE_LOCAL) {
		/* What early demux found was the listener of the untranslated address. */
		if (conn->fwd == NFVS_FWD_MASQ && pkt->hook != NF_INET_LOCAL_OUT)
			skb_orphan(pkt->skb);
		return NF_ACCEPT;
	}
	return nfvs_send(nn, pkt);
}

/**
 * nfvs_xmit_request() - bring a packet to its connection's real server
 * @nn: namespace
 * @conn: the connection
 * @pkt: a packet of the client, or an ICMP error about a packet of the real server
 * @quoted: the packet that the error quotes, or NULL
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict: NF_ACCEPT when the real server is this host, NF_STOLEN when sent or lost.
 */
unsigned int nfvs_xmit_request(struct nfvs_net *nn, const struct nfvs_conn *conn,
			       const struct nfvs_pkt *pkt, const struct nfvs_pkt *quoted)
{
	return nfvs_xmit_to_dest(nn, conn, pkt, quoted, NFVS_DIR_REQUEST);
}

/**
 * nfvs_xmit_reply() - let a reply go on to the client, as from the virtual service
 * @nn: namespace
 * @conn: the connection
 * @pkt: a packet of the real server, or an ICMP error about a packet of the client
 * @quoted: the packet that the error quotes, or NULL
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: verdict: NF_ACCEPT, or NF_STOLEN when lost, or when sent to a client that is the real
 *	server itself.
 */
unsigned int nfvs_xmit_reply(struct nfvs_net *nn, const struct nfvs_conn *conn,
			     const struct nfvs_pkt *pkt, const struct nfvs_pkt *quoted)
{
	int err;

	/* It is the client's already, and is where its routes lead it. */
	if (conn->fwd != NFVS_FWD_MASQ) {
		nfvs_mark_handled(pkt->skb, conn, NFVS_DIR_REPLY);
		return NF_ACCEPT;
	}
	if (unlikely(nfvs_conn_is_hairpin(conn)))
		return nfvs_xmit_to_dest(nn, conn, pkt, quoted, NFVS_DIR_REPLY);
	err = nfvs_translate(pkt, quoted, conn, NFVS_DIR_REPLY);
	if (err) {
		nfvs_count_untranslated(nn, pkt, err);
		return nfvs_lose(pkt->skb);
	}
	if (nfvs_route_reply(nn, pkt)) {
		nfvs_count_drop(nn, pkt, NO_ROUTE);
		return nfvs_lose(pkt->skb);
	}
	nfvs_mark_handled(pkt->skb, conn, NFVS_DIR_REPLY);
	return NF_ACCEPT;
}
