/* SPDX-License-Identifier: GPL-2.0-only */
/* What an outer IP header takes from the inner one. */
#ifndef NFVS_XMIT_TUN_H
#define NFVS_XMIT_TUN_H

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "obj/netns.h"

/**
 * struct nfvs_outer - what an outer IP header takes from the inner one
 * @df: IP_DF or 0, network order
 * @dsfield: DSCP and ECN
 * @ttl: TTL or hop limit
 */
struct nfvs_outer {
	__be16 df;
	u8 dsfield;
	u8 ttl;
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
 * nfvs_outer_of() - what the outer header of a packet takes from it
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

#endif
