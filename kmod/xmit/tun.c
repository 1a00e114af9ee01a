// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wraps packets into others: IP in IP, GUE and GRE, of either family in either family.
 *
 * The outer header tells of the inner one what routers want to know: TTL, DSCP, ECN, and whether
 * it may be fragmented.  A packet that is still to be cut up (GSO) stays whole; its type says how
 * that is done under one more header.
 */

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/route.h>
#include <net/udp.h>

#include "compat.h"
#include "core/tunnel.h"
#include "obj/netns.h"
#include "xmit/tun.h"
#include "xmit/xmit.h"

static_assert((int)NFVS_TUNNEL_IPIP == (int)NFVS_TUN_TYPE_IPIP);
static_assert((int)NFVS_TUNNEL_GUE == (int)NFVS_TUN_TYPE_GUE);
static_assert((int)NFVS_TUNNEL_GRE == (int)NFVS_TUN_TYPE_GRE);

static bool nfvs_tunnel_has_csum(union nfvs_tunnel tunnel)
{
	return tunnel.flags & (NFVS_TUN_CSUM | NFVS_TUN_REMCSUM);
}

static unsigned int nfvs_gue_len(const struct nfvs_path *path)
{
	return NFVS_GUE_LEN + (path->remcsum ? NFVS_GUE_REMCSUM_LEN : 0);
}

static unsigned int nfvs_gre_len(union nfvs_tunnel tunnel)
{
	return nfvs_tunnel_has_csum(tunnel) ? 2 * GRE_HEADER_SECTION : GRE_HEADER_SECTION;
}

static unsigned int nfvs_tunnel_len(const struct nfvs_path *path)
{
	switch (path->tunnel.type) {
	case NFVS_TUN_TYPE_GUE:
		return sizeof(struct udphdr) + nfvs_gue_len(path);
	case NFVS_TUN_TYPE_GRE:
		return nfvs_gre_len(path->tunnel);
	default:
		return 0;
	}
}

/**
 * nfvs_tunnel_proto() - protocol number in the outer IP header
 * @tunnel: the tunnel
 * @inner_af: address family of the packet inside
 */
u8 nfvs_tunnel_proto(union nfvs_tunnel tunnel, u8 inner_af)
{
	switch (tunnel.type) {
	case NFVS_TUN_TYPE_GUE:
		return IPPROTO_UDP;
	case NFVS_TUN_TYPE_GRE:
		return IPPROTO_GRE;
	default:
		return nfvs_inner_proto(inner_af);
	}
}

static bool nfvs_lacks_crc(const struct sk_buff *skb)
{
	/* The kernel's helper asks for no const, and only reads. */
	return skb->ip_summed == CHECKSUM_PARTIAL && skb_csum_is_sctp((struct sk_buff *)skb);
}

/**
 * nfvs_tunnel_wants_segments() - whether a packet has to be cut up before it is wrapped
 * @skb: the packet
 * @tunnel: its tunnel
 *
 * A packet knows of one header inside, not of two; and its parts get their CRC of SCTP too late for
 * an outer checksum that covers it.
 */
bool nfvs_tunnel_wants_segments(const struct sk_buff *skb, union nfvs_tunnel tunnel)
{
	return skb_is_gso(skb) &&
	       (skb->encapsulation || (skb_is_gso_sctp(skb) && nfvs_tunnel_has_csum(tunnel)));
}

/**
 * nfvs_tunnel_measure() - how much longer a packet becomes in its tunnel
 * @conn: its connection
 * @skb: the packet
 * @path: has the tunnel; receives overhead and remcsum
 */
void nfvs_tunnel_measure(const struct nfvs_conn *conn, const struct sk_buff *skb,
			 struct nfvs_path *path)
{
	/* Without a checksum that is still to be computed there is nothing to leave to others. */
	path->remcsum = path->tunnel.flags & NFVS_TUN_REMCSUM &&
			skb->ip_summed == CHECKSUM_PARTIAL && !nfvs_lacks_crc(skb);
	path->overhead =
		nfvs_tunnel_len(path) +
		(nfvs_conn_daf(conn) == AF_INET6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr));
}

static int nfvs_tunnel_gso_type(const struct nfvs_path *path, u8 outer_af)
{
	int type = outer_af == AF_INET6 ? SKB_GSO_IPXIP6 : SKB_GSO_IPXIP4;
	bool csum = nfvs_tunnel_has_csum(path->tunnel);

	if (path->tunnel.type == NFVS_TUN_TYPE_GUE)
		type |= csum ? SKB_GSO_UDP_TUNNEL_CSUM : SKB_GSO_UDP_TUNNEL;
	else if (path->tunnel.type == NFVS_TUN_TYPE_GRE)
		type |= csum ? SKB_GSO_GRE_CSUM : SKB_GSO_GRE;
	if (path->remcsum)
		type |= SKB_GSO_TUNNEL_REMCSUM;
	return type;
}

