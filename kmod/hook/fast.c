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

#include "compat.h"
#include "hook/fast.h"
#include "hook/hook.h"
#include "xmit/xmit.h"

/**
 * nfvs_fast_sctp_chunk() - type of the first chunk of an SCTP packet
 * @skb: the packet.  Chunks may be in a list of packets, and stay there.
 * @off: where the chunk is
 *
 * Context: any.
 * Return: the type, or -1 if there is none.
 */
int nfvs_fast_sctp_chunk(const struct sk_buff *skb, unsigned int off)
{
	const struct sctp_chunkhdr *chunk;
	struct sctp_chunkhdr buf;

	chunk = skb_header_pointer(skb, off, sizeof(buf), &buf);
	return chunk ? chunk->type : -1;
}

/**
 * nfvs_fast_nat_sctp() - translate a packet of SCTP
 * @conn: its connection, forwarded by NAT
 * @skb: the packet, its headers linear and writable
 * @l4_off: length of its IP header
 * @dir: its direction
 *
 * Its checksum costs so much that nothing is saved by being brief.
 *
 * Context: any.
 */
void nfvs_fast_nat_sctp(const struct nfvs_conn *conn, struct sk_buff *skb, unsigned int l4_off,
			enum nfvs_dir dir)
{
	const struct nfvs_pkt pkt = {
		.skb = skb,
		.tuple.af = conn->af,
		.tuple.proto = IPPROTO_SCTP,
		.l4_off = l4_off,
	};

	nfvs_nat_rewrite(&pkt, conn, dir);
}

/* Ethernet pads short frames. */
static __always_inline bool nfvs_fast_trim(struct sk_buff *skb, unsigned int len)
{
	/* A length of 0 may stand for more than fits there. */
	return likely(skb->len == len) ||
	       (skb->len > len && !skb_is_gso(skb) && !pskb_trim_rcsum(skb, len));
}

/* Without options, a header is not worth the loop of ip_fast_csum(). */
static __always_inline bool nfvs_fast_header_is_intact(const struct iphdr *iph)
{
	const __wsum *word = (const __wsum *)iph;
	__wsum sum = csum_add(csum_add(word[0], word[1]), word[2]);

	return !csum_fold(csum_add(csum_add(sum, word[3]), word[4]));
}

