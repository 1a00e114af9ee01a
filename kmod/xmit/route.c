// SPDX-License-Identifier: GPL-2.0-only
/* Routes to real servers and clients, and what a router owes a packet: TTL and MTU. */

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/icmp.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/route.h>

#include "compat.h"
#include "obj/netns.h"
#include "xmit/xmit.h"

/* Only NAT writes the real server's address into the packet, which then leads it there. */
static bool nfvs_needs_known_nexthop(const struct nfvs_conn *conn)
{
	return conn->fwd != NFVS_FWD_MASQ;
}

static struct dst_entry *nfvs_route_find4(struct nfvs_net *nn, const struct nfvs_conn *conn,
					  struct dst_cache *cache)
{
	struct flowi4 fl4 = {
		.daddr = conn->v4.daddr,
		.flowi4_flags = nfvs_needs_known_nexthop(conn) ? FLOWI_FLAG_KNOWN_NH : 0,
	};
	struct rtable *rt;
	__be32 saddr;

	rt = cache ? dst_cache_get_ip4(cache, &saddr) : NULL;
	if (rt)
		return &rt->dst;
	rt = ip_route_output_key(nn->net, &fl4);
	if (IS_ERR(rt))
		return NULL;
	if (cache)
		dst_cache_set_ip4(cache, &rt->dst, fl4.saddr);
	return &rt->dst;
}

static struct dst_entry *nfvs_route_find6(struct nfvs_net *nn, const struct nfvs_conn *conn,
					  struct dst_cache *cache)
{
	struct flowi6 fl6 = {
		.daddr = conn->v6.daddr,
		.flowi6_flags = nfvs_needs_known_nexthop(conn) ? FLOWI_FLAG_KNOWN_NH : 0,
	};
	struct dst_entry *dst;
	struct in6_addr saddr;

	/*
	 * A route made for a known next hop holds the entry that it was cloned from, and that
	 * the device: a cached one would keep a device from going away.
	 */
	if (nfvs_needs_known_nexthop(conn))
		cache = NULL;
	dst = cache ? dst_cache_get_ip6(cache, &saddr) : NULL;
	if (dst)
		return dst;
	dst = ip6_route_output(nn->net, NULL, &fl6);
	if (dst->error) {
		dst_release(dst);
		return NULL;
	}
	if (cache)
		dst_cache_set_ip6(cache, dst, &fl6.saddr);
	return dst;
}

/* A reference to the route to a connection's real server, or NULL. */
static struct dst_entry *nfvs_route_find(struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	struct nfvs_dest *dest = conn->dest;
	/*
	 * The cached route is of the kind that the real server's method needs.  A connection
	 * from before an edit of the method asks for its own.
	 */
	bool cached = conn->fwd == READ_ONCE(dest->cfg.fwd);
	struct dst_cache *cache = cached ? &dest->route : NULL;

	if (conn->af == AF_INET6)
		return nfvs_route_find6(nn, conn, cache);
	return nfvs_route_find4(nn, conn, cache);
}

static bool nfvs_dst_is_local(const struct dst_entry *dst, u8 af)
{
	if (af == AF_INET6)
		return dst->dev && dst->dev->flags & IFF_LOOPBACK;
	return ((const struct rtable *)dst)->rt_flags & RTCF_LOCAL;
}

static bool nfvs_source_is_loopback(const struct nfvs_pkt *pkt)
{
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return (!pkt->skb->dev || pkt->skb->dev->flags & IFF_LOOPBACK) &&
		       ipv6_addr_loopback(&pkt->tuple.src.in6);
	return ipv4_is_loopback(pkt->tuple.src.ip);
}

static bool nfvs_dest_is_loopback(const struct nfvs_conn *conn)
{
	if (conn->af == AF_INET6)
		return ipv6_addr_loopback(&conn->v6.daddr);
	return ipv4_is_loopback(conn->v4.daddr);
}

/*
 * A packet that was routed to this host may be handed to the host, and any packet to the
 * outside; but what was not meant for this host gets here only by NAT, nothing from outside
 * gets to loopback addresses, and no loopback address gets out.
 */
static bool nfvs_crosses_locality(const struct nfvs_conn *conn, const struct nfvs_pkt *pkt,
				  bool to_local)
{
	bool was_local = nfvs_dst_is_local(skb_dst(pkt->skb), pkt->tuple.af);

	if (!to_local)
		return nfvs_source_is_loopback(pkt);
	if (nfvs_dest_is_loopback(conn) && pkt->hook != NF_INET_LOCAL_OUT &&
	    !nfvs_source_is_loopback(pkt))
		return true;
	return !was_local && conn->fwd != NFVS_FWD_MASQ;
}

static bool nfvs_ttl_used_up(const struct nfvs_pkt *pkt)
{
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return ipv6_hdr(pkt->skb)->hop_limit <= 1;
	return ip_hdr(pkt->skb)->ttl <= 1;
}

