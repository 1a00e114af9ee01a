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

#include "compat.h"
#include "hook/hook.h"
#include "hook/listeners.h"
#include "obj/conn_table.h"
#include "obj/fast.h"
#include "obj/netns.h"
#include "obj/rates.h"
#include "proto/proto.h"
#include "xmit/fast.h"
#include "xmit/xmit.h"

/**
 * struct nfvs_fast_pkt - a packet without options, whole, its headers in the linear part
 * @skb: the packet
 * @sport: source port
 * @dport: destination port
 * @proto: protocol
 * @kind: what it says about its connection: byte 13 of a TCP header, the type of the first SCTP
 *	chunk
 * @l4_off: length of its IP header
 * @headers: length of its headers
 * @len: its length
 *
 * It is nowhere but in registers as long as nobody is given its address.
 */
struct nfvs_fast_pkt {
	struct sk_buff *skb;
	__be16 sport;
	__be16 dport;
	u8 proto;
	u8 kind;
	unsigned int l4_off;
	unsigned int headers;
	unsigned int len;
};

/* Byte 13, behind which the header has its window. */
#define NFVS_TCP_FLAGS (offsetof(struct tcphdr, window) - 1)

/* Chunks may be in a list of packets, and stay there.  Returns -1 if there is none. */
static noinline int nfvs_fast_sctp_chunk(const struct sk_buff *skb, unsigned int off)
{
	const struct sctp_chunkhdr *chunk;
	struct sctp_chunkhdr buf;

	chunk = skb_header_pointer(skb, off, sizeof(buf), &buf);
	return chunk ? chunk->type : -1;
}

/* Data may move. */
static __always_inline bool nfvs_fast_parse_l4(struct nfvs_fast_pkt *pkt)
{
	const u8 *l4;
	int kind = 0;

	if (likely(pkt->proto == IPPROTO_TCP))
		pkt->headers = pkt->l4_off + sizeof(struct tcphdr);
	else if (pkt->proto == IPPROTO_UDP)
		pkt->headers = pkt->l4_off + sizeof(struct udphdr);
	else if (pkt->proto == IPPROTO_SCTP)
		pkt->headers = pkt->l4_off + sizeof(struct sctphdr);
	else
		return false;
	if (!pskb_may_pull(pkt->skb, pkt->headers))
		return false;
	l4 = pkt->skb->data + pkt->l4_off;
	if (likely(pkt->proto == IPPROTO_TCP))
		kind = l4[NFVS_TCP_FLAGS];
	else if (pkt->proto == IPPROTO_SCTP)
		kind = nfvs_fast_sctp_chunk(pkt->skb, pkt->headers);
	if (kind < 0)
		return false;
	pkt->kind = (u8)kind;
	pkt->sport = ((const __be16 *)l4)[0];
	pkt->dport = ((const __be16 *)l4)[1];
	return true;
}

/* Ethernet pads short frames. */
static __always_inline bool nfvs_fast_trim(struct sk_buff *skb, unsigned int len)
{
	return likely(skb->len == len) || (skb->len > len && !pskb_trim_rcsum(skb, len));
}

static __always_inline bool nfvs_fast_parse4(struct nfvs_fast_pkt *pkt)
{
	const struct iphdr *iph = (const struct iphdr *)pkt->skb->data;

	if (iph->version != 4 || iph->ihl != 5 || iph->ttl <= 1 ||
	    iph->frag_off & htons(IP_MF | IP_OFFSET) || ip_fast_csum(iph, 5))
		return false;
	pkt->proto = iph->protocol;
	pkt->l4_off = sizeof(*iph);
	pkt->len = ntohs(iph->tot_len);
	return nfvs_fast_trim(pkt->skb, pkt->len) && nfvs_fast_parse_l4(pkt);
}

/* A header between may be one of options or of a fragment. */
static __always_inline bool nfvs_fast_parse6(struct nfvs_fast_pkt *pkt)
{
	const struct ipv6hdr *ip6h = (const struct ipv6hdr *)pkt->skb->data;

	if (ip6h->version != 6 || ip6h->hop_limit <= 1)
		return false;
	pkt->proto = ip6h->nexthdr;
	pkt->l4_off = sizeof(*ip6h);
	pkt->len = sizeof(*ip6h) + ntohs(ip6h->payload_len);
	return nfvs_fast_trim(pkt->skb, pkt->len) && nfvs_fast_parse_l4(pkt);
}

