// SPDX-License-Identifier: GPL-2.0-only
/*
 * First packets at the ingress of a device, where nobody but nfvs would listen further on: they get
 * their connection there, and the way of established ones.
 *
 * The stack would refuse some of them, and route others past this host.  What it asks is asked here
 * where its settings leave little to ask; all else is left to it, and to the hooks of hook.c.
 */

#include <linux/inetdevice.h>
#include <net/addrconf.h>
#include <net/ip_fib.h>

#include "compat.h"
#include "hook/fast.h"
#include "hook/hook.h"
#include "obj/svc.h"

static void nfvs_note_own(struct nfvs_fast *fast, __be32 addr)
{
	set_bit(nfvs_filter_bit4(addr), fast->own);
}

/**
 * nfvs_early_note_device() - take down the addresses that a device has
 * @nn: namespace, from now on it is told of further ones
 * @dev: the device
 *
 * Context: RTNL held.
 */
void nfvs_early_note_device(struct nfvs_net *nn, const struct net_device *dev)
{
	struct in_device *in_dev = __in_dev_get_rtnl(dev);
	const struct in_ifaddr *ifa;

	if (!in_dev)
		return;
	in_dev_for_each_ifa_rtnl(ifa, in_dev)
		nfvs_note_own(nn->fast, ifa->ifa_local);
}

static int nfvs_early_address_event(struct notifier_block *self, unsigned long event, void *data)
{
	const struct in_ifaddr *ifa = data;
	/* Pairs with smp_store_release() in nfvs_conn_net_enable(). */
	struct nfvs_fast *fast = smp_load_acquire(&nfvs_pernet(dev_net(ifa->ifa_dev->dev))->fast);

	if (fast && event == NETDEV_UP)
		nfvs_note_own(fast, ifa->ifa_local);
	return NOTIFY_DONE;
}

static struct notifier_block nfvs_early_notifier = {
	.notifier_call = nfvs_early_address_event,
};

/**
 * nfvs_early_init() - be told of addresses
 *
 * Context: process context, may sleep; namespaces have their state.
 * Return: 0 or a negative errno.
 */
int nfvs_early_init(void)
{
	return register_inetaddr_notifier(&nfvs_early_notifier);
}

/**
 * nfvs_early_exit() - undo nfvs_early_init()
 *
 * Context: process context, may sleep; namespaces still have their state.
 */
void nfvs_early_exit(void)
{
	unregister_inetaddr_notifier(&nfvs_early_notifier);
}

static noinline bool nfvs_learn_local4(const struct nfvs_net *nn, struct nfvs_svc *svc, u64 as_of)
{
	/* Nobody outside has a way to a loopback address, whoever says so. */
	if (ipv4_is_loopback(svc->key.addr.ip) ||
	    inet_addr_type(nn->net, svc->key.addr.ip) != RTN_LOCAL)
		return false;
	WRITE_ONCE(svc->local_as_of, as_of);
	return true;
}

/* Asked for once after each change of routes, and taken from before it if one is under way. */
static __always_inline bool nfvs_vip_is_local4(const struct nfvs_net *nn, struct nfvs_svc *svc)
{
	u64 as_of = NFVS_SVC_LOCAL_KNOWN | (u32)rt_genid_ipv4(nn->net);

	return likely(READ_ONCE(svc->local_as_of) == as_of) || nfvs_learn_local4(nn, svc, as_of);
}

/* Where a route leads back by the same device, no rp_filter minds. */
static noinline bool nfvs_leads_back4(const struct nfvs_net *nn, const struct sk_buff *skb)
{
	struct flowi4 fl4 = {
		.daddr = ip_hdr(skb)->saddr,
		.saddr = ip_hdr(skb)->daddr,
		.flowi4_tos = nfvs_route_tos(ip_hdr(skb)->tos),
		.flowi4_iif = LOOPBACK_IFINDEX,
	};
	struct fib_result res;

	return !fib_lookup(nn->net, &fl4, &res, 0) && res.type == RTN_UNICAST &&
	       fib_info_nh_uses_dev(res.fi, skb->dev);
}

static bool nfvs_is_martian4(__be32 addr)
{
	return ipv4_is_loopback(addr) || ipv4_is_multicast(addr) || ipv4_is_lbcast(addr) ||
	       ipv4_is_zeronet(addr);
}

/* The address of another host, which may be where the packet comes from. */
static __always_inline bool nfvs_source_is_good4(const struct nfvs_net *nn,
						 const struct sk_buff *skb,
						 struct in_device *in_dev)
{
	__be32 saddr = ip_hdr(skb)->saddr;

	if (nfvs_is_martian4(saddr))
		return false;
	if (IN_DEV_RPFILTER(in_dev) || READ_ONCE(nn->net->ipv4.fib_has_custom_local_routes))
		return nfvs_leads_back4(nn, skb);
	return !test_bit(nfvs_filter_bit4(saddr), nn->fast->own);
}

