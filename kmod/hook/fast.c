// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fast path: packets of established connections, from the device that they came by to the
 * neighbour that is next, past the IP stack.
 *
 * There is no policy in it.  It repeats what the hooks of hook.c decided for the packets before:
 * the real server is that of the connection, the way is one that an earlier packet took.  Whatever
 * is unusual about a packet, it is left to them; they may tell its sender, move the connection on
 * and find another way.
 *
 * Nothing is locked and nothing is written here that CPUs share, but for when a connection was last
 * seen, a few times a second.
 */

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netdevice.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>

#include "hook/hook.h"
#include "obj/conn_table.h"
#include "obj/fast.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "proto/proto.h"
#include "xmit/xmit.h"

/**
 * struct nfvs_fast_pkt - a packet without options, whole, its headers in the linear part
 * @skb: the packet
 * @tuple: its addresses, protocol and ports
 * @l4_off: length of its IP header
 * @headers: length of its headers
 * @kind: what it says about its connection: byte 13 of a TCP header, the type of the first SCTP
 *	chunk
 * @len: its length
 */
struct nfvs_fast_pkt {
	struct sk_buff *skb;
	struct nfvs_tuple tuple;
	unsigned int l4_off;
	unsigned int headers;
	u8 kind;
	unsigned int len;
};

/* Byte 13, behind which the header has its window. */
#define NFVS_TCP_FLAGS (offsetof(struct tcphdr, window) - 1)

/* The transport header, in the linear part, or NULL.  Data may have moved. */
static const u8 *nfvs_fast_l4(struct nfvs_fast_pkt *pkt, unsigned int len)
{
	pkt->headers = pkt->l4_off + len;
	return pskb_may_pull(pkt->skb, pkt->headers) ? pkt->skb->data + pkt->l4_off : NULL;
}

static bool nfvs_fast_parse_l4(struct nfvs_fast_pkt *pkt)
{
	const struct sctp_chunkhdr *chunk;
	struct sctp_chunkhdr buf;
	const u8 *l4;

	switch (pkt->tuple.proto) {
	case IPPROTO_TCP:
		l4 = nfvs_fast_l4(pkt, sizeof(struct tcphdr));
		if (!l4)
			return false;
		pkt->kind = l4[NFVS_TCP_FLAGS];
		break;
	case IPPROTO_UDP:
		l4 = nfvs_fast_l4(pkt, sizeof(struct udphdr));
		if (!l4)
			return false;
		break;
	case IPPROTO_SCTP:
		/* Chunks may be in a list of packets, and stay there. */
		l4 = nfvs_fast_l4(pkt, sizeof(struct sctphdr));
		chunk = skb_header_pointer(pkt->skb, pkt->headers, sizeof(buf), &buf);
		if (!l4 || !chunk)
			return false;
		pkt->kind = chunk->type;
		break;
	default:
		return false;
	}
	pkt->tuple.sport = ((const __be16 *)l4)[0];
	pkt->tuple.dport = ((const __be16 *)l4)[1];
	return true;
}

/* Ethernet pads short frames. */
static bool nfvs_fast_trim(struct sk_buff *skb, unsigned int len)
{
	return likely(skb->len == len) || (skb->len > len && !pskb_trim_rcsum(skb, len));
}

static bool nfvs_fast_parse4(struct nfvs_fast_pkt *pkt)
{
	const struct iphdr *iph = (const struct iphdr *)pkt->skb->data;

	if (iph->version != 4 || iph->ihl != 5 || iph->ttl <= 1 ||
	    iph->frag_off & htons(IP_MF | IP_OFFSET) || ip_fast_csum(iph, 5))
		return false;
	pkt->tuple.src.ip = iph->saddr;
	pkt->tuple.dst.ip = iph->daddr;
	pkt->tuple.proto = iph->protocol;
	pkt->l4_off = sizeof(*iph);
	pkt->len = ntohs(iph->tot_len);
	return nfvs_fast_trim(pkt->skb, pkt->len) && nfvs_fast_parse_l4(pkt);
}

/* A header between may be one of options or of a fragment. */
static bool nfvs_fast_parse6(struct nfvs_fast_pkt *pkt)
{
	const struct ipv6hdr *ip6h = (const struct ipv6hdr *)pkt->skb->data;

	if (ip6h->version != 6 || ip6h->hop_limit <= 1)
		return false;
	pkt->tuple.src.in6 = ip6h->saddr;
	pkt->tuple.dst.in6 = ip6h->daddr;
	pkt->tuple.proto = ip6h->nexthdr;
	pkt->l4_off = sizeof(*ip6h);
	pkt->len = sizeof(*ip6h) + ntohs(ip6h->payload_len);
	return nfvs_fast_trim(pkt->skb, pkt->len) && nfvs_fast_parse_l4(pkt);
}

