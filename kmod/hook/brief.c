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
	return nfvs_fast_parse_l4(pkt);
}

/* Where to a packet may be sent as others before it; NULL if that takes a decision. */
static __always_inline const struct nfvs_way *nfvs_brief_way(const struct nfvs_conn *conn,
							     const struct nfvs_fast_pkt *pkt,
							     bool v6, enum nfvs_dir dir)
{
	const struct nfvs_way *way;

	if (READ_ONCE(conn->flags) & NFVS_CONN_UNUSUAL || conn->fwd == NFVS_FWD_TUNNEL)
		return NULL;
	way = nfvs_fast_way(conn, dir);
	if (!way || !way->neigh || !nfvs_way_is_valid(way, v6) ||
	    !nfvs_fast_fits(way, pkt->skb, v6, 0) || !nfvs_fast_make_room(pkt, way))
		return NULL;
	return way;
}

/* The connection of a packet that changes nothing about it. */
static __always_inline struct nfvs_conn *nfvs_brief_find(struct nfvs_net *nn,
							 const struct nfvs_fast_pkt *pkt, bool v6,
							 enum nfvs_dir dir)
{
	const struct nfvs_conn_node *node;
	struct nfvs_conn *conn;

	if (pkt->proto == IPPROTO_TCP && !nfvs_tcp_is_only_ack(pkt->kind))
		return NULL;
	node = nfvs_fast_find(nn, pkt, v6);
	if (!node || nfvs_node_dir(node) != dir)
		return NULL;
	conn = nfvs_node_conn(node);
	if (!nfvs_fast_is_routine(nn, conn, pkt, dir) ||
	    (dir == NFVS_DIR_REQUEST && !READ_ONCE(conn->dest->available)))
		return NULL;
	return conn;
}

