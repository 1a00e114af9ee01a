// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICMP errors about packets that we tunneled.
 *
 * They come to the director, which made the outer packet, and quote the inner one in it.  Whether
 * that is of a connection whose real server is where the outer one went, by that sort of tunnel,
 * tells whether the error is about a packet of ours.  The client hears of it as if the error were
 * about the packet that he sent.
 */

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/route.h>

#include "core/tunnel.h"
#include "hook/hook.h"
#include "obj/conn.h"
#include "obj/drop.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "xmit/xmit.h"

/**
 * struct nfvs_tunnel_error - an error about a packet that we tunneled
 * @conn: connection of the packet inside
 * @outer: the quoted outer packet
 * @inner: the packet in it
 * @outer_off: offset of the outer packet's IP header from skb->data
 * @inner_off: offset of the inner packet's
 * @note: what the error says
 * @info: its second word: MTU of a link
 */
struct nfvs_tunnel_error {
	struct nfvs_conn *conn;
	struct nfvs_pkt outer;
	struct nfvs_pkt inner;
	unsigned int outer_off;
	unsigned int inner_off;
	struct nfvs_icmp_note note;
	u32 info;
};

static bool nfvs_read_outer(struct nfvs_tunnel_error *error, const struct nfvs_pkt *pkt,
			    struct nfvs_tunnel_seen *seen)
{
	u8 buf[NFVS_TUNNEL_READ_MAX];
	struct nfvs_pkt *outer = &error->outer;
	const u8 *bytes;
	unsigned int len;

	*outer = *pkt;
	error->outer_off = pkt->l4_off + sizeof(struct icmphdr);
	if (nfvs_pkt_parse_at(outer, error->outer_off) == NFVS_PARSED_BAD || outer->later_fragment)
		return false;
	if (outer->l4_off >= pkt->skb->len)
		return false;
	len = min_t(unsigned int, pkt->skb->len - outer->l4_off, sizeof(buf));
	bytes = skb_header_pointer(pkt->skb, outer->l4_off, len, buf);
	return bytes && nfvs_tunnel_read(outer->tuple.proto, bytes, len, seen);
}

static bool nfvs_read_inner(struct nfvs_tunnel_error *error, const struct nfvs_pkt *pkt,
			    const struct nfvs_tunnel_seen *seen)
{
	struct nfvs_pkt *inner = &error->inner;

	memset(inner, 0, sizeof(*inner));
	inner->skb = pkt->skb;
	inner->net = pkt->net;
	inner->hook = pkt->hook;
	inner->tuple.af = seen->inner_v6 ? AF_INET6 : AF_INET;
	error->inner_off = error->outer.l4_off + seen->len;
	return nfvs_pkt_parse_at(inner, error->inner_off) == NFVS_PARSED && !inner->later_fragment;
}

static bool nfvs_is_tunnel_of(const struct nfvs_conn *conn, const struct nfvs_tuple *outer,
			      const struct nfvs_tunnel_seen *seen)
{
	union nfvs_tunnel tunnel;

	if (conn->fwd != NFVS_FWD_TUNNEL || nfvs_conn_daf(conn) != outer->af ||
	    !nf_inet_addr_cmp(nfvs_conn_daddr(conn), &outer->dst))
		return false;
	tunnel.word = READ_ONCE(conn->dest->cfg.tunnel.word);
	return tunnel.type == seen->type && ntohs(tunnel.port) == seen->port;
}

static bool nfvs_find_tunnel_error(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				   struct nfvs_tunnel_error *error)
{
	struct nfvs_tunnel_seen seen;
	const struct icmphdr *icmp;
	struct icmphdr buf;
	enum nfvs_dir dir;

	icmp = skb_header_pointer(pkt->skb, pkt->l4_off, sizeof(buf), &buf);
	if (!icmp || !nfvs_read_outer(error, pkt, &seen) || !nfvs_read_inner(error, pkt, &seen))
		return false;
	error->conn = nfvs_conn_lookup_rcu(nn, &error->inner.tuple, &dir);
	if (!error->conn || dir != NFVS_DIR_REQUEST ||
	    !nfvs_is_tunnel_of(error->conn, &error->outer.tuple, &seen))
		return false;

	/* Type, code and the second word are where they are in both protocols. */
	error->note.type = icmp->type;
	error->note.code = icmp->code;
	error->info =
		nfvs_tuple_is_v6(&pkt->tuple) ? ntohl(icmp->un.gateway) : ntohs(icmp->un.frag.mtu);
	return true;
}

/* Go on to a header inside; the offsets so far are void. */
static bool nfvs_pull_to(struct sk_buff *skb, unsigned int offset, unsigned int header)
{
	if (!pskb_pull(skb, offset))
		return false;
	skb_reset_network_header(skb);
	return pskb_may_pull(skb, header);
}

/*
 * Tell the routes of the outer packet, then ask what fits through now: the kernel may know better
 * than the error.  0 if the sender of the inner packet need not know.
 */