/* The connection of a packet, and the direction; NULL if the hooks have to look for it. */
static __always_inline struct nfvs_conn *nfvs_fast_find(const struct nfvs_net *nn,
							const struct nfvs_fast_pkt *pkt, bool v6,
							enum nfvs_dir *dir)
{
	const void *l3 = pkt->skb->data;
	const struct nfvs_conn_node *node;

	if (v6) {
		const struct ipv6hdr *ip6h = l3;

		node = nfvs_conn_table_find6_rcu(nn->conns, &ip6h->saddr, &ip6h->daddr, pkt->sport,
						 pkt->dport, pkt->proto);
	} else {
		const struct iphdr *iph = l3;

		node = nfvs_conn_table_find4_rcu(nn->conns, iph->saddr, iph->daddr, pkt->sport,
						 pkt->dport, pkt->proto);
	}
	if (!node)
		return NULL;
	*dir = node->dir;
	return nfvs_node_conn(node);
}

/* Whether a packet changes nothing about its connection but when it was last seen. */
static __always_inline bool nfvs_fast_is_routine(struct nfvs_net *nn, const struct nfvs_conn *conn,
						 const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir)
{
	if (likely(pkt->proto == IPPROTO_TCP))
		return nfvs_tcp_is_routine(nn, conn);
	if (pkt->proto == IPPROTO_UDP)
		return nfvs_udp_is_routine(nn, conn, dir);
	return nfvs_sctp_is_routine(nn, conn, dir, pkt->kind);
}

static __always_inline const struct nfvs_way *nfvs_fast_way(const struct nfvs_conn *conn,
							    enum nfvs_dir dir)
{
	const struct nfvs_dest_route *route;
	const struct nfvs_hop *hop;

	if (dir == NFVS_DIR_REPLY) {
		hop = rcu_dereference(conn->hop);
		return hop && !READ_ONCE(hop->gone) ? &hop->way : NULL;
	}
	route = rcu_dereference(conn->dest->route);
	return route && route->fwd == conn->fwd ? &route->way : NULL;
}

/* Policies may want replies encrypted, or not to be forwarded at all. */
static __always_inline bool nfvs_has_ipsec_policies(const struct net *net)
{
#ifdef CONFIG_XFRM
	return net->xfrm.policy_count[XFRM_POLICY_OUT] || net->xfrm.policy_count[XFRM_POLICY_FWD] ||
	       net->xfrm.policy_default[XFRM_POLICY_FWD] != XFRM_USERPOLICY_ACCEPT;
#else
	return false;
#endif
}

/* Whether packets of a direction may take the fast path at all. */
static __always_inline bool nfvs_fast_may(struct nfvs_net *nn, bool v6, enum nfvs_dir dir)
{
	if (dir == NFVS_DIR_REPLY && unlikely(nfvs_has_ipsec_policies(nn->net)))
		return false;
	return READ_ONCE(nn->sysctls.fastpath) == NFVS_FAST_ALWAYS || nfvs_is_free(nn, v6, dir);
}

static __always_inline bool nfvs_fast_way_works(const struct nfvs_way *way, bool v6)
{
	if (!v6 && likely(nfvs_way_is_fresh4(way)))
		return nfvs_way_connected(way) && !READ_ONCE(way->neigh->dead);
	return nfvs_way_valid(way) && nfvs_way_connected(way);
}

static __always_inline bool nfvs_fast_fits(const struct nfvs_way *way, const struct sk_buff *skb,
					   bool v6, unsigned int overhead)
{
	if (likely(nfvs_way_fits(way, v6, skb->len + overhead)))
		return true;
	return skb_is_gso(skb) && skb_gso_validate_network_len(skb, dst_mtu(way->dst) - overhead);
}

/*
 * Room for the link's header, and what is in the packet its own to write to.  Who has a copy of it,
 * a packet socket for example, keeps what he has.
 */
static __always_inline bool nfvs_fast_make_room(const struct nfvs_fast_pkt *pkt,
						const struct nfvs_way *way)
{
	struct sk_buff *skb = pkt->skb;

	if (unlikely(skb_headroom(skb) < LL_RESERVED_SPACE(way->neigh->dev)))
		return false;
	return likely(!skb_cloned(skb)) || !skb_ensure_writable(skb, pkt->headers);
}