/* Translated and routed: our hooks, and those of a loaded ip_vs, let it pass from here on. */
static __always_inline void nfvs_brief_turn(const struct nfvs_conn *conn,
					    const struct nfvs_fast_pkt *pkt,
					    const struct nfvs_way *way, enum nfvs_dir dir, bool v6)
{
	struct sk_buff *skb = pkt->skb;

	nfvs_fast_translate(conn, pkt, dir, v6);
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

/* Past the rest of the stack, if nobody listens there; else the packet is still here. */
static __always_inline bool nfvs_brief_leave(struct nfvs_net *nn, const struct nfvs_conn *conn,
					     const struct nfvs_way *way, struct sk_buff *skb,
					     bool v6)
{
	if (nfvs_fast_mode(nn, conn->dest) == NFVS_FASTPATH_OFF || !nfvs_way_resolved(way) ||
	    !nfvs_is_free(nn, v6, NFVS_PASS_LAST))
		return false;
	nfvs_fast_send(way, skb);
	return true;
}

/* True if it is still here.  Where nobody listens but us, there is nothing to pass. */
static __always_inline bool nfvs_brief_pass_out(struct nfvs_net *nn, struct sk_buff *skb,
						struct net_device *dev, bool v6)
{
	const struct nf_hook_entries *entries = nfvs_hook_entries(nn->net, v6, NF_INET_LOCAL_OUT);
	struct nf_hook_state state nfvs_uninitialized;

	if (!entries ||
	    (entries->num_hook_entries == 1 && nfvs_hook_is_own(READ_ONCE(entries->hooks[0].hook))))
		return true;
	nf_hook_state_init(&state, NF_INET_LOCAL_OUT, v6 ? NFPROTO_IPV6 : NFPROTO_IPV4, NULL, dev,
			   NULL, nn->net, dst_output);
	return nf_hook_slow(skb, &state, entries, 0) == 1;
}

static __always_inline void nfvs_brief_send(struct nfvs_net *nn, const struct nfvs_conn *conn,
					    const struct nfvs_fast_pkt *pkt,
					    const struct nfvs_way *way, bool v6)
{
	struct sk_buff *skb = pkt->skb;

	nfvs_brief_turn(conn, pkt, way, NFVS_DIR_REQUEST, v6);
	nfvs_fast_decrease_ttl(skb, v6);
	/* We do what a router does: what is too big and may be fragmented, is. */
	skb->ignore_df = 1;
	if (!nfvs_brief_pass_out(nn, skb, way->dst->dev, v6))
		return;
	/* Somebody at the hook may have found another route. */
	if (skb_dst(skb) != way->dst || !nfvs_brief_leave(nn, conn, way, skb, v6))
		dst_output(nn->net, NULL, skb);
}

/* Counts a packet that there is nothing to decide about; its connection, and where to send it. */
static __always_inline struct nfvs_conn *nfvs_brief_take(struct nfvs_net *nn,
							 struct nfvs_fast_pkt *pkt, bool v6,
							 enum nfvs_dir dir,
							 const struct nfvs_way **way)
{
	struct nfvs_conn *conn;

	if (!nfvs_brief_parse(pkt, v6))
		return NULL;
	conn = nfvs_brief_find(nn, pkt, v6, dir);
	if (!conn)
		return NULL;
	*way = nfvs_brief_way(conn, pkt, v6, dir);
	if (!*way)
		return NULL;
	nfvs_count(nn, BRIEF);
	nfvs_fast_count(conn, dir, pkt->len);
	return conn;
}

static __always_inline bool nfvs_brief_request(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	struct nfvs_fast_pkt pkt = { .skb = skb };
	const struct nfvs_way *way;
	struct nfvs_conn *conn;

	if (nfvs_mark_may_reroute(nn, skb, NFVS_DIR_REQUEST))
		return false;
	conn = nfvs_brief_take(nn, &pkt, v6, NFVS_DIR_REQUEST, &way);
	if (!conn)
		return false;
	nfvs_brief_send(nn, conn, &pkt, way, v6);
	return true;
}

/* Who comes after us at the hook is to see it as well. */
static __always_inline bool nfvs_brief_is_last(const struct nfvs_net *nn, bool v6)
{
	const struct nf_hook_entries *entries = nfvs_hook_entries(nn->net, v6, NF_INET_FORWARD);

	return entries &&
	       nfvs_hook_is_own(READ_ONCE(entries->hooks[entries->num_hook_entries - 1].hook));
}

/* Where there are rules, replies are routed one by one. */
static __always_inline bool nfvs_brief_may_reply(const struct nfvs_net *nn, bool v6)
{
	return !nfvs_has_route_rules(nn->net, v6) && !nfvs_has_ipsec_policies(nn->net) &&
	       READ_ONCE(nn->sysctls.snat_reroute);
}

static __always_inline bool nfvs_brief_reply(struct nfvs_net *nn, struct sk_buff *skb, bool v6,
					     unsigned int *verdict)
{
	struct nfvs_fast_pkt pkt = { .skb = skb };
	const struct nfvs_way *way;
	struct nfvs_conn *conn;

	if (!nfvs_brief_may_reply(nn, v6))
		return false;
	conn = nfvs_brief_take(nn, &pkt, v6, NFVS_DIR_REPLY, &way);
	if (!conn)
		return false;
	nfvs_brief_turn(conn, &pkt, way, NFVS_DIR_REPLY, v6);
	*verdict = NF_ACCEPT;
	if (nfvs_brief_is_last(nn, v6) && nfvs_brief_leave(nn, conn, way, skb, v6))
		*verdict = NF_STOLEN;
	return true;
}

/**
 * nfvs_brief_local_in() - send a request on without a decision
 * @nn: namespace
 * @skb: packet that was routed to this host
 * @v6: it is of IPv6
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: true if it was sent; else it is as it was.
 */
bool nfvs_brief_local_in(struct nfvs_net *nn, struct sk_buff *skb, bool v6)
{
	return v6 ? nfvs_brief_request(nn, skb, true) : nfvs_brief_request(nn, skb, false);
}

/**
 * nfvs_brief_forward() - let a reply go on without a decision
 * @nn: namespace
 * @skb: packet that is forwarded
 * @v6: it is of IPv6
 * @verdict: set if the reply has been translated and routed: to accept it, or that it was sent
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: true if @verdict was set; else the packet is as it was.
 */
bool nfvs_brief_forward(struct nfvs_net *nn, struct sk_buff *skb, bool v6, unsigned int *verdict)
{
	return v6 ? nfvs_brief_reply(nn, skb, true, verdict) :
		    nfvs_brief_reply(nn, skb, false, verdict);
}

/* A mark may ask for another route, and a loopback address does not leave this host. */
static __always_inline bool nfvs_brief_may_xmit(const struct nfvs_net *nn,
						const struct nfvs_pkt *pkt, bool v6)
{
	const struct sk_buff *skb = pkt->skb;

	return pkt->hook == NF_INET_LOCAL_IN && !(skb->dev->flags & IFF_LOOPBACK) &&
	       (v6 || !ipv4_is_loopback(pkt->tuple.src.ip)) &&
	       !nfvs_mark_may_reroute(nn, skb, NFVS_DIR_REQUEST);
}

static __always_inline bool nfvs_brief_decided(struct nfvs_net *nn, const struct nfvs_conn *conn,
					       const struct nfvs_pkt *pkt, bool v6)
{
	struct nfvs_fast_pkt fast = { .skb = pkt->skb };
	const struct nfvs_way *way;

	if (!nfvs_brief_may_xmit(nn, pkt, v6) || !nfvs_brief_parse(&fast, v6))
		return false;
	way = nfvs_brief_way(conn, &fast, v6, NFVS_DIR_REQUEST);
	if (!way)
		return false;
	nfvs_brief_send(nn, conn, &fast, way, v6);
	return true;
}

/**
 * nfvs_brief_xmit() - send a request of which all has been decided but where to
 * @nn: namespace
 * @conn: its connection
 * @pkt: the packet
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: true if it was sent, by the way of packets before it; else it is as it was.
 */
bool nfvs_brief_xmit(struct nfvs_net *nn, const struct nfvs_conn *conn, const struct nfvs_pkt *pkt)
{
	return nfvs_tuple_is_v6(&pkt->tuple) ? nfvs_brief_decided(nn, conn, pkt, true) :
					       nfvs_brief_decided(nn, conn, pkt, false);
}