static void nfvs_push_gue(const struct nfvs_conn *conn, struct sk_buff *skb,
			  const struct nfvs_path *path)
{
	u8 proto = nfvs_inner_proto(conn->af);
	u16 start;

	if (!path->remcsum) {
		nfvs_gue_write(skb_push(skb, nfvs_gue_len(path)), proto);
		return;
	}
	start = skb_checksum_start_offset(skb);
	nfvs_gue_write_remcsum(skb_push(skb, nfvs_gue_len(path)), proto, start,
			       start + skb->csum_offset);
	/* Each segment that a GSO packet is cut into is seen to then. */
	if (!skb_is_gso(skb)) {
		skb->ip_summed = CHECKSUM_NONE;
		skb->encapsulation = 0;
	}
}

static void nfvs_push_udp(const struct nfvs_conn *conn, struct sk_buff *skb,
			  const struct nfvs_path *path, __be16 sport)
{
	bool nocheck = !nfvs_tunnel_has_csum(path->tunnel);
	struct udphdr *uh = skb_push(skb, sizeof(*uh));

	skb_reset_transport_header(skb);
	uh->source = sport;
	uh->dest = path->tunnel.port;
	uh->len = htons(skb->len);
	uh->check = 0;
	if (nfvs_conn_daf(conn) == AF_INET6)
		udp6_set_csum(nocheck, skb, &path->saddr.in6, nfvs_conn_daddr(conn), skb->len);
	else
		udp_set_csum(nocheck, skb, path->saddr.ip, conn->dest->key.addr.ip, skb->len);
}

static void nfvs_push_gre(const struct nfvs_conn *conn, struct sk_buff *skb,
			  const struct nfvs_path *path)
{
	__be16 proto = conn->af == AF_INET6 ? htons(ETH_P_IPV6) : htons(ETH_P_IP);

	nfvs_gre_push(skb, nfvs_gre_len(path->tunnel), nfvs_tunnel_has_csum(path->tunnel), proto);
}

/* What is inside from here on; the outer transport header comes before it. */
static int nfvs_mark_inner(const struct nfvs_conn *conn, struct sk_buff *skb,
			   const struct nfvs_path *path)
{
	int err;

	if (nfvs_tunnel_has_csum(path->tunnel) && nfvs_lacks_crc(skb)) {
		err = skb_crc32c_csum_help(skb);
		if (err)
			return err;
	}
	/* One that is wrapped already forgets about the headers inside that. */
	if (!skb_is_gso(skb))
		skb->encapsulation = 0;
	err = iptunnel_handle_offloads(skb, nfvs_tunnel_gso_type(path, nfvs_conn_daf(conn)));
	if (err)
		return err;
	skb->transport_header = skb->network_header;
	skb_set_inner_ipproto(skb, nfvs_inner_proto(conn->af));
	skb_set_inner_mac_header(skb, skb_inner_network_offset(skb));
	return 0;
}

/**
 * nfvs_tunnel_wrap() - put a packet into another one to its real server
 * @nn: namespace
 * @conn: its connection
 * @skb: the packet, with room for path->overhead bytes.  Its transport header is set.
 * @path: its way
 *
 * Length and checksum of the outer IP header are left to ip_local_out() and ip6_local_out().
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: 0, or a negative errno and the packet can only be dropped.
 */
int nfvs_tunnel_wrap(struct nfvs_net *nn, const struct nfvs_conn *conn, struct sk_buff *skb,
		     const struct nfvs_path *path)
{
	__be16 sport = 0;
	struct nfvs_outer outer;
	int err;

	/* Of the flow inside, so that the network spreads flows over its links. */
	if (path->tunnel.type == NFVS_TUN_TYPE_GUE)
		sport = udp_flow_src_port(nn->net, skb, 0, 0, false);
	nfvs_outer_of(nn, skb, conn->af, &outer);
	err = nfvs_mark_inner(conn, skb, path);
	if (err)
		return err;

	if (path->tunnel.type == NFVS_TUN_TYPE_GUE) {
		nfvs_push_gue(conn, skb, path);
		nfvs_push_udp(conn, skb, path, sport);
	} else if (path->tunnel.type == NFVS_TUN_TYPE_GRE) {
		nfvs_push_gre(conn, skb, path);
	}
	/* What the stack has noted is about the inner header. */
	memset(skb->cb, 0, max(sizeof(struct inet_skb_parm), sizeof(struct inet6_skb_parm)));
	outer.proto = nfvs_tunnel_proto(path->tunnel, conn->af);
	nfvs_outer_push(nn, conn, skb, path->dst, &path->saddr, &outer);
	return 0;
}
