// SPDX-License-Identifier: GPL-2.0-only
/*
 * Netfilter hooks.
 *
 * ip_vs has two hooks each at LOCAL_IN, LOCAL_OUT and FORWARD, for replies and for requests,
 * because its table is searched once for each.  Ours holds both directions of a connection,
 * so one search tells, and one hook is enough: at the place of ip_vs's later one.
 */

#include <linux/if_arp.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/gre.h>
#include <net/ip.h>
#include <net/netfilter/ipv6/nf_defrag_ipv6.h>

#include "compat.h"
#include "hook/hook.h"
#include "hook/listeners.h"
#include "obj/conn.h"
#include "obj/drop.h"
#include "obj/fast.h"
#include "obj/netns.h"
#include "obj/real.h"
#include "proto/proto.h"

/*
 * Let a fragment wait for the others; true if the packet is not ours any more.
 *
 * IPv6 is reassembled at PREROUTING and LOCAL_OUT by nf_defrag_ipv6, and IPv4 before LOCAL_IN
 * by the stack; what is left is forwarded and locally made IPv4.
 */
static bool nfvs_waits_for_fragments(struct nfvs_net *nn, struct sk_buff *skb,
				     const struct nf_hook_state *state)
{
	u32 user = state->hook == NF_INET_FORWARD ? IP_DEFRAG_VS_FWD : IP_DEFRAG_VS_OUT;
	u8 proto;

	if (state->pf != NFPROTO_IPV4 || !ip_is_fragment(ip_hdr(skb)))
		return false;
	proto = ip_hdr(skb)->protocol;
	if (proto != IPPROTO_TCP && proto != IPPROTO_UDP && proto != IPPROTO_SCTP &&
	    proto != IPPROTO_ICMP)
		return false;
	if (ip_defrag(nn->net, skb, user))
		return true;
	ip_send_check(ip_hdr(skb));
	return false;
}

