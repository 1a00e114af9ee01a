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
#include "core/tunnel.h"
#include "obj/drop.h"
#include "obj/fast.h"
#include "obj/netns.h"
#include "xmit/xmit.h"

/**
 * struct nfvs_wanted - a route that is looked for
 * @daddr: where to
 * @fwd: &enum nfvs_fwd_method
 * @proto: protocol of what is made here, 0 for packets that pass
 * @port: its destination port, or 0
 * @mark: mark of the packet, for rules to ask for
 */
struct nfvs_wanted {
	const union nf_inet_addr *daddr;
	u32 mark;
	u8 fwd;
	u8 proto;
	__be16 port;
};

/* Direct routing leaves the packet its destination, which is not where the route leads. */
static bool nfvs_needs_known_nexthop(u8 fwd)
{
	return fwd == NFVS_FWD_DROUTE;
}

static struct dst_entry *nfvs_route_from4(struct nfvs_net *nn, const struct nfvs_wanted *wanted,
					  __be32 *saddr)
{
	struct flowi4 fl4 = {
		.daddr = wanted->daddr->ip,
		.saddr = *saddr,
		.flowi4_mark = wanted->mark,
		.flowi4_flags = nfvs_needs_known_nexthop(wanted->fwd) ? FLOWI_FLAG_KNOWN_NH : 0,
		.flowi4_proto = wanted->proto,
		.fl4_dport = wanted->port,
	};
	struct rtable *rt = ip_route_output_key(nn->net, &fl4);

	*saddr = fl4.saddr;
	return IS_ERR(rt) ? NULL : &rt->dst;
}

/* What is sent from here has a source address, and there may be rules about that. */
static struct dst_entry *nfvs_route_lookup4(struct nfvs_net *nn, const struct nfvs_wanted *wanted,
					    __be32 *saddr)
{
	struct dst_entry *dst;

	*saddr = 0;
	dst = nfvs_route_from4(nn, wanted, saddr);
	if (!dst || wanted->fwd != NFVS_FWD_TUNNEL)
		return dst;
	dst_release(dst);
	return nfvs_route_from4(nn, wanted, saddr);
}

static struct dst_entry *nfvs_route_lookup6(struct nfvs_net *nn, const struct nfvs_wanted *wanted,
					    struct in6_addr *saddr)
{
	struct flowi6 fl6 = {
		.daddr = wanted->daddr->in6,
		.flowi6_mark = wanted->mark,
		.flowi6_flags = nfvs_needs_known_nexthop(wanted->fwd) ? FLOWI_FLAG_KNOWN_NH : 0,
		.flowi6_proto = wanted->proto,
		.fl6_dport = wanted->port,
	};
	struct dst_entry *dst;

	if (wanted->fwd == NFVS_FWD_TUNNEL) {
		dst = ip6_dst_lookup_flow(nn->net, NULL, &fl6, NULL);
		*saddr = fl6.saddr;
		return IS_ERR(dst) ? NULL : dst;
	}
	dst = ip6_route_output(nn->net, NULL, &fl6);
	if (dst->error) {
		dst_release(dst);
		return NULL;
	}
	return dst;
}

static bool nfvs_route_lookup(struct nfvs_net *nn, const struct nfvs_conn *conn,
			      const union nf_inet_addr *daddr, u32 mark, struct nfvs_path *path)
{
	struct nfvs_wanted wanted = { .fwd = conn->fwd, .daddr = daddr, .mark = mark };

	if (conn->fwd == NFVS_FWD_TUNNEL) {
		wanted.proto = nfvs_tunnel_proto(path->tunnel, conn->af);
		wanted.port = path->tunnel.port;
	}
	if (nfvs_conn_daf(conn) == AF_INET6)
		path->dst = nfvs_route_lookup6(nn, &wanted, &path->saddr.in6);
	else
		path->dst = nfvs_route_lookup4(nn, &wanted, &path->saddr.ip);
	path->counted = true;
	return path->dst;
}

/* Hand the route over to the real server, for the packets that follow. */
static void nfvs_route_keep(const struct nfvs_conn *conn, struct nfvs_path *path, int changes)
{
	/* A connection from before an edit of the method asks for its own, each time. */
	if (conn->fwd == READ_ONCE(conn->dest->cfg.fwd) &&
	    nfvs_dest_keep_route_rcu(conn->dest, path->dst, &path->saddr, conn->fwd, changes))
		path->counted = false;
}

/*
 * What rules may ask a packet for; 0 where there are none, or no packet.  Not unless it is wanted:
 * the usual rule of a service by mark says that marked packets are for this host.
 */
static u32 nfvs_route_mark(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			   const struct nfvs_pkt *pkt)
{
	if (!pkt || likely(!pkt->skb->mark) || !READ_ONCE(nn->sysctls.route_by_mark) ||
	    !nfvs_has_route_rules(nn->net, nfvs_conn_daf(conn) == AF_INET6))
		return 0;
	return pkt->skb->mark;
}