static __always_inline bool nfvs_is_delivered4(const struct nfvs_net *nn, const struct sk_buff *skb,
					       struct nfvs_svc *svc)
{
	struct in_device *in_dev = __in_dev_get_rcu(skb->dev);

	return in_dev && !fib_num_tclassid_users(nn->net) && nfvs_vip_is_local4(nn, svc) &&
	       nfvs_source_is_good4(nn, skb, in_dev);
}

/* Of a scope that any interface would do for. */
static bool nfvs_is_wide6(const struct in6_addr *addr)
{
	return ipv6_addr_type(addr) == IPV6_ADDR_UNICAST;
}

static noinline bool nfvs_is_delivered6(const struct nfvs_net *nn, const struct sk_buff *skb)
{
	const struct inet6_dev *idev = __in6_dev_get(skb->dev);
	const struct ipv6hdr *ip6h = ipv6_hdr(skb);

	return idev && !READ_ONCE(idev->cnf.disable_ipv6) && nfvs_is_wide6(&ip6h->saddr) &&
	       nfvs_is_wide6(&ip6h->daddr) && ipv6_chk_addr(nn->net, &ip6h->daddr, NULL, 0);
}

/**
 * nfvs_is_delivered() - whether the stack would surely take a packet for this host
 * @nn: namespace
 * @pkt: a packet at the ingress of its device
 * @svc: service by the packet's destination
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
bool nfvs_is_delivered(const struct nfvs_net *nn, const struct nfvs_pkt *pkt, struct nfvs_svc *svc)
{
	bool v6 = nfvs_tuple_is_v6(&pkt->tuple);

	if (nfvs_has_route_rules(nn->net, v6))
		return false;
	return v6 ? nfvs_is_delivered6(nn, pkt->skb) : nfvs_is_delivered4(nn, pkt->skb, svc);
}

/* Whether a setting wants first packets looked at more closely. */
static __always_inline bool nfvs_early_may(struct nfvs_net *nn, bool v6)
{
	return !READ_ONCE(nn->sysctls.conntrack) && !READ_ONCE(nn->sysctls.nat_icmp_send) &&
	       !READ_ONCE(nn->defenses.drop_rate) && nfvs_is_free(nn, v6, NFVS_DIR_REQUEST);
}

static __always_inline void nfvs_early_pkt(struct nfvs_net *nn, const struct nfvs_fast_pkt *fast,
					   bool v6, struct nfvs_pkt *pkt)
{
	*pkt = (struct nfvs_pkt){
		.skb = fast->skb,
		.net = nn->net,
		.tuple.sport = fast->sport,
		.tuple.dport = fast->dport,
		.tuple.af = v6 ? AF_INET6 : AF_INET,
		.tuple.proto = fast->proto,
		.l4_off = fast->l4_off,
		/* Where it would be handled. */
		.hook = NF_INET_LOCAL_IN,
		.tcp_flags = fast->kind,
	};
	if (v6) {
		pkt->tuple.src.in6 = ipv6_hdr(fast->skb)->saddr;
		pkt->tuple.dst.in6 = ipv6_hdr(fast->skb)->daddr;
	} else {
		pkt->tuple.src.ip = ip_hdr(fast->skb)->saddr;
		pkt->tuple.dst.ip = ip_hdr(fast->skb)->daddr;
	}
}

static __always_inline struct nfvs_conn *nfvs_early(struct nfvs_net *nn,
						    const struct nfvs_fast_pkt *fast, bool v6,
						    unsigned int *verdict)
{
	struct nfvs_pkt pkt nfvs_uninitialized;

	*verdict = NF_ACCEPT;
	if (!nfvs_early_may(nn, v6))
		return NULL;
	nfvs_early_pkt(nn, fast, v6, &pkt);
	if (!nfvs_conn_table_is_new_rcu(nn->conns, &pkt.tuple))
		return NULL;
	return nfvs_schedule_early(nn, &pkt, nfvs_proto_lookup(fast->proto), verdict);
}

/**
 * nfvs_early_connect() - give a first packet its connection
 * @nn: namespace
 * @fast: a packet of UDP or of nfvs_tcp_is_first() at the ingress of its device
 * @v6: it is of IPv6
 * @verdict: set if there is no connection: to accept, for the hooks to look at it; or to drop
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the connection, or NULL.
 */
struct nfvs_conn *nfvs_early_connect(struct nfvs_net *nn, const struct nfvs_fast_pkt *fast, bool v6,
				     unsigned int *verdict)
{
	return v6 ? nfvs_early(nn, fast, true, verdict) : nfvs_early(nn, fast, false, verdict);
}