static bool nfvs_is_icmp_of(const struct nfvs_pkt *pkt)
{
	return pkt->tuple.proto == (nfvs_tuple_is_v6(&pkt->tuple) ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
}

/*
 * Whether a packet comes from a real server, and from no connection of it.  The setting
 * nat_icmp_send says that the real server is to hear of that, unless that is what it says itself.
 */
static bool nfvs_is_stray(struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	if (!READ_ONCE(nn->sysctls.nat_icmp_send) || !nfvs_pkt_has_ports(pkt))
		return false;
	return nfvs_real_is_source_rcu(nn, &pkt->tuple) &&
	       !nfvs_proto_lookup(pkt->tuple.proto)->is_refusal(pkt);
}

/*
 * Nobody can do anything with half a transport header, and it must not change a connection.  What
 * passes and is of none is left to those it passes.
 */
static unsigned int nfvs_drop_cut(struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	nfvs_count_drop(nn, pkt, MALFORMED);
	return NF_DROP;
}

static unsigned int nfvs_handle(struct nfvs_net *nn, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	enum nfvs_parsed parsed;
	struct nfvs_conn *conn;
	struct nfvs_pkt pkt;
	enum nfvs_dir dir;

	if (nfvs_waits_for_fragments(nn, skb, state))
		return NF_STOLEN;

	parsed = nfvs_pkt_parse(&pkt, skb, state);
	if (pkt.cut && state->hook != NF_INET_FORWARD)
		return nfvs_drop_cut(nn, &pkt);
	if (parsed == NFVS_PARSED_OTHER && nfvs_is_icmp_of(&pkt))
		return nfvs_handle_icmp(nn, &pkt);
	if (parsed != NFVS_PARSED || pkt.later_fragment)
		return NF_ACCEPT;

	conn = nfvs_conn_lookup_rcu(nn, &pkt.tuple, &dir);
	if (conn && pkt.cut)
		return nfvs_drop_cut(nn, &pkt);
	if (conn && dir == NFVS_DIR_REPLY)
		return nfvs_handle_reply(nn, conn, &pkt);
	if (!conn && nfvs_is_stray(nn, &pkt)) {
		nfvs_count_drop(nn, &pkt, STRAY);
		return nfvs_refuse(nn, &pkt);
	}
	/* Requests are for this host, or come from it; what is forwarded is not for us. */
	if (state->hook == NF_INET_FORWARD)
		return NF_ACCEPT;
	return nfvs_handle_request(nn, conn, &pkt);
}

/* What all hooks pass by: packets that were handled, or that are none of our business. */
static bool nfvs_not_ours(const struct sk_buff *skb)
{
	return skb->ipvs_property || !skb_dst(skb);
}

/*
 * Whether a tunnel of this host has taken a packet out of another one, of a protocol that is not
 * balanced itself.  ip_vs marked the outer packet, which no longer helps: kernels clear the mark
 * where they take the inner one out.
 */
static bool nfvs_is_tunneled(const struct sk_buff *skb)
{
	switch (skb->dev->type) {
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
	case ARPHRD_IPGRE:
	case ARPHRD_IP6GRE:
		return true;
	default:
		return netif_is_gretap(skb->dev) || netif_is_ip6gretap(skb->dev);
	}
}

/* What is not taken from devices may be, once nobody listens any more. */
static __always_inline void nfvs_note_untaken(struct nfvs_net *nn, u8 any, bool v6,
					      enum nfvs_dir dir)
{
	if (!(any & BIT(NFVS_FASTPATH_AUTO)))
		return;
	if (likely(nfvs_is_heard(nn, v6, dir)))
		nfvs_count(nn, SLOW_LISTENER);
	else
		nfvs_ingress_missed(nn);
}

/* What the fast path has had, and left to be looked at, need not be tried again. */
static __always_inline bool nfvs_brief_may(struct nfvs_net *nn, const struct sk_buff *skb, bool v6,
					   enum nfvs_dir dir)
{
	u8 any = READ_ONCE(nn->fastpaths.any);

	if (skb->dev->type != ARPHRD_ETHER)
		return true;
	if (!READ_ONCE(nn->fast->taking)) {
		nfvs_note_untaken(nn, any, v6, dir);
		return true;
	}
	if (any & BIT(NFVS_FASTPATH_OFF))
		return true;
	return any & BIT(NFVS_FASTPATH_AUTO) && nfvs_was_heard(nn, v6, dir);
}

static __always_inline unsigned int nfvs_handle_received(struct nfvs_net *nn, struct sk_buff *skb,
							 const struct nf_hook_state *state, bool v6)
{
	if (nfvs_brief_may(nn, skb, v6, NFVS_DIR_REQUEST) && nfvs_brief_local_in(nn, skb, v6))
		return NF_STOLEN;
	return nfvs_handle(nn, skb, state);
}

static noinline unsigned int nfvs_handle_forwarded(struct nfvs_net *nn, struct sk_buff *skb,
						   const struct nf_hook_state *state)
{
	bool v6 = state->pf == NFPROTO_IPV6;
	unsigned int verdict;

	if (nfvs_brief_may(nn, skb, v6, NFVS_DIR_REPLY) &&
	    nfvs_brief_forward(nn, skb, v6, &verdict))
		return verdict;
	return nfvs_handle(nn, skb, state);
}

/*
 * A packet that a program was asked about (NFQUEUE) goes on in process context.  Everything behind
 * wants bottom halves off.
 */
static noinline unsigned int nfvs_take_back(struct nfvs_net *nn, struct sk_buff *skb,
					    const struct nf_hook_state *state)
{
	unsigned int verdict;

	local_bh_disable();
	if (state->hook == NF_INET_FORWARD)
		verdict = nfvs_handle_forwarded(nn, skb, state);
	else
		verdict = nfvs_handle_received(nn, skb, state, state->pf == NFPROTO_IPV6);
	local_bh_enable();
	return verdict;
}

static __always_inline unsigned int nfvs_local_in(struct nfvs_net *nn, struct sk_buff *skb,
						  const struct nf_hook_state *state, bool v6)
{
	if (nfvs_not_ours(skb) || skb->pkt_type != PACKET_HOST)
		return NF_ACCEPT;
	if (READ_ONCE(nn->sysctls.ignore_tunneled) && nfvs_is_tunneled(skb))
		return NF_ACCEPT;
	if (unlikely(!in_softirq()))
		return nfvs_take_back(nn, skb, state);
	return nfvs_handle_received(nn, skb, state, v6);
}

static unsigned int nfvs_hook_local_in4(void *priv, struct sk_buff *skb,
					const struct nf_hook_state *state)
{
	return nfvs_local_in(priv, skb, state, false);
}

static unsigned int nfvs_hook_local_in6(void *priv, struct sk_buff *skb,
					const struct nf_hook_state *state)
{
	return nfvs_local_in(priv, skb, state, true);
}

/*
 * Most of what a router forwards comes from no real server.  Errors may come from in between, and
 * strays are of no connection.
 */
static __always_inline bool nfvs_passes_by(const struct nfvs_net *nn, const struct sk_buff *skb,
					   bool v6)
{
	if (READ_ONCE(nn->sysctls.nat_icmp_send))
		return false;
	if (v6)
		return ipv6_hdr(skb)->nexthdr != IPPROTO_ICMPV6 &&
		       !ipv6_ext_hdr(ipv6_hdr(skb)->nexthdr) &&
		       !nfvs_expects_reply6(nn->fast, &ipv6_hdr(skb)->saddr);
	return ip_hdr(skb)->protocol != IPPROTO_ICMP &&
	       !nfvs_expects_reply4(nn->fast, ip_hdr(skb)->saddr);
}

/* Most of what it sees is none of our business, and is kept no longer than that takes to see. */
static __always_inline unsigned int nfvs_forward(struct nfvs_net *nn, struct sk_buff *skb,
						 const struct nf_hook_state *state, bool v6)
{
	if (nfvs_not_ours(skb) || nfvs_passes_by(nn, skb, v6))
		return NF_ACCEPT;
	if (unlikely(!in_softirq()))
		return nfvs_take_back(nn, skb, state);
	return nfvs_handle_forwarded(nn, skb, state);
}

static unsigned int nfvs_hook_forward4(void *priv, struct sk_buff *skb,
				       const struct nf_hook_state *state)
{
	return nfvs_forward(priv, skb, state, false);
}

static unsigned int nfvs_hook_forward6(void *priv, struct sk_buff *skb,
				       const struct nf_hook_state *state)
{
	return nfvs_forward(priv, skb, state, true);
}

/* Sockets send in process context; everything behind wants bottom halves off. */
static noinline unsigned int nfvs_handle_sent(struct nfvs_net *nn, struct sk_buff *skb,
					      const struct nf_hook_state *state)
{
	const struct sock *sk = skb_to_full_sk(skb);
	unsigned int verdict;

	/* Raw sockets that build their own fragments want them left alone. */
	if (sk && sk->sk_family == PF_INET && nfvs_sk_nodefrag(sk))
		return NF_ACCEPT;

	local_bh_disable();
	verdict = nfvs_handle(nn, skb, state);
	local_bh_enable();
	return verdict;
}

static unsigned int nfvs_hook_local_out(void *priv, struct sk_buff *skb,
					const struct nf_hook_state *state)
{
	return nfvs_not_ours(skb) ? NF_ACCEPT : nfvs_handle_sent(priv, skb, state);
}

/* clang-format off */
#define NFVS_HOOK(family, where, function, prio) { \
	.hook = (function), \
	.pf = (family), \
	.hooknum = (where), \
	.priority = (prio), \
}