static __always_inline void nfvs_fast_count(struct nfvs_conn *conn, enum nfvs_dir dir,
					    unsigned int len)
{
	nfvs_conn_seen(conn);
	if (dir == NFVS_DIR_REPLY) {
		nfvs_dest_count_out(conn->dest, len);
	} else {
		nfvs_conn_count_request(conn);
		nfvs_dest_count_in(conn->dest, len);
	}
}

/* Its checksum costs so much that nothing is saved otherwise. */
static noinline void nfvs_fast_nat_sctp(const struct nfvs_conn *conn, struct sk_buff *skb,
					unsigned int l4_off, enum nfvs_dir dir)
{
	const struct nfvs_pkt pkt = {
		.skb = skb,
		.tuple.af = conn->af,
		.tuple.proto = IPPROTO_SCTP,
		.l4_off = l4_off,
	};

	nfvs_nat_rewrite(&pkt, conn, dir);
}

static __always_inline void nfvs_fast_decrease_ttl(struct sk_buff *skb, bool v6)
{
	if (v6)
		ipv6_hdr(skb)->hop_limit--;
	else
		ip_decrease_ttl(ip_hdr(skb));
}

static __always_inline void nfvs_fast_forward(const struct nfvs_conn *conn,
					      const struct nfvs_way *way,
					      const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir,
					      bool v6)
{
	struct sk_buff *skb = pkt->skb;

	skb_forward_csum(skb);
	if (conn->fwd == NFVS_FWD_MASQ) {
		if (unlikely(pkt->proto == IPPROTO_SCTP))
			nfvs_fast_nat_sctp(conn, skb, pkt->l4_off, dir);
		else
			nfvs_fast_nat(skb, conn, dir, v6);
	}
	nfvs_fast_decrease_ttl(skb, v6);
	nfvs_fast_send(way, skb);
}

/* False without memory, and the packet can only be dropped. */
static noinline bool nfvs_fast_wrap_whole(struct nfvs_net *nn, const struct nfvs_conn *conn,
					  struct sk_buff *skb, unsigned int l4_off,
					  const struct nfvs_path *path)
{
	skb_set_transport_header(skb, l4_off);
	return !nfvs_tunnel_wrap_whole(nn, conn, skb, path);
}

/*
 * The way is one of the outer packet, which passes those hooks that the inner one would have passed
 * at last, of its own family.  One that is wrapped already is not wrapped here once more.
 */
static noinline enum nfvs_counter nfvs_fast_tunnel(struct nfvs_net *nn, struct nfvs_conn *conn,
						   const struct nfvs_dest_route *route,
						   struct sk_buff *skb, unsigned int l4_off,
						   unsigned int len)
{
	bool v6 = nfvs_conn_daf(conn) == AF_INET6, inner_v6 = conn->af == AF_INET6;
	struct nfvs_path path nfvs_uninitialized;
	bool simple;

	if (v6 != inner_v6 && !nfvs_fast_may(nn, v6, NFVS_DIR_REQUEST))
		return NFVS_CNT_SLOW_LISTENER;
	if (!nfvs_fast_way_works(&route->way, v6))
		return NFVS_CNT_SLOW_WAY;
	path.dst = route->way.dst;
	path.saddr = route->saddr;
	path.tunnel.word = READ_ONCE(conn->dest->cfg.tunnel.word);
	simple = nfvs_fast_is_simple(skb, path.tunnel);
	if (likely(simple))
		path.overhead = v6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
	else
		nfvs_tunnel_measure(conn, skb, &path);
	if (skb->encapsulation || skb->len + path.overhead > IP_MAX_MTU ||
	    !nfvs_fast_fits(&route->way, skb, v6, path.overhead) ||
	    skb_cow_head(skb, LL_RESERVED_SPACE(route->way.neigh->dev) + path.overhead))
		return NFVS_CNT_SLOW_SIZE;

	skb_forward_csum(skb);
	nfvs_fast_decrease_ttl(skb, inner_v6);
	if (likely(simple)) {
		nfvs_fast_wrap(nn, conn, skb, route);
	} else if (!nfvs_fast_wrap_whole(nn, conn, skb, l4_off, &path)) {
		kfree_skb(skb);
		return NFVS_CNT_DROP_NOMEM;
	}
	nfvs_fast_count(conn, NFVS_DIR_REQUEST, len);
	nfvs_fast_send(&route->way, skb);
	return NFVS_CNT_FAST;
}