/* The route to a connection's real server, or that of a packet which bypasses all of them. */
static bool nfvs_route_find(struct nfvs_net *nn, const struct nfvs_conn *conn,
			    const struct nfvs_pkt *pkt, struct nfvs_path *path)
{
	u32 mark = nfvs_route_mark(nn, conn, pkt);
	struct nfvs_dest *dest = conn->dest;
	const struct nfvs_dest_route *kept;
	int changes;

	path->tunnel.word = READ_ONCE(dest->cfg.tunnel.word);
	if (conn->fwd == NFVS_FWD_BYPASS)
		return nfvs_route_lookup(nn, conn, &pkt->tuple.dst, mark, path);

	if (unlikely(mark))
		nfvs_dest_route_by_mark(dest);
	if (unlikely(READ_ONCE(dest->by_mark)))
		return nfvs_route_lookup(nn, conn, &dest->key.addr, mark, path);

	kept = nfvs_dest_route_rcu(dest, conn->fwd);
	if (kept) {
		path->dst = kept->way.dst;
		path->saddr = kept->saddr;
		path->counted = false;
		return true;
	}
	changes = nfvs_dest_route_changes(nn);
	if (!nfvs_route_lookup(nn, conn, &dest->key.addr, 0, path))
		return false;
	nfvs_route_keep(conn, path, changes);
	return true;
}