/* clang-format on */

/* Without a namespace: each has a copy of its own. */
static const struct nf_hook_ops nfvs_hooks4[NFVS_NET_HOOKS] = {
	NFVS_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_IN, nfvs_hook_local_in4, NF_IP_PRI_NAT_SRC - 1),
	NFVS_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_OUT, nfvs_hook_local_out, NF_IP_PRI_NAT_DST + 2),
	NFVS_HOOK(NFPROTO_IPV4, NF_INET_FORWARD, nfvs_hook_forward4, 100),
};

static const struct nf_hook_ops nfvs_hooks6[NFVS_NET_HOOKS] = {
	NFVS_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_IN, nfvs_hook_local_in6, NF_IP6_PRI_NAT_SRC - 1),
	NFVS_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_OUT, nfvs_hook_local_out, NF_IP6_PRI_NAT_DST + 2),
	NFVS_HOOK(NFPROTO_IPV6, NF_INET_FORWARD, nfvs_hook_forward6, 100),
};

static int nfvs_hooks_register(struct nfvs_net *nn, struct nf_hook_ops *own,
			       const struct nf_hook_ops *hooks)
{
	u32 i;

	for (i = 0; i < NFVS_NET_HOOKS; i++) {
		own[i] = hooks[i];
		own[i].priv = nn;
	}
	return nf_register_net_hooks(nn->net, own, NFVS_NET_HOOKS);
}

