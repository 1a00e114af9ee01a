// SPDX-License-Identifier: GPL-2.0-only
/*
 * The brief path: packets of established connections that pass netfilter, since somebody else
 * listens there, or came by a device that the fast path does not serve.
 *
 * Every hook is passed, but there is nothing to decide.  What is sent skips the rest of the IP
 * stack behind the last hook at which somebody listens.
 */

#include "hook/fast.h"
#include "hook/hook.h"
#include "obj/track.h"

/* The stack has checked the header. */
static __always_inline bool nfvs_brief_parse(struct nfvs_fast_pkt *pkt, bool v6)
{
	const struct sk_buff *skb = pkt->skb;

	if (v6) {
		if (ipv6_hdr(skb)->hop_limit <= 1 || IP6CB(skb)->frag_max_size)
			return false;
		pkt->proto = ipv6_hdr(skb)->nexthdr;
		pkt->l4_off = sizeof(struct ipv6hdr);
	} else {
		if (ip_hdr(skb)->ihl != 5 || ip_hdr(skb)->ttl <= 1 || ip_is_fragment(ip_hdr(skb)) ||
		    IPCB(skb)->frag_max_size)
			return false;
		pkt->proto = ip_hdr(skb)->protocol;
		pkt->l4_off = sizeof(struct iphdr);
	}
	pkt->len = skb->len;
	return nfvs_fast_parse_l4(pkt) &&
	       (pkt->proto != IPPROTO_TCP || nfvs_tcp_is_only_ack(pkt->kind));
}

/* The connection of a packet that may be sent on as others before it; and where to. */
static __always_inline struct nfvs_conn *nfvs_brief_find(struct nfvs_net *nn,
							 const struct nfvs_fast_pkt *pkt, bool v6,
							 enum nfvs_dir dir,
							 const struct nfvs_way **way)
{
	const struct nfvs_conn_node *node = nfvs_fast_find(nn, pkt, v6);
	struct nfvs_conn *conn;

	if (!node || node->dir != dir)
		return NULL;
	conn = nfvs_node_conn(node);
	if (READ_ONCE(conn->flags) & NFVS_CONN_UNUSUAL || conn->fwd == NFVS_FWD_TUNNEL ||
	    !nfvs_fast_is_routine(nn, conn, pkt, dir) ||
	    (dir == NFVS_DIR_REQUEST && !READ_ONCE(conn->dest->available)))
		return NULL;
	*way = nfvs_fast_way(conn, dir);
	if (!*way || !(*way)->neigh || !nfvs_way_is_valid(*way, v6) ||
	    !nfvs_fast_fits(*way, pkt->skb, v6, 0) || !nfvs_fast_make_room(pkt, *way))
		return NULL;
	return conn;
}

/* Seen and decided: our hooks, and those of a loaded ip_vs, let it pass from here on. */
static __always_inline void nfvs_brief_mark(struct sk_buff *skb, const struct nfvs_conn *conn,
					    enum nfvs_dir dir, const struct nfvs_way *way)
{
	skb->ipvs_property = 1;
	nfvs_track_leave(skb, conn, dir);
	/* A socket that early demux found is not where the packet goes. */
	if (unlikely(skb->destructor))
		skb_orphan(skb);
	skb_clear_tstamp(skb);
	skb_forward_csum(skb);
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, way->dst);
}

/* Somebody at a hook may have found another route. */
static __always_inline void nfvs_brief_leave(struct nfvs_net *nn, const struct nfvs_way *way,
					     struct sk_buff *skb, bool v6)
{
	const struct nfvs_dest_route *route = container_of(way, struct nfvs_dest_route, way);

	if (nfvs_fast_mode(nn, route->dest) != NFVS_FASTPATH_OFF && skb_dst(skb) == way->dst &&
	    nfvs_way_resolved(way) && nfvs_is_free(nn, v6, NFVS_PASS_LAST))
		nfvs_fast_send(way, skb);
	else
		dst_output(nn->net, NULL, skb);
}

/* Takes a packet that there is nothing to decide about: counts, translates and routes it. */
static __always_inline const struct nfvs_way *nfvs_brief_take(struct nfvs_net *nn,
							      struct sk_buff *skb, bool v6,
							      enum nfvs_dir dir)
{
	struct nfvs_fast_pkt pkt = { .skb = skb };
	const struct nfvs_way *way;
	struct nfvs_conn *conn;

	if (!nfvs_brief_parse(&pkt, v6))
		return NULL;
	conn = nfvs_brief_find(nn, &pkt, v6, dir, &way);
	if (!conn)
		return NULL;
	nfvs_count(nn, BRIEF);
	nfvs_fast_count(conn, dir, pkt.len);
	nfvs_fast_translate(conn, &pkt, dir, v6);
	nfvs_brief_mark(skb, conn, dir, way);
	return way;
}

static __always_inline bool nfvs_brief_request(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	const struct nfvs_way *way = nfvs_brief_take(nn, skb, v6, NFVS_DIR_REQUEST);
	u8 pf = v6 ? NFPROTO_IPV6 : NFPROTO_IPV4;

	if (!way)
		return false;
	nfvs_fast_decrease_ttl(skb, v6);
	/* We do what a router does: what is too big and may be fragmented, is. */
	skb->ignore_df = 1;
	if (nf_hook(pf, NF_INET_LOCAL_OUT, nn->net, NULL, skb, NULL, way->dst->dev, dst_output) ==
	    1)
		nfvs_brief_leave(nn, way, skb, v6);
	return true;
}

/* Where there are rules, replies are routed one by one. */
static __always_inline bool nfvs_brief_reply(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	return !nfvs_has_route_rules(nn->net, v6) && !nfvs_has_ipsec_policies(nn->net) &&
	       READ_ONCE(nn->sysctls.snat_reroute) && nfvs_brief_take(nn, skb, v6, NFVS_DIR_REPLY);
}

/**
 * nfvs_brief_local_in() - send a request on without a decision
 * @nn: namespace
 * @skb: packet that was routed to this host
 * @pf: its family
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: true if it was sent; else it is as it was.
 */
bool nfvs_brief_local_in(struct nfvs_net *nn, struct sk_buff *skb, u8 pf)
{
	return pf == NFPROTO_IPV6 ? nfvs_brief_request(nn, skb, true) :
				    nfvs_brief_request(nn, skb, false);
}

/**
 * nfvs_brief_forward() - let a reply go on without a decision
 * @nn: namespace
 * @skb: packet that is forwarded
 * @pf: its family
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: true if it has been translated and routed; else it is as it was.
 */
bool nfvs_brief_forward(struct nfvs_net *nn, struct sk_buff *skb, u8 pf)
{
	return pf == NFPROTO_IPV6 ? nfvs_brief_reply(nn, skb, true) :
				    nfvs_brief_reply(nn, skb, false);
}
