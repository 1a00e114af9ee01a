// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends packets of established connections: what nat.c, route.c and the stack do to them, for the
 * packets that need no decision any more.
 */

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>

#include "compat.h"
#include "obj/way.h"
#include "xmit/xmit.h"

/**
 * nfvs_fast_fits() - whether a packet may take a way as it is, without asking or telling anybody
 * @way: the way
 * @skb: the packet
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_fast_fits(const struct nfvs_way *way, const struct sk_buff *skb)
{
	unsigned int mtu = dst_mtu(way->dst);

	if (likely(skb->len <= mtu))
		return true;
	return skb_is_gso(skb) && skb_gso_validate_network_len(skb, mtu);
}

/*
 * Add to a transport checksum what replacing the address and the port changes.  A checksum that is
 * left to a device covers the addresses only so far.
 */
static void nfvs_fast_fix_csum(const struct sk_buff *skb, __sum16 *sum, __wsum addr, __wsum port)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		*sum = ~csum_fold(csum_add(csum_unfold(*sum), addr));
	else
		*sum = csum_fold(csum_add(csum_add(~csum_unfold(*sum), addr), port));
}

static void nfvs_fast_fix_l4(struct sk_buff *skb, u8 proto, void *l4, __wsum addr, __wsum port)
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
static __wsum nfvs_csum_diff(__be32 from, __be32 to)
{
	return csum_add((__force __wsum)~from, (__force __wsum)to);
}

static __wsum nfvs_swap_port(__be16 *port, __be16 to)
{
	__wsum diff = nfvs_csum_diff((__force __be32)(u32)(__force u16)*port,
				     (__force __be32)(u32)(__force u16)to);

	*port = to;
	return diff;
}

static void nfvs_fast_nat4(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir)
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

static __wsum nfvs_swap_addr6(struct in6_addr *addr, const struct in6_addr *to)
{
	__wsum diff = 0;
	int i;

	for (i = 0; i < 4; i++)
		diff = csum_add(diff, nfvs_csum_diff(addr->s6_addr32[i], to->s6_addr32[i]));
	*addr = *to;
	return diff;
}

static void nfvs_fast_nat6(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir)
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
 *
 * Context: any.
 */
void nfvs_fast_nat(struct sk_buff *skb, const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	if (conn->af == AF_INET6)
		nfvs_fast_nat6(skb, conn, dir);
	else
		nfvs_fast_nat4(skb, conn, dir);
}

/**
 * nfvs_fast_send() - hand a packet over to the device
 * @way: a way with a connected neighbour
 * @skb: the packet, with enough headroom.  It belongs to nobody here any more.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_fast_send(const struct nfvs_way *way, struct sk_buff *skb)
{
	/* Who sent it on this host, by a pair of devices, is done with it. */
	skb_orphan(skb);
	skb_clear_tstamp(skb);
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, way->dst);
	skb->dev = way->neigh->dev;
	neigh_hh_output(&way->neigh->hh, skb);
}