static void nfvs_tell_ttl_used_up(const struct nfvs_pkt *pkt, const struct dst_entry *dst)
{
	if (nfvs_tuple_is_v6(&pkt->tuple)) {
		/* The error is to come from the device that the packet would leave by. */
		pkt->skb->dev = dst->dev;
		icmpv6_send(pkt->skb, ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT, 0);
	} else {
		icmp_send(pkt->skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0);
	}
}

static void nfvs_decrease_ttl(const struct nfvs_pkt *pkt)
{
	if (nfvs_tuple_is_v6(&pkt->tuple))
		ipv6_hdr(pkt->skb)->hop_limit--;
	else
		ip_decrease_ttl(ip_hdr(pkt->skb));
}

static bool nfvs_exceeds_mtu(const struct nfvs_pkt *pkt, unsigned int mtu)
{
	const struct sk_buff *skb = pkt->skb;

	if (!nfvs_tuple_is_v6(&pkt->tuple) && !(ip_hdr(skb)->frag_off & htons(IP_DF)))
		return false;
	if (nfvs_tuple_is_v6(&pkt->tuple) && IP6CB(skb)->frag_max_size &&
	    IP6CB(skb)->frag_max_size <= mtu)
		return false;
	if (skb->len <= mtu)
		return false;
	return !(skb_is_gso(skb) && skb_gso_validate_network_len(skb, mtu));
}

static void nfvs_tell_too_big(struct nfvs_net *nn, const struct nfvs_pkt *pkt, unsigned int mtu)
{
	if (nfvs_tuple_is_v6(&pkt->tuple)) {
		if (!pkt->skb->dev)
			pkt->skb->dev = nn->net->loopback_dev;
		icmpv6_send(pkt->skb, ICMPV6_PKT_TOOBIG, 0, mtu);
	} else {
		icmp_send(pkt->skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, htonl(mtu));
	}
}

static bool nfvs_is_icmp(const struct nfvs_pkt *pkt)
{
	return pkt->tuple.proto == IPPROTO_ICMP || pkt->tuple.proto == IPPROTO_ICMPV6;
}

static void nfvs_tell_unreachable(const struct nfvs_pkt *pkt)
{
	if (!pkt->skb->dev)
		pkt->skb->dev = skb_dst(pkt->skb)->dev;
	dst_link_failure(pkt->skb);
}

/**
 * nfvs_route_request() - route a packet to its connection's real server
 * @nn: namespace
 * @conn: the connection
 * @pkt: a packet of the client, or an ICMP error on its way to the real server
 *
 * Does what a router does: TTL and MTU are seen to, and the sender is told.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: see &enum nfvs_route.
 */
enum nfvs_route nfvs_route_request(struct nfvs_net *nn, const struct nfvs_conn *conn,
				   const struct nfvs_pkt *pkt)
{
	struct dst_entry *dst = nfvs_route_find(nn, conn);
	unsigned int mtu;
	bool local;

	if (!dst) {
		nfvs_count(nn, DROP_NO_ROUTE);
		nfvs_tell_unreachable(pkt);
		return NFVS_ROUTE_NONE;
	}

	local = nfvs_dst_is_local(dst, conn->af);
	if (nfvs_crosses_locality(conn, pkt, local)) {
		nfvs_count(nn, DROP_LOCAL_ROUTE);
		goto drop;
	}
	if (local) {
		dst_release(dst);
		return NFVS_ROUTE_LOCAL;
	}

	if (nfvs_ttl_used_up(pkt)) {
		nfvs_count(nn, DROP_TTL);
		nfvs_tell_ttl_used_up(pkt, dst);
		goto drop;
	}
	mtu = dst_mtu(dst);
	if (nfvs_exceeds_mtu(pkt, mtu) && !nfvs_is_icmp(pkt)) {
		nfvs_count(nn, DROP_TOO_BIG);
		nfvs_tell_too_big(nn, pkt, mtu);
		goto drop;
	}
	if (skb_ensure_writable(pkt->skb, pkt->l4_off) ||
	    skb_cow(pkt->skb, LL_RESERVED_SPACE(dst->dev))) {
		nfvs_count(nn, DROP_NOMEM);
		goto drop;
	}
	nfvs_decrease_ttl(pkt);
	skb_dst_drop(pkt->skb);
	skb_dst_set(pkt->skb, dst);
	return NFVS_ROUTE_REMOTE;

drop:
	dst_release(dst);
	return NFVS_ROUTE_NONE;
}

/**
 * nfvs_route_reply() - route a reply again, now that it comes from the virtual service
 * @pkt: the reply, its source rewritten
 *
 * Policy routing may treat what comes from this host unlike what passes through.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: 0, or a negative errno if there is no way.
 */
int nfvs_route_reply(const struct nfvs_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;

	if (pkt->hook == NF_INET_LOCAL_IN || nfvs_dst_is_local(skb_dst(skb), pkt->tuple.af))
		return 0;
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return ip6_route_me_harder(pkt->net, skb->sk, skb);
	return ip_route_me_harder(pkt->net, skb->sk, skb, RTN_LOCAL);
}
