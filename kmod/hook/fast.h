/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the paths for packets of established connections share (fast.c, brief.c): what a usual
 * packet is, whether it may be sent on without a decision, and what is done to it.
 */
#ifndef NFVS_HOOK_FAST_H
#define NFVS_HOOK_FAST_H

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netdevice.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "compat.h"
#include "hook/listeners.h"
#include "obj/conn_table.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "proto/proto.h"
#include "xmit/fast.h"

/* Connections whose packets are not usual ones. */
#define NFVS_CONN_UNUSUAL (NFVS_CONN_TRACKED | NFVS_CONN_HAIRPIN | NFVS_CONN_TEMPLATE)

struct nfvs_fast_pkt;

struct nfvs_conn *nfvs_early_connect(struct nfvs_net *nn, const struct nfvs_fast_pkt *fast, bool v6,
				     unsigned int *verdict);
int nfvs_fast_sctp_chunk(const struct sk_buff *skb, unsigned int off);
void nfvs_fast_nat_sctp(const struct nfvs_conn *conn, struct sk_buff *skb, unsigned int l4_off,
			enum nfvs_dir dir);

/**
 * struct nfvs_fast_pkt - a packet without options, whole, its headers in the linear part
 * @skb: the packet
 * @sport: source port
 * @dport: destination port
 * @proto: protocol
 * @kind: what it says about its connection: byte 13 of a TCP header, the type of the first SCTP
 *	chunk
 * @l4_off: length of its IP header
 * @headers: length of its headers
 * @len: its length
 *
 * It is nowhere but in registers as long as nobody is given its address.
 */
struct nfvs_fast_pkt {
	struct sk_buff *skb;
	__be16 sport;
	__be16 dport;
	u8 proto;
	u8 kind;
	unsigned int l4_off;
	unsigned int headers;
	unsigned int len;
};

/* Byte 13, behind which the header has its window. */
#define NFVS_TCP_FLAGS (offsetof(struct tcphdr, window) - 1)

/* Data may move. */
static __always_inline bool nfvs_fast_parse_l4(struct nfvs_fast_pkt *pkt)
{
	const u8 *l4;
	int kind = 0;

	if (likely(pkt->proto == IPPROTO_TCP))
		pkt->headers = pkt->l4_off + sizeof(struct tcphdr);
	else if (pkt->proto == IPPROTO_UDP)
		pkt->headers = pkt->l4_off + sizeof(struct udphdr);
	else if (pkt->proto == IPPROTO_SCTP)
		pkt->headers = pkt->l4_off + sizeof(struct sctphdr);
	else
		return false;
	if (!pskb_may_pull(pkt->skb, pkt->headers))
		return false;
	l4 = pkt->skb->data + pkt->l4_off;
	if (likely(pkt->proto == IPPROTO_TCP))
		kind = l4[NFVS_TCP_FLAGS];
	else if (pkt->proto == IPPROTO_SCTP)
		kind = nfvs_fast_sctp_chunk(pkt->skb, pkt->headers);
	if (kind < 0)
		return false;
	pkt->kind = (u8)kind;
	pkt->sport = ((const __be16 *)l4)[0];
	pkt->dport = ((const __be16 *)l4)[1];
	return true;
}

/* The node of a packet's connection and direction; NULL if the hooks have to look for it. */
static __always_inline const struct nfvs_conn_node *nfvs_fast_find(const struct nfvs_net *nn,
								   const struct nfvs_fast_pkt *pkt,
								   bool v6)
{
	const void *l3 = pkt->skb->data;

	if (v6) {
		const struct ipv6hdr *ip6h = l3;

		return nfvs_conn_table_find6_rcu(nn->conns, &ip6h->saddr, &ip6h->daddr, pkt->sport,
						 pkt->dport, pkt->proto);
	} else {
		const struct iphdr *iph = l3;

		return nfvs_conn_table_find4_rcu(nn->conns, &iph->saddr, &iph->daddr, pkt->sport,
						 pkt->dport, pkt->proto);
	}
}

/* Whether a packet changes nothing about its connection but when it was last seen. */
static __always_inline bool nfvs_fast_is_routine(struct nfvs_net *nn, const struct nfvs_conn *conn,
						 const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir)
{
	if (likely(pkt->proto == IPPROTO_TCP))
		return nfvs_tcp_is_routine(nn, conn);
	if (pkt->proto == IPPROTO_UDP)
		return nfvs_udp_is_routine(nn, conn, dir);
	return nfvs_sctp_is_routine(nn, conn, dir, pkt->kind);
}

static __always_inline const struct nfvs_way *nfvs_fast_way(const struct nfvs_conn *conn,
							    enum nfvs_dir dir)
{
	const struct nfvs_dest_route *route;
	const struct nfvs_hop *hop;