static u32 nfvs_learn_mtu(struct nfvs_net *nn, const struct nfvs_tunnel_error *error,
			  struct sk_buff *skb)
{
	bool outer_v6 = nfvs_tuple_is_v6(&error->outer.tuple);
	bool inner_v6 = nfvs_tuple_is_v6(&error->inner.tuple);
	unsigned int overhead = error->inner_off - error->outer_off;
	struct iphdr buf;
	const struct iphdr *iph;
	u32 mtu;

	if (outer_v6)
		ip6_update_pmtu(skb, nn->net, htonl(error->info), 0, 0,
				sock_net_uid(nn->net, NULL));
	else
		ipv4_update_pmtu(skb, nn->net, error->info, 0, error->outer.tuple.proto);
	mtu = nfvs_route_mtu(nn, error->conn);
	mtu = nfvs_tunnel_mtu(mtu, overhead, outer_v6, inner_v6);
	if (inner_v6)
		return mtu;
	iph = skb_header_pointer(skb, overhead, sizeof(buf), &buf);
	return iph && iph->frag_off & htons(IP_DF) ? mtu : 0;
}

/*
 * An ICMP error is made for a packet that is being routed; after a tunnel of the other family this
 * one is not.  It comes, as it did, from where the client is.
 */
static bool nfvs_route_as_client(struct nfvs_net *nn, struct sk_buff *skb)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct flowi4 fl4 = { .daddr = iph->saddr };
	struct rtable *rt = ip_route_output_key(nn->net, &fl4);

	skb_dst_drop(skb);
	skb->protocol = htons(ETH_P_IP);
	if (IS_ERR(rt))
		return false;
	skb->dev = rt->dst.dev;
	ip_rt_put(rt);
	return !ip_route_input_noref(skb, iph->daddr, iph->saddr, 0, skb->dev);
}

static bool nfvs_route_as_client6(struct nfvs_net *nn, struct sk_buff *skb)
{
	struct flowi6 fl6 = { .daddr = ipv6_hdr(skb)->saddr };
	struct dst_entry *dst = ip6_route_output(nn->net, NULL, &fl6);

	skb_dst_drop(skb);
	skb->protocol = htons(ETH_P_IPV6);
	if (dst->error) {
		dst_release(dst);
		return false;
	}
	skb->dev = dst->dev;
	dst_release(dst);
	return true;
}

static bool nfvs_tell_client(struct nfvs_net *nn, const struct nfvs_tunnel_error *error,
			     struct sk_buff *skb, struct nfvs_icmp_note note, u32 info)
{
	bool crossed = error->outer.tuple.af != error->inner.tuple.af;

	if (nfvs_tuple_is_v6(&error->inner.tuple)) {
		memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
		if (crossed && !nfvs_route_as_client6(nn, skb))
			return false;
		icmpv6_send(skb, note.type, note.code, info);
	} else {
		memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
		if (crossed && !nfvs_route_as_client(nn, skb))
			return false;
		icmp_send(skb, note.type, note.code, htonl(info));
	}
	return true;
}

/*
 * The packet is used up: what was an error about our packet becomes the client's.  False if he
 * should have heard of it and does not.
 */
static bool nfvs_relay_error(struct nfvs_net *nn, const struct nfvs_tunnel_error *error,
			     struct sk_buff *skb)
{
	bool outer_v6 = nfvs_tuple_is_v6(&error->outer.tuple);
	unsigned int inner_header = error->inner.l4_off - error->inner_off;
	struct nfvs_icmp_note note;
	u32 info = 0;

	if (!nfvs_icmp_relay(outer_v6, nfvs_tuple_is_v6(&error->inner.tuple), error->note, &note))
		return false;
	if (!nfvs_pull_to(skb, error->outer_off, error->outer.l4_off - error->outer_off))
		return false;
	if (nfvs_icmp_is_too_big(outer_v6, error->note)) {
		info = nfvs_learn_mtu(nn, error, skb);
		if (!info)
			return true;
	}
	if (!nfvs_pull_to(skb, error->inner_off - error->outer_off, inner_header))
		return false;
	skb_set_transport_header(skb, inner_header);
	if (!nfvs_tell_client(nn, error, skb, note, info))
		return false;
	nfvs_dest_count_out(error->conn->dest, skb->len);
	return true;
}

/**
 * nfvs_handle_tunnel_icmp() - an ICMP or ICMPv6 error that may be about a packet that we tunneled
 * @nn: namespace
 * @pkt: the error
 * @verdict: set if it is
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: whether it is.
 */
bool nfvs_handle_tunnel_icmp(struct nfvs_net *nn, const struct nfvs_pkt *pkt, unsigned int *verdict)
{
	struct nfvs_tunnel_error error;

	/* The outer packet was sent from here, so errors about it end here. */
	if (pkt->hook != NF_INET_LOCAL_IN || !nfvs_find_tunnel_error(nn, pkt, &error))
		return false;
	if (nfvs_icmp_checksum_is_bad(pkt)) {
		nfvs_count_drop(nn, pkt, MALFORMED);
		*verdict = NF_DROP;
		return true;
	}
	if (!nfvs_relay_error(nn, &error, pkt->skb))
		nfvs_count_drop(nn, pkt, UNTOLD);
	consume_skb(pkt->skb);
	*verdict = NF_STOLEN;
	return true;
}
