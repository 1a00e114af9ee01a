/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A packet, parsed once.  Everything that looks at headers works from these offsets; nobody
 * computes them again, and nobody keeps a header pointer across a call that may move data.
 */
#ifndef NFVS_OBJ_PACKET_H
#define NFVS_OBJ_PACKET_H

#include <linux/in.h>
#include <linux/netfilter.h>
#include <linux/sctp.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "nfvs.h"

/**
 * struct nfvs_tuple - who talks to whom
 * @src: source address; of an IPv4 one the rest is zero
 * @dst: destination address
 * @sport: source port, 0 for protocols without
 * @dport: destination port
 * @hash: nfvs_conn_table_hash() of it, once a connection has been looked for
 * @af: AF_INET or AF_INET6
 * @proto: IPPROTO_*
 * @template: what a template is found by; no packet has such a tuple
 */
struct nfvs_tuple {
	union nf_inet_addr src;
	union nf_inet_addr dst;
	__be16 sport;
	__be16 dport;
	u32 hash;
	u8 af;
	u8 proto;
	bool template;
};

/**
 * struct nfvs_pkt - a parsed packet
 * @skb: the packet; its network header is in the linear part
 * @net: namespace whose hook it is in
 * @tuple: its addresses, protocol and ports as on the wire
 * @l4_off: offset of the transport header from skb->data
 * @hook: NF_INET_*
 * @tcp_flags: byte 13 of the TCP header
 * @later_fragment: no transport header inside; the ports are 0
 * @cut: ends within its transport header, if only behind the ports
 * @quoted: it is quoted by an ICMP error, maybe no more of it than its ports
 * @ipsec: AH or ESP.  @tuple is that of the UDP connection by which the two ends agreed on
 *	their keys; the packet itself has no ports.
 */
struct nfvs_pkt {
	struct sk_buff *skb;
	struct net *net;
	struct nfvs_tuple tuple;
	unsigned int l4_off;
	u8 hook;
	u8 tcp_flags;
	bool later_fragment;
	bool cut;
	bool quoted;
	bool ipsec;
};

/**
 * enum nfvs_parsed - what nfvs_pkt_parse() made of a packet
 * @NFVS_PARSED: @tuple and @l4_off are valid
 * @NFVS_PARSED_OTHER: addresses, protocol and @l4_off are valid, but the protocol has no
 *	ports that nfvs knows
 * @NFVS_PARSED_BAD: headers cut short
 */
enum nfvs_parsed {
	NFVS_PARSED,
	NFVS_PARSED_OTHER,
	NFVS_PARSED_BAD,
};

enum nfvs_parsed nfvs_pkt_parse(struct nfvs_pkt *pkt, struct sk_buff *skb,
				const struct nf_hook_state *state);
enum nfvs_parsed nfvs_pkt_parse_at(struct nfvs_pkt *pkt, unsigned int l3_off);

/**
 * nfvs_pkt_has_ports() - whether the ports of a packet's tuple stand in the packet
 * @pkt: the packet, parsed
 */
static inline bool nfvs_pkt_has_ports(const struct nfvs_pkt *pkt)
{
	return !pkt->later_fragment && !pkt->ipsec;
}

/**
 * nfvs_tuple_turn_round() - what a tuple becomes when the other end sends
 * @tuple: the tuple
 */
static inline void nfvs_tuple_turn_round(struct nfvs_tuple *tuple)
{
	swap(tuple->src, tuple->dst);
	swap(tuple->sport, tuple->dport);
}

/**
 * nfvs_pkt_l4_len() - how long a packet's transport header is at least
 * @pkt: the packet, parsed
 *
 * Without the chunks of SCTP: in a packet that is still to be cut up they are in a list of packets,
 * and have to stay there.
 *
 * Return: bytes, 0 where nfvs does not look into it.
 */
static inline unsigned int nfvs_pkt_l4_len(const struct nfvs_pkt *pkt)
{
	if (!nfvs_pkt_has_ports(pkt))
		return 0;
	switch (pkt->tuple.proto) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_SCTP:
		return sizeof(struct sctphdr);
	default:
		return sizeof(struct udphdr);
	}
}

/**
 * nfvs_tuple_is_v6() - whether a tuple is of IPv6
 * @tuple: the tuple
 */
static inline bool nfvs_tuple_is_v6(const struct nfvs_tuple *tuple)
{
	return tuple->af == AF_INET6;
}

#endif