	if (dir == NFVS_DIR_REPLY) {
		hop = rcu_dereference(conn->hop);
		return hop && !READ_ONCE(hop->gone) ? &hop->way : NULL;
	}
	route = rcu_dereference(conn->dest->route);
	return route && route->fwd == conn->fwd ? &route->way : NULL;
}

/* Read for each packet: what an administrator says goes for the next one. */
static __always_inline u8 nfvs_fast_mode(const struct nfvs_net *nn, const struct nfvs_dest *dest)
{
	return nfvs_fastpath_of(&nn->fastpaths, READ_ONCE(dest->policy.fastpath));
}

/* Policies may want replies encrypted, or not to be forwarded at all. */
static __always_inline bool nfvs_has_ipsec_policies(const struct net *net)
{
#ifdef CONFIG_XFRM
	return net->xfrm.policy_count[XFRM_POLICY_OUT] || net->xfrm.policy_count[XFRM_POLICY_FWD] ||
	       net->xfrm.policy_default[XFRM_POLICY_FWD] != XFRM_USERPOLICY_ACCEPT;
#else
	return false;
#endif
}

/* Whether packets of a direction may take the fast path at all. */
static __always_inline bool nfvs_fast_may(struct nfvs_net *nn, u8 mode, bool v6, enum nfvs_dir dir)
{
	if (dir == NFVS_DIR_REPLY && unlikely(nfvs_has_ipsec_policies(nn->net)))
		return false;
	return likely(mode == NFVS_FASTPATH_AUTO) ? nfvs_is_free(nn, v6, dir) :
						    mode == NFVS_FASTPATH_ALWAYS;
}

/*
 * Whether rules for routes may lead a packet elsewhere than those before it.  A reply goes where
 * the stack has it go.
 */
static __always_inline bool nfvs_mark_may_reroute(const struct nfvs_net *nn,
						  const struct sk_buff *skb, enum nfvs_dir dir)
{
	return unlikely(skb->mark) &&
	       (dir == NFVS_DIR_REPLY || READ_ONCE(nn->sysctls.route_by_mark)) &&
	       (nfvs_has_route_rules(nn->net, false) || nfvs_has_route_rules(nn->net, true));
}

/* Of a way that has a neighbour. */
static __always_inline bool nfvs_way_is_valid(const struct nfvs_way *way, bool v6)
{
	if (!v6 && likely(nfvs_way_is_fresh4(way)))
		return !READ_ONCE(way->neigh->dead);
	return nfvs_way_valid(way);
}

static __always_inline bool nfvs_fast_way_works(const struct nfvs_way *way, bool v6)
{
	return nfvs_way_resolved(way) && nfvs_way_is_valid(way, v6);
}

static __always_inline bool nfvs_fast_fits(const struct nfvs_way *way, const struct sk_buff *skb,
					   bool v6, unsigned int overhead)
{
	if (likely(nfvs_way_fits(way, v6, skb->len + overhead)))
		return true;
	return skb_is_gso(skb) && skb_gso_validate_network_len(skb, dst_mtu(way->dst) - overhead);
}

/*
 * Room for the link's header, and what is in the packet its own to write to.  Who has a copy of it,
 * a packet socket for example, keeps what he has.
 */
static __always_inline bool nfvs_fast_make_room(const struct nfvs_fast_pkt *pkt,
						const struct nfvs_way *way)
{
	struct sk_buff *skb = pkt->skb;

	if (unlikely(skb_headroom(skb) < LL_RESERVED_SPACE(way->neigh->dev)))
		return false;
	return likely(!skb_cloned(skb)) || !skb_ensure_writable(skb, pkt->headers);
}

static __always_inline void nfvs_fast_count(struct nfvs_conn *conn, enum nfvs_dir dir,
					    unsigned int len)
{
	nfvs_conn_seen(conn);
	if (dir == NFVS_DIR_REPLY) {
		nfvs_dest_count_out(conn->dest, len);
	} else {
		nfvs_conn_count_request(conn);
		nfvs_dest_count_in(conn->dest, len);
	}
}

static __always_inline void nfvs_fast_decrease_ttl(struct sk_buff *skb, bool v6)
{
	if (v6)
		ipv6_hdr(skb)->hop_limit--;
	else
		ip_decrease_ttl(ip_hdr(skb));
}

/* Nothing is done with direct routing. */
static __always_inline void nfvs_fast_translate(const struct nfvs_conn *conn,
						const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir,
						bool v6)
{
	if (conn->fwd != NFVS_FWD_MASQ)
		return;
	if (unlikely(pkt->proto == IPPROTO_SCTP))
		nfvs_fast_nat_sctp(conn, pkt->skb, pkt->l4_off, dir);
	else
		nfvs_fast_nat(pkt->skb, conn, dir, v6);
}

#endif