/* Whether a packet changes nothing about its connection but when it was last seen. */
static bool nfvs_fast_is_routine(struct nfvs_net *nn, const struct nfvs_conn *conn,
				 const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir)
{
	switch (pkt->tuple.proto) {
	case IPPROTO_TCP:
		return nfvs_tcp_is_routine(nn, conn);
	case IPPROTO_UDP:
		return nfvs_udp_is_routine(nn, conn, dir);
	default:
		return nfvs_sctp_is_routine(nn, conn, dir, pkt->kind);
	}
}

static const struct nfvs_way *nfvs_fast_way(const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	const struct nfvs_dest_route *route;
	const struct nfvs_hop *hop;

	if (dir == NFVS_DIR_REPLY) {
		hop = rcu_dereference(conn->hop);
		return hop && !READ_ONCE(hop->gone) ? &hop->way : NULL;
	}
	if (conn->fwd != NFVS_FWD_MASQ && conn->fwd != NFVS_FWD_DROUTE)
		return NULL;
	route = rcu_dereference(conn->dest->route);
	return route && route->fwd == conn->fwd ? &route->way : NULL;
}

/* Policies may want replies encrypted, or not to be forwarded at all. */
static bool nfvs_has_ipsec_policies(const struct net *net)
{
#ifdef CONFIG_XFRM
	return net->xfrm.policy_count[XFRM_POLICY_OUT] || net->xfrm.policy_count[XFRM_POLICY_FWD] ||
	       net->xfrm.policy_default[XFRM_POLICY_FWD] != XFRM_USERPOLICY_ACCEPT;
#else
	return false;
#endif
}

/* In which directions packets may take the fast path at all: a mask of BIT(enum nfvs_dir). */
static u8 nfvs_fast_directions(struct nfvs_net *nn, bool v6)
{
	u8 free = BIT(NFVS_DIR_REQUEST) | BIT(NFVS_DIR_REPLY);

	if (READ_ONCE(nn->sysctls.fastpath) == NFVS_FAST_AUTO)
		free = nfvs_free_directions(nn, v6);
	if (nfvs_has_ipsec_policies(nn->net))
		free &= ~BIT(NFVS_DIR_REPLY);
	return free;
}

/*
 * Room for the link's header, and what is in the packet its own to write to.  Who has a copy of it,
 * a packet socket for example, keeps what he has.
 */
static bool nfvs_fast_make_room(const struct nfvs_fast_pkt *pkt, const struct nfvs_way *way)
{
	struct sk_buff *skb = pkt->skb;

	if (unlikely(skb_headroom(skb) < LL_RESERVED_SPACE(way->neigh->dev)))
		return false;
	return likely(!skb_cloned(skb)) || !skb_ensure_writable(skb, pkt->headers);
}

/* Its checksum costs so much that nothing is saved otherwise. */
static noinline void nfvs_fast_nat_sctp(const struct nfvs_conn *conn,
					const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir)
{
	const struct nfvs_pkt whole = {
		.skb = pkt->skb,
		.tuple = pkt->tuple,
		.l4_off = pkt->l4_off,
	};

	nfvs_nat_rewrite(&whole, conn, dir);
}

static void nfvs_fast_translate(const struct nfvs_conn *conn, const struct nfvs_fast_pkt *pkt,
				enum nfvs_dir dir)
{
	if (unlikely(pkt->tuple.proto == IPPROTO_SCTP))
		nfvs_fast_nat_sctp(conn, pkt, dir);
	else
		nfvs_fast_nat(pkt->skb, conn, dir);
}

static void nfvs_fast_forward(const struct nfvs_conn *conn, const struct nfvs_way *way,
			      const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir)
{
	struct sk_buff *skb = pkt->skb;

	skb_forward_csum(skb);
	if (conn->fwd == NFVS_FWD_MASQ)
		nfvs_fast_translate(conn, pkt, dir);
	if (conn->af == AF_INET6)
		ipv6_hdr(skb)->hop_limit--;
	else
		ip_decrease_ttl(ip_hdr(skb));
	nfvs_fast_send(way, skb);
}

/* Which counter the packet is of; it has been sent if that is NFVS_CNT_FAST. */
static enum nfvs_counter nfvs_fast_try(struct nfvs_net *nn, struct nfvs_conn *conn,
				       const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir, u8 free)
{
	struct nfvs_dest *dest = conn->dest;
	const struct nfvs_way *way;

	if (READ_ONCE(conn->flags) & (NFVS_CONN_TRACKED | NFVS_CONN_HAIRPIN))
		return NFVS_CNT_SLOW_SETTING;
	if (!(free & BIT(dir)))
		return NFVS_CNT_SLOW_LISTENER;
	if (!nfvs_fast_is_routine(nn, conn, pkt, dir) ||
	    (dir == NFVS_DIR_REQUEST && !READ_ONCE(dest->available)))
		return NFVS_CNT_SLOW_STATE;
	way = nfvs_fast_way(conn, dir);
	if (!way || !nfvs_way_valid(way) || !nfvs_way_connected(way))
		return NFVS_CNT_SLOW_WAY;
	if (!nfvs_fast_fits(way, pkt->skb) || !nfvs_fast_make_room(pkt, way))
		return NFVS_CNT_SLOW_SIZE;

	nfvs_conn_seen(conn);
	if (dir == NFVS_DIR_REPLY) {
		nfvs_dest_count_out(dest, pkt->len);
	} else {
		nfvs_conn_count_request(conn);
		nfvs_dest_count_in(dest, pkt->len);
	}
	nfvs_fast_forward(conn, way, pkt, dir);
	return NFVS_CNT_FAST;
}