/**
 * nfvs_hook_is_own() - whether a listener at a netfilter hook is ours
 * @fn: its function
 */
bool nfvs_hook_is_own(nf_hookfn *fn)
{
	return fn == nfvs_hook_local_out || fn == nfvs_hook_local_in4 ||
	       fn == nfvs_hook_local_in6 || fn == nfvs_hook_forward4 || fn == nfvs_hook_forward6;
}

/**
 * nfvs_hooks_enable() - see the packets of a family, from now to the end of the namespace
 * @nn: namespace; its cfg_lock is held
 * @af: AF_INET or AF_INET6
 *
 * Called for the first service of a family: until then nfvs costs no packet anything.
 *
 * Context: process context, may sleep.
 * Return: 0 or a negative errno, and nothing has changed.
 */
int nfvs_hooks_enable(struct nfvs_net *nn, u8 af)
{
	u8 pf = af == AF_INET6 ? NFPROTO_IPV6 : NFPROTO_IPV4;
	int err;

	lockdep_assert_held(&nn->cfg_lock);
	if (test_bit(pf, &nn->hooked))
		return 0;
	err = nfvs_conn_net_enable(nn);
	if (err)
		return err;

	if (af == AF_INET6) {
		err = nf_defrag_ipv6_enable(nn->net);
		if (err)
			return err;
		err = nfvs_hooks_register(nn, nn->hooks6, nfvs_hooks6);
		if (err)
			nf_defrag_ipv6_disable(nn->net);
	} else {
		err = nfvs_hooks_register(nn, nn->hooks4, nfvs_hooks4);
	}
	if (err)
		return err;
	set_bit(pf, &nn->hooked);
	nfvs_ingress_enable(nn);
	return 0;
}

/**
 * nfvs_hooks_disable() - see no more packets
 * @nn: namespace that is going away
 *
 * Packets may be in the hooks until a grace period has passed.
 *
 * Context: process context, may sleep.
 */
void nfvs_hooks_disable(struct nfvs_net *nn)
{
	mutex_lock(&nn->cfg_lock);
	nfvs_ingress_disable(nn);
	if (test_and_clear_bit(NFPROTO_IPV6, &nn->hooked)) {
		nf_unregister_net_hooks(nn->net, nn->hooks6, NFVS_NET_HOOKS);
		nf_defrag_ipv6_disable(nn->net);
	}
	if (test_and_clear_bit(NFPROTO_IPV4, &nn->hooked))
		nf_unregister_net_hooks(nn->net, nn->hooks4, NFVS_NET_HOOKS);
	mutex_unlock(&nn->cfg_lock);
}