/* Which counter the packet is of; it is still there if nfvs_fast_is_slow(). */
static __always_inline enum nfvs_counter nfvs_fast_try(struct nfvs_net *nn, struct nfvs_conn *conn,
						       const struct nfvs_fast_pkt *pkt,
						       enum nfvs_dir dir, bool v6)
{
	const struct nfvs_way *way;

	if (READ_ONCE(conn->flags) & (NFVS_CONN_TRACKED | NFVS_CONN_HAIRPIN | NFVS_CONN_TEMPLATE))
		return NFVS_CNT_SLOW_SETTING;
	if (!nfvs_fast_may(nn, v6, dir))
		return NFVS_CNT_SLOW_LISTENER;
	if (!nfvs_fast_is_routine(nn, conn, pkt, dir) ||
	    (dir == NFVS_DIR_REQUEST && !READ_ONCE(conn->dest->available)))
		return NFVS_CNT_SLOW_STATE;
	way = nfvs_fast_way(conn, dir);
	if (!way)
		return NFVS_CNT_SLOW_WAY;
	if (conn->fwd == NFVS_FWD_TUNNEL)
		return nfvs_fast_tunnel(nn, conn, container_of(way, struct nfvs_dest_route, way),
					pkt->skb, pkt->l4_off, pkt->len);
	if (!nfvs_fast_way_works(way, v6))
		return NFVS_CNT_SLOW_WAY;
	if (!nfvs_fast_fits(way, pkt->skb, v6, 0) || !nfvs_fast_make_room(pkt, way))
		return NFVS_CNT_SLOW_SIZE;

	nfvs_fast_count(conn, dir, pkt->len);
	nfvs_fast_forward(conn, way, pkt, dir, v6);
	return NFVS_CNT_FAST;
}

static bool nfvs_fast_is_slow(enum nfvs_counter counter)
{
	return counter != NFVS_CNT_FAST && counter != NFVS_CNT_DROP_NOMEM;
}

/* What the stack would not take for this host, or not from this device, is not for us either. */
static __always_inline bool nfvs_fast_is_odd(struct sk_buff *skb)
{
	return skb->pkt_type != PACKET_HOST || skb_vlan_tag_present(skb) ||
	       skb_sk_is_prefetched(skb) || rcu_access_pointer(skb->dev->rx_handler) ||
	       netif_is_l3_slave(skb->dev);
}

static __always_inline unsigned int nfvs_fast(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	struct nfvs_fast_pkt pkt nfvs_uninitialized;
	enum nfvs_counter counter;
	struct nfvs_conn *conn;
	enum nfvs_dir dir;

	if (READ_ONCE(nn->sysctls.fastpath) == NFVS_FAST_AUTO && !nfvs_may_be_free(nn, v6)) {
		nfvs_count(nn, SLOW_LISTENER);
		return NF_ACCEPT;
	}
	pkt.skb = skb;
	if (nfvs_fast_is_odd(skb) || !(v6 ? nfvs_fast_parse6(&pkt) : nfvs_fast_parse4(&pkt))) {
		nfvs_count(nn, SLOW_HEADER);
		return NF_ACCEPT;
	}
	/* No search for what will be searched for again. */
	if (pkt.proto == IPPROTO_TCP && !nfvs_tcp_is_only_ack(pkt.kind)) {
		nfvs_count(nn, SLOW_STATE);
		return NF_ACCEPT;
	}
	conn = nfvs_fast_find(nn, &pkt, v6, &dir);
	if (!conn)
		return NF_ACCEPT;
	counter = nfvs_fast_try(nn, conn, &pkt, dir, v6);
	this_cpu_inc(nn->counters->value[counter]);
	return nfvs_fast_is_slow(counter) ? NF_ACCEPT : NF_STOLEN;
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
	    nfvs_fast_may(nn, v6, NFVS_DIR_REPLY))
		nfvs_conn_learn_hop(nn, conn, skb_dst(skb));
}
