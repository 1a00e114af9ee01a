/* SPDX-License-Identifier: GPL-2.0-only */
/* Outer IP headers: what they take from the inner ones, and how they get into place. */
#ifndef NFVS_XMIT_TUN_H
#define NFVS_XMIT_TUN_H

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "obj/conn.h"
#include "obj/netns.h"

/**
 * struct nfvs_outer - what is in an outer IP header
 * @df: IP_DF or 0, network order
 * @dsfield: DSCP and ECN
 * @ttl: TTL or hop limit
 * @proto: what is right behind it
 */
struct nfvs_outer {
	__be16 df;
	u8 dsfield;
	u8 ttl;
	u8 proto;
};

/**
 * nfvs_inner_proto() - what an outer IP header says is right behind it
 * @inner_af: address family of that
 */
static inline u8 nfvs_inner_proto(u8 inner_af)
{
	return inner_af == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IPIP;
}

/**
 * nfvs_outer_of() - what the outer header of a packet takes from it, all but @proto
 * @nn: namespace
 * @skb: the packet
 * @inner_af: its address family
 * @outer: result
 */
static inline void nfvs_outer_of(const struct nfvs_net *nn, const struct sk_buff *skb, u8 inner_af,
				 struct nfvs_outer *outer)
{
	u8 dsfield;

	if (inner_af == AF_INET6) {
		const struct ipv6hdr *ip6h = ipv6_hdr(skb);

		dsfield = ipv6_get_dsfield(ip6h);
		outer->ttl = ip6h->hop_limit;
		outer->df = 0;
	} else {
		const struct iphdr *iph = ip_hdr(skb);

		dsfield = ipv4_get_dsfield(iph);
		outer->ttl = iph->ttl;
		outer->df = READ_ONCE(nn->sysctls.pmtu_disc) ? iph->frag_off & htons(IP_DF) : 0;
	}
	outer->dsfield = INET_ECN_encapsulate(dsfield, dsfield);
}

static __always_inline void nfvs_outer_push4(struct nfvs_net *nn, struct sk_buff *skb,
					     const struct dst_entry *dst, __be32 saddr,
					     __be32 daddr, const struct nfvs_outer *outer)
{
	struct iphdr *iph = __skb_push(skb, sizeof(*iph));

	skb_reset_network_header(skb);
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tos = outer->dsfield;
	/* A path whose MTU nobody can be right about must be allowed to fragment. */
	iph->frag_off = ip_mtu_locked(dst) ? 0 : outer->df;
	iph->ttl = outer->ttl;
	iph->protocol = outer->proto;
	iph->saddr = saddr;
	iph->daddr = daddr;
	ip_select_ident_segs(nn->net, skb, NULL, skb_shinfo(skb)->gso_segs ?: 1);
}

static __always_inline void nfvs_outer_push6(struct sk_buff *skb, const struct in6_addr *saddr,
					     const struct in6_addr *daddr,
					     const struct nfvs_outer *outer)
{
	struct ipv6hdr *ip6h = __skb_push(skb, sizeof(*ip6h));

	skb_reset_network_header(skb);
	ip6_flow_hdr(ip6h, outer->dsfield, 0);
	ip6h->nexthdr = outer->proto;
	ip6h->hop_limit = outer->ttl;
	ip6h->saddr = *saddr;
	ip6h->daddr = *daddr;
}

/**
 * nfvs_outer_push() - put an IP header in front of a packet
 * @nn: namespace
 * @conn: its connection
 * @skb: the packet, with room for the header
 * @dst: its route
 * @saddr: source address
 * @outer: what else is in the header
 *
 * Length and checksum are left out: ip_local_out(), ip6_local_out() and nfvs_outer_complete() see
 * to them.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
static __always_inline void nfvs_outer_push(struct nfvs_net *nn, const struct nfvs_conn *conn,
					    struct sk_buff *skb, const struct dst_entry *dst,
					    const union nf_inet_addr *saddr,
					    const struct nfvs_outer *outer)
{
	const union nf_inet_addr *daddr = &conn->dest->key.addr;

	if (nfvs_conn_daf(conn) == AF_INET6)
		nfvs_outer_push6(skb, &saddr->in6, &daddr->in6, outer);
	else
		nfvs_outer_push4(nn, skb, dst, saddr->ip, daddr->ip, outer);
}

/**
 * nfvs_outer_complete() - do for a wrapped packet what the stack would do as it leaves
 * @skb: the packet, not longer than 65535
 * @v6: it is of IPv6
 */
static inline void nfvs_outer_complete(struct sk_buff *skb, bool v6)
{
	if (v6) {
		ipv6_hdr(skb)->payload_len = htons(skb->len - sizeof(struct ipv6hdr));
		skb->protocol = htons(ETH_P_IPV6);
	} else {
		ip_hdr(skb)->tot_len = htons(skb->len);
		ip_send_check(ip_hdr(skb));
		skb->protocol = htons(ETH_P_IP);
	}
}

#endif
