// SPDX-License-Identifier: GPL-2.0-only
/* Parses packets into tuples and offsets. */

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "obj/packet.h"

/* Where Internet Key Exchange listens, at both ends. */
#define NFVS_PORT_IKE 500

/*
 * What two hosts encrypt goes where they agreed how: every packet, fragments too, is known by the
 * addresses alone.
 */
static enum nfvs_parsed nfvs_pkt_parse_ipsec(struct nfvs_pkt *pkt)
{
	pkt->ipsec = true;
	pkt->later_fragment = false;
	pkt->tuple.proto = IPPROTO_UDP;
	pkt->tuple.sport = htons(NFVS_PORT_IKE);
	pkt->tuple.dport = htons(NFVS_PORT_IKE);
	return NFVS_PARSED;
}

/* SCTP says nothing without a chunk. */
static bool nfvs_pkt_is_cut(const struct nfvs_pkt *pkt)
{
	unsigned int chunk = pkt->tuple.proto == IPPROTO_SCTP ? sizeof(struct sctp_chunkhdr) : 0;

	return pkt->l4_off + nfvs_pkt_l4_len(pkt) + chunk > pkt->skb->len;
}

static enum nfvs_parsed nfvs_pkt_parse_l4(struct nfvs_pkt *pkt)
{
	const unsigned int flags_off = offsetof(struct tcphdr, ack_seq) + sizeof(__be32) + 1;
	__be16 buf[2];
	const __be16 *ports;
	const u8 *flags;
	u8 flags_buf;

	if (pkt->tuple.proto == IPPROTO_AH || pkt->tuple.proto == IPPROTO_ESP)
		return nfvs_pkt_parse_ipsec(pkt);
	if (pkt->tuple.proto != IPPROTO_TCP && pkt->tuple.proto != IPPROTO_UDP &&
	    pkt->tuple.proto != IPPROTO_SCTP)
		return NFVS_PARSED_OTHER;
	if (pkt->later_fragment)
		return NFVS_PARSED;

	pkt->cut = nfvs_pkt_is_cut(pkt);
	ports = skb_header_pointer(pkt->skb, pkt->l4_off, sizeof(buf), buf);
	if (!ports)
		return NFVS_PARSED_BAD;
	pkt->tuple.sport = ports[0];
	pkt->tuple.dport = ports[1];

	/* An ICMP error may quote no more than the ports (RFC 792): then there are no flags. */
	if (pkt->tuple.proto == IPPROTO_TCP) {
		flags = skb_header_pointer(pkt->skb, pkt->l4_off + flags_off, 1, &flags_buf);
		if (flags)
			pkt->tcp_flags = *flags;
	}
	return NFVS_PARSED;
}

static enum nfvs_parsed nfvs_pkt_parse_v4(struct nfvs_pkt *pkt, unsigned int l3_off)
{
	const struct iphdr *iph;
	struct iphdr buf;

	iph = skb_header_pointer(pkt->skb, l3_off, sizeof(buf), &buf);
	if (!iph || iph->version != 4 || iph->ihl < 5)
		return NFVS_PARSED_BAD;
	pkt->tuple.src.ip = iph->saddr;
	pkt->tuple.dst.ip = iph->daddr;
	pkt->tuple.proto = iph->protocol;
	pkt->later_fragment = iph->frag_off & htons(IP_OFFSET);
	pkt->l4_off = l3_off + iph->ihl * 4;
	return nfvs_pkt_parse_l4(pkt);
}

static enum nfvs_parsed nfvs_pkt_parse_v6(struct nfvs_pkt *pkt, unsigned int l3_off)
{
	unsigned int l4_off = l3_off;
	/* AH is where the search ends: what it protects is for its receiver alone. */
	int flags = IP6_FH_F_AUTH;
	unsigned short frag_off = 0;
	const struct ipv6hdr *ip6h;
	struct ipv6hdr buf;
	int proto;

	ip6h = skb_header_pointer(pkt->skb, l3_off, sizeof(buf), &buf);
	if (!ip6h || ip6h->version != 6)
		return NFVS_PARSED_BAD;
	pkt->tuple.src.in6 = ip6h->saddr;
	pkt->tuple.dst.in6 = ip6h->daddr;

	proto = ipv6_find_hdr(pkt->skb, &l4_off, -1, &frag_off, &flags);
	if (proto < 0)
		return NFVS_PARSED_BAD;
	pkt->tuple.proto = proto;
	pkt->later_fragment = frag_off;
	pkt->l4_off = frag_off ? l3_off + sizeof(*ip6h) : l4_off;
	return nfvs_pkt_parse_l4(pkt);
}

/**
 * nfvs_pkt_parse_at() - parse the network and transport header at an offset
 * @pkt: has skb, net, hook and tuple.af set
 * @l3_off: offset of the network header from skb->data; not 0 for a header quoted by ICMP
 *
 * Context: any. Copies out of fragments, never moves the packet's data.
 * Return: see &enum nfvs_parsed.
 */
enum nfvs_parsed nfvs_pkt_parse_at(struct nfvs_pkt *pkt, unsigned int l3_off)
{
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return nfvs_pkt_parse_v6(pkt, l3_off);
	return nfvs_pkt_parse_v4(pkt, l3_off);
}

/**
 * nfvs_pkt_parse() - parse a packet in a netfilter hook
 * @pkt: result
 * @skb: the packet
 * @state: the hook
 *
 * Context: any.
 * Return: see &enum nfvs_parsed.
 */
enum nfvs_parsed nfvs_pkt_parse(struct nfvs_pkt *pkt, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	memset(pkt, 0, sizeof(*pkt));
	pkt->skb = skb;
	pkt->net = state->net;
	pkt->hook = state->hook;
	pkt->tuple.af = state->pf == NFPROTO_IPV6 ? AF_INET6 : AF_INET;
	return nfvs_pkt_parse_at(pkt, skb_network_offset(skb));
}