static __always_inline bool nfvs_fast_parse4(struct nfvs_fast_pkt *pkt)
{
	const struct iphdr *iph = (const struct iphdr *)pkt->skb->data;

	if (iph->version != 4 || iph->ihl != 5 || iph->ttl <= 1 ||
	    iph->frag_off & htons(IP_MF | IP_OFFSET) || !nfvs_fast_header_is_intact(iph))
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

/* As ip_forward(); with IPv6, and with what is for this host, there is no such thing. */
static __always_inline void nfvs_fast_set_priority(const struct nfvs_net *nn, struct sk_buff *skb)
{
	if (likely(READ_ONCE(nn->net->ipv4.sysctl_ip_fwd_update_priority)))
		skb->priority = rt_tos2priority(ip_hdr(skb)->tos);
}

static __always_inline void nfvs_fast_forward(const struct nfvs_net *nn,
					      const struct nfvs_conn *conn,
					      const struct nfvs_way *way,
					      const struct nfvs_fast_pkt *pkt, enum nfvs_dir dir,
					      bool v6)
{
	skb_forward_csum(pkt->skb);
	nfvs_fast_translate(conn, pkt, dir, v6);
	nfvs_fast_decrease_ttl(pkt->skb, v6);
	if (!v6 && dir == NFVS_DIR_REPLY)
		nfvs_fast_set_priority(nn, pkt->skb);
	nfvs_fast_send(way, pkt->skb);
}

/* Routes of IPv4 are not valid any more when that is switched. */
static __always_inline bool nfvs_fast_is_router6(const struct nfvs_net *nn)
{
	return READ_ONCE(nn->net->ipv6.devconf_all->forwarding);
}

static __always_inline unsigned int nfvs_fast_ip_len(bool v6)
{
	return v6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
}

static noinline unsigned int nfvs_fast_measure(const struct nfvs_conn *conn,
					       const struct nfvs_dest_route *route,
					       const struct sk_buff *skb, union nfvs_tunnel tunnel,
					       struct nfvs_path *path)
{
	path->dst = route->way.dst;
	path->saddr = route->saddr;
	path->tunnel = tunnel;
	nfvs_tunnel_measure(conn, skb, path);
	return path->overhead;
}

/* As an outer packet; whatever the setting says, a first one is for those to judge who listen. */
static bool nfvs_fast_may_leave(struct nfvs_net *nn, const struct nfvs_conn *conn, bool v6,
				bool first)
{
	u8 mode = first ? NFVS_FASTPATH_AUTO : nfvs_fast_mode(nn, conn->dest);

	return nfvs_fast_may(nn, mode, v6, NFVS_DIR_REQUEST);
}

/*
 * The way is one of the outer packet, which passes those hooks that the inner one would have passed
 * at last, of its own family.  One that is wrapped already is not wrapped here once more.
 */
static noinline enum nfvs_counter nfvs_fast_tunnel(struct nfvs_net *nn, struct nfvs_conn *conn,
						   const struct nfvs_dest_route *route,
						   struct sk_buff *skb, unsigned int len,
						   bool first)
{
	bool v6 = nfvs_conn_daf(conn) == AF_INET6, inner_v6 = conn->af == AF_INET6;
	union nfvs_tunnel tunnel = { .word = READ_ONCE(conn->dest->cfg.tunnel.word) };
	bool simple = nfvs_fast_is_simple(skb, tunnel);
	struct nfvs_path path nfvs_uninitialized;
	unsigned int overhead;

	if (v6 != inner_v6 && !nfvs_fast_may_leave(nn, conn, v6, first))
		return NFVS_CNT_SLOW_LISTENER;
	if (!nfvs_fast_way_works(&route->way, v6))
		return NFVS_CNT_SLOW_WAY;
	if (!simple && nfvs_tunnel_wants_segments(skb, tunnel))
		return NFVS_CNT_SLOW_SIZE;
	if (likely(simple))
		overhead = nfvs_fast_ip_len(v6);
	else
		overhead = nfvs_fast_measure(conn, route, skb, tunnel, &path);
	if (skb->encapsulation || skb->len + overhead > IP_MAX_MTU ||
	    !nfvs_fast_fits(&route->way, skb, v6, overhead) ||
	    skb_cow_head(skb, LL_RESERVED_SPACE(route->way.neigh->dev) + overhead))
		return NFVS_CNT_SLOW_SIZE;

	skb_forward_csum(skb);
	nfvs_fast_decrease_ttl(skb, inner_v6);
	if (likely(simple)) {
		nfvs_fast_wrap(nn, conn, skb, route);
	} else {
		skb_set_transport_header(skb, nfvs_fast_ip_len(inner_v6));
		if (nfvs_tunnel_wrap(nn, conn, skb, &path)) {
			kfree_skb(skb);
			return NFVS_CNT_DROP_NOMEM;
		}
	}
	nfvs_outer_complete(skb, v6);
	nfvs_fast_count(conn, NFVS_DIR_REQUEST, len);
	nfvs_fast_send(&route->way, skb);
	return NFVS_CNT_FAST;
}

/*
 * Translates a packet and sends it, if that can be done.  Returns which counter the packet is of;
 * it is still there if nfvs_fast_is_slow().
 */
static __always_inline enum nfvs_counter nfvs_fast_send_on(struct nfvs_net *nn,
							   struct nfvs_conn *conn,
							   const struct nfvs_fast_pkt *pkt,
							   enum nfvs_dir dir, bool v6, bool first)
{
	const struct nfvs_way *way = nfvs_fast_way(conn, dir);

	if (!way || nfvs_mark_may_reroute(nn, pkt->skb, dir) ||
	    (v6 && dir == NFVS_DIR_REPLY && unlikely(!nfvs_fast_is_router6(nn))))
		return NFVS_CNT_SLOW_WAY;
	if (conn->fwd == NFVS_FWD_TUNNEL)
		return nfvs_fast_tunnel(nn, conn, container_of(way, struct nfvs_dest_route, way),
					pkt->skb, pkt->len, first);
	if (!nfvs_fast_way_works(way, v6))
		return NFVS_CNT_SLOW_WAY;
	if (!nfvs_fast_fits(way, pkt->skb, v6, 0) || !nfvs_fast_make_room(pkt, way))
		return NFVS_CNT_SLOW_SIZE;

	nfvs_fast_count(conn, dir, pkt->len);
	nfvs_fast_forward(nn, conn, way, pkt, dir, v6);
	return NFVS_CNT_FAST;
}

/* The same for a packet that may be one for which there is something to decide. */
static __always_inline enum nfvs_counter nfvs_fast_try(struct nfvs_net *nn, struct nfvs_conn *conn,
						       const struct nfvs_fast_pkt *pkt,
						       enum nfvs_dir dir, bool v6)
{
	if (READ_ONCE(conn->flags) & NFVS_CONN_UNUSUAL)
		return NFVS_CNT_SLOW_SETTING;
	if (!nfvs_fast_may(nn, nfvs_fast_mode(nn, conn->dest), v6, dir))
		return nfvs_fast_mode(nn, conn->dest) == NFVS_FASTPATH_OFF ? NFVS_CNT_SLOW_SETTING :
									     NFVS_CNT_SLOW_LISTENER;
	if (!nfvs_fast_is_routine(nn, conn, pkt, dir) ||
	    (dir == NFVS_DIR_REQUEST && !READ_ONCE(conn->dest->available)))
		return NFVS_CNT_SLOW_STATE;
	return nfvs_fast_send_on(nn, conn, pkt, dir, v6, false);
}

static bool nfvs_fast_is_slow(enum nfvs_counter counter)
{
	return counter != NFVS_CNT_FAST && counter != NFVS_CNT_DROP_NOMEM;
}

static __always_inline bool nfvs_fast_tells_state(const struct nfvs_fast_pkt *pkt)
{
	return pkt->proto == IPPROTO_TCP && !nfvs_tcp_is_only_ack(pkt->kind);
}

static bool nfvs_fast_is_first(const struct nfvs_fast_pkt *pkt)
{
	return pkt->proto == IPPROTO_UDP ||
	       (pkt->proto == IPPROTO_TCP && nfvs_tcp_is_first(pkt->kind));
}

/*
 * A packet of no connection that was looked for.  Wherever this gives up, the hooks go on: with a
 * packet of the connection, if that was made already.
 */
static noinline unsigned int nfvs_fast_unknown(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	/* Parsed again: those that are known keep what they are in registers. */
	struct nfvs_fast_pkt pkt = {
		.skb = skb,
		.proto = v6 ? ipv6_hdr(skb)->nexthdr : ip_hdr(skb)->protocol,
		.l4_off = nfvs_fast_ip_len(v6),
		.len = skb->len,
	};
	struct nfvs_conn *conn = NULL;
	unsigned int verdict = NF_ACCEPT;
	enum nfvs_counter counter;

	if (nfvs_fast_parse_l4(&pkt) && nfvs_fast_is_first(&pkt)) {
		const struct nfvs_fast_pkt shown = pkt;

		conn = nfvs_early_connect(nn, &shown, v6, &verdict);
	}
	if (!conn) {
		if (verdict == NF_ACCEPT && nfvs_fast_tells_state(&pkt))
			nfvs_count(nn, SLOW_STATE);
		return verdict;
	}
	if (READ_ONCE(conn->flags) & NFVS_CONN_UNUSUAL)
		counter = NFVS_CNT_SLOW_SETTING;
	else
		counter = v6 ? nfvs_fast_send_on(nn, conn, &pkt, NFVS_DIR_REQUEST, true, true) :
			       nfvs_fast_send_on(nn, conn, &pkt, NFVS_DIR_REQUEST, false, true);
	this_cpu_inc(nn->counters->value[counter]);
	return nfvs_fast_is_slow(counter) ? NF_ACCEPT : NF_STOLEN;
}

/* What the stack would not take for this host, or not from this device, is not for us either. */
static __always_inline bool nfvs_fast_is_odd(struct sk_buff *skb)
{
	return skb->pkt_type != PACKET_HOST || skb_vlan_tag_present(skb) ||
	       skb_sk_is_prefetched(skb) || rcu_access_pointer(skb->dev->rx_handler) ||
	       netif_is_l3_slave(skb->dev);
}

static __always_inline unsigned int nfvs_fast(struct nfvs_net *nn, u8 any, struct sk_buff *skb,
					      bool v6)
{
	struct nfvs_fast_pkt pkt nfvs_uninitialized;
	enum nfvs_counter counter;
	const struct nfvs_conn_node *node;

	/* Counted where it comes up again, if anywhere. */
	if (nfvs_fast_is_odd(skb))
		return NF_ACCEPT;
	if (!(any & BIT(NFVS_FASTPATH_ALWAYS)) && !nfvs_may_be_free(nn, v6)) {
		nfvs_count(nn, SLOW_LISTENER);
		nfvs_ingress_in_vain(nn, v6);
		return NF_ACCEPT;
	}
	pkt.skb = skb;
	if (!(v6 ? nfvs_fast_parse6(&pkt) : nfvs_fast_parse4(&pkt))) {
		nfvs_count(nn, SLOW_HEADER);
		return NF_ACCEPT;
	}
	/* A search that finds what opens or closes a connection is for nothing. */
	node = nfvs_fast_tells_state(&pkt) ? NULL : nfvs_fast_find(nn, &pkt, v6);
	if (unlikely(!node))
		return nfvs_fast_unknown(nn, skb, v6);
	counter = nfvs_fast_try(nn, nfvs_node_conn(node), &pkt, nfvs_node_dir(node), v6);
	this_cpu_inc(nn->counters->value[counter]);
	return nfvs_fast_is_slow(counter) ? NF_ACCEPT : NF_STOLEN;
}

static unsigned int nfvs_fast4(struct nfvs_net *nn, u8 any, struct sk_buff *skb)
{
	const struct iphdr *iph;

	if (!pskb_may_pull(skb, sizeof(*iph)))
		return NF_ACCEPT;
	iph = (const struct iphdr *)skb->data;
	if (!nfvs_expects4(nn->fast, iph->saddr, iph->daddr))
		return NF_ACCEPT;
	return nfvs_fast(nn, any, skb, false);
}

static unsigned int nfvs_fast6(struct nfvs_net *nn, u8 any, struct sk_buff *skb)
{
	const struct ipv6hdr *ip6h;

	if (!pskb_may_pull(skb, sizeof(*ip6h)))
		return NF_ACCEPT;
	ip6h = (const struct ipv6hdr *)skb->data;
	if (!nfvs_expects6(nn->fast, &ip6h->saddr, &ip6h->daddr))
		return NF_ACCEPT;
	return nfvs_fast(nn, any, skb, true);
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
	u8 any = READ_ONCE(nn->fastpaths.any);

	if (any == BIT(NFVS_FASTPATH_OFF))
		return NF_ACCEPT;
	switch (skb->protocol) {
	case htons(ETH_P_IP):
		return nfvs_fast4(nn, any, skb);
	case htons(ETH_P_IPV6):
		return nfvs_fast6(nn, any, skb);
	default:
		return NF_ACCEPT;
	}
}

/**
 * nfvs_fast_learn() - keep the way of a reply for those that follow
 * @nn: namespace
 * @conn: its connection
 * @skb: the reply, which is being forwarded
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_fast_learn(struct nfvs_net *nn, struct nfvs_conn *conn, const struct sk_buff *skb)
{
	if (conn->fwd == NFVS_FWD_MASQ && !(READ_ONCE(conn->flags) & NFVS_CONN_UNUSUAL))
		nfvs_conn_learn_hop(nn, conn, skb_dst(skb));
}
