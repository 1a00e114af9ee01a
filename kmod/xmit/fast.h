/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sends packets of established connections: what nat.c, route.c and the stack do to them, for the
 * packets that need no decision any more.  For hook/fast.c and brief.c alone: calls would cost more
 * than what is done here.
 */
#ifndef NFVS_XMIT_FAST_H
#define NFVS_XMIT_FAST_H

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "obj/conn.h"
#include "obj/way.h"
#include "xmit/tun.h"

/*
 * Add to a transport checksum what replacing the address and the port changes.  A checksum that is
 * left to a device covers the addresses only so far.
 */
static __always_inline void nfvs_fast_fix_csum(const struct sk_buff *skb, __sum16 *sum, __wsum addr,
					       __wsum port)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		*sum = ~csum_fold(csum_add(csum_unfold(*sum), addr));
	else
		*sum = csum_fold(csum_add(csum_add(~csum_unfold(*sum), addr), port));
}

static __always_inline void nfvs_fast_fix_l4(struct sk_buff *skb, u8 proto, void *l4, __wsum addr,
					     __wsum port)
{
	struct udphdr *uh = l4;

	if (proto == IPPROTO_TCP) {
		nfvs_fast_fix_csum(skb, &((struct tcphdr *)l4)->check, addr, port);
		return;
	}
	if (!uh->check && skb->ip_summed != CHECKSUM_PARTIAL)
		return;
	nfvs_fast_fix_csum(skb, &uh->check, addr, port);
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
}

/* What is added to a one's complement sum when one value takes the place of another. */
static __always_inline __wsum nfvs_csum_diff(__be32 from, __be32 to)
{
	return csum_add((__force __wsum)~from, (__force __wsum)to);
}

static __always_inline __wsum nfvs_swap_port(__be16 *port, __be16 to)
{
	__wsum diff = nfvs_csum_diff((__force __be32)(u32)(__force u16)*port,
				     (__force __be32)(u32)(__force u16)to);

	*port = to;
	return diff;
}

static __always_inline void nfvs_fast_nat4(struct sk_buff *skb, const struct nfvs_conn *conn,
					   enum nfvs_dir dir)
{
	bool request = dir == NFVS_DIR_REQUEST;
	struct iphdr *iph = ip_hdr(skb);
	__be32 *addr = request ? &iph->daddr : &iph->saddr;
	__be32 to = request ? conn->v4.daddr : conn->v4.vaddr;
	__be16 *ports = (__be16 *)(iph + 1);
	__wsum diff = nfvs_csum_diff(*addr, to);

	*addr = to;
	iph->check = csum_fold(csum_add(~csum_unfold(iph->check), diff));
	nfvs_fast_fix_l4(skb, conn->proto, ports, diff,
			 nfvs_swap_port(ports + request, request ? conn->dport : conn->vport));
}

static __always_inline __wsum nfvs_swap_addr6(struct in6_addr *addr, const struct in6_addr *to)
{
	__wsum diff = 0;
	int i;

	for (i = 0; i < 4; i++)
		diff = csum_add(diff, nfvs_csum_diff(addr->s6_addr32[i], to->s6_addr32[i]));
	*addr = *to;
	return diff;
}

static __always_inline void nfvs_fast_nat6(struct sk_buff *skb, const struct nfvs_conn *conn,
					   enum nfvs_dir dir)
{
	bool request = dir == NFVS_DIR_REQUEST;
	struct ipv6hdr *ip6h = ipv6_hdr(skb);
	__be16 *ports = (__be16 *)(ip6h + 1);
	__wsum diff = request ? nfvs_swap_addr6(&ip6h->daddr, &conn->v6.daddr) :
				nfvs_swap_addr6(&ip6h->saddr, &conn->v6.vaddr);

	nfvs_fast_fix_l4(skb, conn->proto, ports, diff,
			 nfvs_swap_port(ports + request, request ? conn->dport : conn->vport));
}

/**
 * nfvs_fast_nat() - translate a packet of TCP or UDP
 * @skb: the packet: no options, whole, its headers linear and writable
 * @conn: its connection, forwarded by NAT
 * @dir: its direction
 * @v6: it is of IPv6
 *
 * Context: any.
 */
static __always_inline void nfvs_fast_nat(struct sk_buff *skb, const struct nfvs_conn *conn,
					  enum nfvs_dir dir, bool v6)
{
	if (v6)
		nfvs_fast_nat6(skb, conn, dir);
	else
		nfvs_fast_nat4(skb, conn, dir);
}

/**
 * nfvs_fast_is_simple() - whether a packet in its tunnel is but one with another header in front
 * @skb: the packet
 * @tunnel: the tunnel
 *
 * That is, nothing is left to a device that would have to know of the headers inside.
 */
static __always_inline bool nfvs_fast_is_simple(const struct sk_buff *skb, union nfvs_tunnel tunnel)
{
	return tunnel.type == NFVS_TUN_TYPE_IPIP && !skb_is_gso(skb) &&
	       skb->ip_summed != CHECKSUM_PARTIAL;
}

/**
 * nfvs_fast_wrap() - put a packet behind another IP header
 * @nn: namespace
 * @conn: its connection
 * @skb: the packet, of nfvs_fast_is_simple(), with room for that header
 * @route: its way
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
static __always_inline void nfvs_fast_wrap(struct nfvs_net *nn, const struct nfvs_conn *conn,
					   struct sk_buff *skb, const struct nfvs_dest_route *route)
{
	struct nfvs_outer outer;

	nfvs_outer_of(nn, skb, conn->af, &outer);
	outer.proto = nfvs_inner_proto(conn->af);
	skb->ip_summed = CHECKSUM_NONE;
	skb->transport_header = skb->network_header;
	nfvs_outer_push(nn, conn, skb, route->way.dst, &route->saddr, &outer);
}

/**
 * nfvs_fast_send() - hand a packet over to the device
 * @way: a way whose neighbour is resolved
 * @skb: the packet, with enough headroom.  It belongs to nobody here any more.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
static __always_inline void nfvs_fast_send(const struct nfvs_way *way, struct sk_buff *skb)
{
	struct neighbour *neigh = way->neigh;

	/* Who sent it on this host, by a pair of devices, is done with it. */
	if (unlikely(skb->destructor))
		skb_orphan(skb);
	skb_clear_tstamp(skb);
	if (unlikely(skb->_skb_refdst))
		skb_dst_drop(skb);
	skb_dst_set_noref(skb, way->dst);
	skb->dev = neigh->dev;
	/* As neigh_output(), which compilers put aside. */
	if (likely(READ_ONCE(neigh->nud_state) & NUD_CONNECTED && READ_ONCE(neigh->hh.hh_len) &&
		   way->hh_usable))
		neigh_hh_output(&neigh->hh, skb);
	else
		neigh_output(neigh, skb, !way->hh_usable);
}

#endif