static void nfvs_path_put(const struct nfvs_path *path)
{
	if (path->counted)
		dst_release(path->dst);
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
 * outside; but what was not meant for this host gets here only by NAT, NAT takes nothing from
 * outside to loopback addresses, no loopback address gets out, what bypasses real servers is for
 * somebody else, and what is on its way through this host cannot be delivered any more.
 */
static bool nfvs_crosses_locality(const struct nfvs_conn *conn, const struct nfvs_pkt *pkt,
				  bool to_local)
{
	if (!to_local)
		return nfvs_source_is_loopback(pkt);
	if (conn->fwd == NFVS_FWD_BYPASS || pkt->hook == NF_INET_FORWARD)
		return true;
	if (conn->fwd != NFVS_FWD_MASQ)
		return !nfvs_dst_is_local(skb_dst(pkt->skb), pkt->tuple.af);
	return nfvs_dest_is_loopback(conn) && pkt->hook != NF_INET_LOCAL_OUT &&
	       !nfvs_source_is_loopback(pkt);
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
	/* The stack wrote time or address into options, and leaves the checksum to a router. */
	if (unlikely(!nfvs_tuple_is_v6(&pkt->tuple) && IPCB(pkt->skb)->opt.is_changed))
		ip_send_check(ip_hdr(pkt->skb));
}

static bool nfvs_exceeds_mtu(const struct nfvs_pkt *pkt, unsigned int mtu)
{
	const struct sk_buff *skb = pkt->skb;
	u16 sent = nfvs_tuple_is_v6(&pkt->tuple) ? IP6CB(skb)->frag_max_size :
						   IPCB(skb)->frag_max_size;

	if (!nfvs_tuple_is_v6(&pkt->tuple) && !(ip_hdr(skb)->frag_off & htons(IP_DF)))
		return false;
	/* As it came, in fragments: they may be as long again, whatever they say of being cut. */
	if (sent && sent <= mtu)
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

/* A local sender learns here what a remote one learns by ICMP. */
static void nfvs_tell_socket(const struct nfvs_pkt *pkt, unsigned int mtu)
{
	struct dst_entry *dst = skb_dst(pkt->skb);
	struct sock *sk = pkt->skb->sk;

	if (pkt->hook == NF_INET_LOCAL_OUT && sk && sk_fullsock(sk) && dst_mtu(dst) > mtu)
		dst->ops->update_pmtu(dst, sk, NULL, mtu, true);
}

/* False if the packet cannot go as it is; its sender has been told. */
static bool nfvs_route_fits(struct nfvs_net *nn, const struct nfvs_conn *conn,
			    const struct nfvs_pkt *pkt, const struct nfvs_path *path)
{
	bool v6 = nfvs_tuple_is_v6(&pkt->tuple);
	unsigned int mtu = dst_mtu(path->dst);

	if (conn->fwd == NFVS_FWD_TUNNEL) {
		mtu = nfvs_tunnel_mtu(mtu, path->overhead, nfvs_conn_daf(conn) == AF_INET6, v6);
		if (!mtu) {
			nfvs_count_drop(nn, pkt, NARROW);
			return false;
		}
		nfvs_tell_socket(pkt, mtu);
		/* Then the outer packet may be fragmented, whatever the inner one says. */
		if (!v6 && !READ_ONCE(nn->sysctls.pmtu_disc))
			return true;
	}
	if (!nfvs_exceeds_mtu(pkt, mtu) || nfvs_is_icmp(pkt))
		return true;
	nfvs_count_drop(nn, pkt, TOO_BIG);
	nfvs_tell_too_big(nn, pkt, mtu);
	return false;
}

/* Room for headers in front, and what is in the packet's own to write to. */
static int nfvs_route_make_room(const struct nfvs_pkt *pkt, const struct nfvs_path *path)
{
	return skb_cow(pkt->skb, LL_RESERVED_SPACE(path->dst->dev) + path->overhead) ?:
		       skb_ensure_writable(pkt->skb, pkt->l4_off);
}

static void nfvs_route_take(const struct nfvs_pkt *pkt, const struct nfvs_path *path)
{
	skb_dst_drop(pkt->skb);
	if (path->counted)
		skb_dst_set(pkt->skb, path->dst);
	else
		skb_dst_set_noref(pkt->skb, path->dst);
}

/**
 * nfvs_route_request() - route a packet to its connection's real server
 * @nn: namespace
 * @conn: the connection
 * @pkt: a packet of the client, or an ICMP error on its way to the real server
 * @path: where it goes, for who wraps it into another packet
 *
 * Does what a router does: TTL and MTU are seen to, and the sender is told.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: see &enum nfvs_route.
 */
enum nfvs_route nfvs_route_request(struct nfvs_net *nn, const struct nfvs_conn *conn,
				   const struct nfvs_pkt *pkt, struct nfvs_path *path)
{
	bool local;

	if (!nfvs_route_find(nn, conn, pkt, path)) {
		nfvs_count_drop(nn, pkt, NO_ROUTE);
		nfvs_tell_unreachable(pkt);
		return NFVS_ROUTE_NONE;
	}

	local = nfvs_dst_is_local(path->dst, nfvs_conn_daf(conn));
	if (nfvs_crosses_locality(conn, pkt, local)) {
		nfvs_count_drop(nn, pkt, LOCAL_ROUTE);
		goto drop;
	}
	if (local) {
		nfvs_path_put(path);
		return NFVS_ROUTE_LOCAL;
	}

	path->overhead = 0;
	if (conn->fwd == NFVS_FWD_TUNNEL)
		nfvs_tunnel_measure(conn, pkt->skb, path);
	if (nfvs_ttl_used_up(pkt)) {
		nfvs_count_drop(nn, pkt, TTL);
		nfvs_tell_ttl_used_up(pkt, path->dst);
		goto drop;
	}
	if (!nfvs_route_fits(nn, conn, pkt, path))
		goto drop;
	if (nfvs_route_make_room(pkt, path)) {
		nfvs_count_drop(nn, pkt, NOMEM);
		goto drop;
	}
	nfvs_decrease_ttl(pkt);
	nfvs_route_take(pkt, path);
	return NFVS_ROUTE_REMOTE;

drop:
	nfvs_path_put(path);
	return NFVS_ROUTE_NONE;
}

/**
 * nfvs_route_mtu() - MTU of the route to a real server
 * @nn: namespace
 * @conn: a connection to it that does not bypass it
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: bytes, or 0 without a route.
 */
unsigned int nfvs_route_mtu(struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	struct nfvs_path path;
	unsigned int mtu;

	if (!nfvs_route_find(nn, conn, NULL, &path))
		return 0;
	mtu = dst_mtu(path.dst);
	nfvs_path_put(&path);
	return mtu;
}

/**
 * nfvs_route_reply() - route a reply again, now that it comes from the virtual service
 * @nn: namespace
 * @pkt: the reply, its source rewritten
 *
 * Policy routing may treat what comes from this host unlike what passes through.  The setting
 * snat_reroute says whether it is asked.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: 0, or a negative errno if there is no way.
 */
int nfvs_route_reply(const struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;

	if (!READ_ONCE(nn->sysctls.snat_reroute))
		return 0;
	if (pkt->hook == NF_INET_LOCAL_IN || nfvs_dst_is_local(skb_dst(skb), pkt->tuple.af))
		return 0;
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return ip6_route_me_harder(pkt->net, skb->sk, skb);
	return ip_route_me_harder(pkt->net, skb->sk, skb, RTN_LOCAL);
}

static int nfvs_route_device_event(struct notifier_block *self, unsigned long event, void *data)
{
	struct net_device *dev = netdev_notifier_info_to_dev(data);
	struct nfvs_net *nn = nfvs_pernet(dev_net(dev));
	/* Pairs with smp_store_release() in nfvs_conn_net_enable(). */
	struct nfvs_fast *fast = smp_load_acquire(&nn->fast);

	if (event == NETDEV_DOWN || event == NETDEV_UNREGISTER) {
		nfvs_dest_forget_all_routes(nn);
		if (fast)
			nfvs_hops_forget(&fast->hops, dev);
	}
	return NOTIFY_DONE;
}

/* After those of IPv4 and IPv6, so that nobody finds a route over the device any more. */
static struct notifier_block nfvs_route_notifier = {
	.notifier_call = nfvs_route_device_event,
	.priority = -1,
};

/**
 * nfvs_route_init() - let go of routes as devices go
 *
 * Context: process context, may sleep; namespaces have their state.
 * Return: 0 or a negative errno.
 */
int nfvs_route_init(void)
{
	return register_netdevice_notifier(&nfvs_route_notifier);
}

/**
 * nfvs_route_exit() - undo nfvs_route_init()
 *
 * Context: process context, may sleep; namespaces still have their state.
 */
void nfvs_route_exit(void)
{
	unregister_netdevice_notifier(&nfvs_route_notifier);
}