/* What the stack would not take for this host, or not from this device, is not for us either. */
static bool nfvs_fast_is_odd(struct sk_buff *skb)
{
	return skb->pkt_type != PACKET_HOST || skb_vlan_tag_present(skb) ||
	       skb_sk_is_prefetched(skb) || rcu_access_pointer(skb->dev->rx_handler) ||
	       netif_is_l3_slave(skb->dev);
}

static __always_inline unsigned int nfvs_fast(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	struct nfvs_fast_pkt pkt;
	enum nfvs_counter counter;
	struct nfvs_conn *conn;
	enum nfvs_dir dir;
	u8 free;

	free = nfvs_fast_directions(nn, v6);
	if (!free) {
		nfvs_count(nn, SLOW_LISTENER);
		return NF_ACCEPT;
	}
	pkt.skb = skb;
	pkt.tuple.af = v6 ? AF_INET6 : AF_INET;
	pkt.tuple.template = false;
	if (nfvs_fast_is_odd(skb) || !(v6 ? nfvs_fast_parse6(&pkt) : nfvs_fast_parse4(&pkt))) {
		nfvs_count(nn, SLOW_HEADER);
		return NF_ACCEPT;
	}
	/* No search for what will be searched for again. */
	if (pkt.tuple.proto == IPPROTO_TCP && !nfvs_tcp_is_only_ack(pkt.kind)) {
		nfvs_count(nn, SLOW_STATE);
		return NF_ACCEPT;
	}
	conn = nfvs_conn_lookup_rcu(nn, &pkt.tuple, &dir);
	if (!conn)
		return NF_ACCEPT;
	counter = nfvs_fast_try(nn, conn, &pkt, dir, free);
	this_cpu_inc(nn->counters->value[counter]);
	return counter == NFVS_CNT_FAST ? NF_STOLEN : NF_ACCEPT;
}

static unsigned int nfvs_fast4(struct nfvs_net *nn, struct sk_buff *skb)
{
	const struct iphdr *iph;

	if (!pskb_may_pull(skb, sizeof(*iph)))
		return NF_ACCEPT;
	iph = (const struct iphdr *)skb->data;
	if (!nfvs_expects4(nn->fast, iph->saddr, iph->daddr))
		return NF_ACCEPT;
	return nfvs_fast(nn, skb, false);
}

static unsigned int nfvs_fast6(struct nfvs_net *nn, struct sk_buff *skb)
{
	const struct ipv6hdr *ip6h;

	if (!pskb_may_pull(skb, sizeof(*ip6h)))
		return NF_ACCEPT;
	ip6h = (const struct ipv6hdr *)skb->data;
	if (!nfvs_expects6(nn->fast, &ip6h->saddr, &ip6h->daddr))
		return NF_ACCEPT;
	return nfvs_fast(nn, skb, true);
}

/**
 * nfvs_hook_ingress() - a packet has come by a device
 * @priv: namespace of the device
 * @skb: the packet
 * @state: the hook
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: NF_STOLEN for what was sent, NF_ACCEPT for all that is left to the stack.
 */
unsigned int nfvs_hook_ingress(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct nfvs_net *nn = priv;

	if (!READ_ONCE(nn->sysctls.fastpath))
		return NF_ACCEPT;
	switch (skb->protocol) {
	case htons(ETH_P_IP):
		return nfvs_fast4(nn, skb);
	case htons(ETH_P_IPV6):
		return nfvs_fast6(nn, skb);
	default:
		return NF_ACCEPT;
	}
}

/**
 * nfvs_fast_learn() - keep the way of a reply, if others may follow it on the fast path
 * @nn: namespace
 * @conn: its connection
 * @skb: the reply, which is being forwarded
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_fast_learn(struct nfvs_net *nn, struct nfvs_conn *conn, const struct sk_buff *skb)
{
	bool v6 = conn->af == AF_INET6;

	if (READ_ONCE(nn->sysctls.fastpath) && conn->fwd == NFVS_FWD_MASQ &&
	    !(READ_ONCE(conn->flags) & (NFVS_CONN_TRACKED | NFVS_CONN_HAIRPIN)) &&
	    nfvs_fast_directions(nn, v6) & BIT(NFVS_DIR_REPLY))
		nfvs_conn_learn_hop(nn, conn, skb_dst(skb));
}
