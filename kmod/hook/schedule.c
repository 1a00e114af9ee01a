// SPDX-License-Identifier: GPL-2.0-only
/*
 * First packets: which service they are for, and which real server they go to: the one that
 * their client is bound to, or whichever the scheduler picks.
 */

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/in.h>
#include <net/icmp.h>
#include <net/ipv6.h>
#include <net/route.h>

#include "compat.h"
#include "hook/hook.h"
#include "obj/drop.h"
#include "obj/netns.h"
#include "obj/pool.h"
#include "obj/rates.h"
#include "obj/svc.h"
#include "obj/template.h"
#include "proto/proto.h"
#include "xmit/xmit.h"

/**
 * struct nfvs_first - a first packet
 * @nn: namespace
 * @pkt: the packet
 * @proto: its protocol
 * @svc: the service that it is for; NULL if there is none
 * @pool: real servers of @svc
 * @verdict: what becomes of the packet if it gets no connection
 * @unserved: no real server could be picked for it
 */
struct nfvs_first {
	struct nfvs_net *nn;
	const struct nfvs_pkt *pkt;
	const struct nfvs_proto_ops *proto;
	struct nfvs_svc *svc;
	struct nfvs_pool *pool;
	unsigned int verdict;
	bool unserved;
};

/**
 * nfvs_refuse() - drop a packet and tell its sender, as a host without that port would
 * @nn: namespace
 * @pkt: the packet
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: NF_DROP.
 */
unsigned int nfvs_refuse(struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	if (nfvs_tuple_is_v6(&pkt->tuple)) {
		if (!pkt->skb->dev)
			pkt->skb->dev = nn->net->loopback_dev;
		icmpv6_send(pkt->skb, ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH, 0);
	} else {
		icmp_send(pkt->skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0);
	}
	return NF_DROP;
}

/* A packet that the FTP service got by its rule for data connections may be for somebody else. */
static unsigned int nfvs_leave(const struct nfvs_first *first)
{
	__be16 port = first->svc->key.port;

	if (port == htons(NFVS_PORT_FTP) && first->pkt->tuple.dport != port)
		return NF_ACCEPT;
	nfvs_count_drop(first->nn, first->pkt, NO_DEST);
	/* An ICMP error is not answered by another one. */
	return first->pkt->quoted ? NF_DROP : nfvs_refuse(first->nn, first->pkt);
}

static struct nfvs_dest *nfvs_pick(struct nfvs_first *first)
{
	struct nfvs_pool *pool = first->pool;
	struct nfvs_dest *dest = pool->sched ? pool->sched->pick(pool, first->pkt) : NULL;

	first->unserved = !dest;
	return dest;
}

static bool nfvs_is_one_packet(const struct nfvs_first *first)
{
	return first->pool->flags & NFVS_SVC_F_ONEPACKET && first->pkt->tuple.proto == IPPROTO_UDP;
}

/*
 * One-packet scheduling: a connection for this packet alone, which nobody else gets to know.  The
 * real server needs no reference, RCU keeps it until the packet is gone.
 */
static unsigned int nfvs_send_once(const struct nfvs_first *first, struct nfvs_dest *dest,
				   __be16 dport)
{
	const struct nfvs_pkt *pkt = first->pkt;
	struct nfvs_conn once;

	nfvs_conn_init(&once, &pkt->tuple, dest, dport);
	nfvs_dest_count_conn(dest);
	nfvs_dest_count_in(dest, pkt->skb->len);
	return nfvs_xmit_request(first->nn, &once, pkt, NULL);
}

/* Known by an ICMP error only, a connection lives until its own packets say more. */
#define NFVS_QUOTED_TIMEOUT (3 * HZ)

static void nfvs_birth(const struct nfvs_first *first, struct nfvs_conn *conn)
{
	if (!first->pkt->quoted) {
		first->proto->birth(first->nn, conn, first->pkt);
		return;
	}
	conn->state = 0;
	conn->timeout = NFVS_QUOTED_TIMEOUT;
}

static struct nfvs_conn *nfvs_connect(struct nfvs_first *first, struct nfvs_dest *dest,
				      __be16 dport, struct nfvs_conn *template)
{
	const struct nfvs_pkt *pkt = first->pkt;
	struct nfvs_net *nn = first->nn;
	struct nfvs_conn *conn;

	if (nfvs_is_one_packet(first)) {
		if (template)
			nfvs_conn_count_request(template);
		first->verdict = nfvs_send_once(first, dest, dport);
		return NULL;
	}
	conn = nfvs_conn_create(nn, pkt, &pkt->tuple, dest, dport);
	if (!conn) {
		first->verdict = NF_DROP;
		return NULL;
	}
	if (template) {
		refcount_inc(&template->users);
		conn->template = template;
	}
	nfvs_birth(first, conn);
	conn = nfvs_conn_publish_rcu(nn, pkt, conn);
	if (!conn)
		first->verdict = NF_DROP;
	return conn;
}

/*
 * What the client's template is found by: his network and the virtual service.  Services that
 * take several ports have one template for all of them: those by firewall mark, which stands in
 * place of the address then, those on port 0, and FTP, for the sake of its data connections.
 */
static void nfvs_template_tuple(const struct nfvs_first *first, struct nfvs_tuple *tuple)
{
	const struct nfvs_svc_key *key = &first->svc->key;
	const struct nfvs_pool *pool = first->pool;

	*tuple = first->pkt->tuple;
	tuple->template = true;
	tuple->sport = 0;
	tuple->dport = key->port == htons(NFVS_PORT_FTP) ? 0 : key->port;
	if (nfvs_tuple_is_v6(tuple))
		ipv6_addr_prefix(&tuple->src.in6, &first->pkt->tuple.src.in6,
				 (__force u32)pool->netmask);
	else
		tuple->src.ip &= pool->netmask;
	if (key->fwmark) {
		tuple->proto = IPPROTO_IP;
		memset(&tuple->dst, 0, sizeof(tuple->dst));
		tuple->dst.ip = htonl(key->fwmark);
	}
}

/* A template for a client that has none.  It names a port only where it is for one port. */
static struct nfvs_conn *nfvs_bind_anew(struct nfvs_first *first, const struct nfvs_tuple *tuple)
{
	struct nfvs_dest *dest = nfvs_pick(first);
	struct nfvs_conn *template;
	__be16 dport;

	if (!dest)
		return NULL;
	dport = tuple->dport ? dest->key.port : 0;
	template = nfvs_template_create_rcu(first->nn, first->pkt, tuple, dest, dport,
					    first->pool->timeout);
	if (!template)
		first->verdict = NF_DROP;
	return template;
}

/* The client's template, with a reference.  Each further round means that somebody ended one. */
static struct nfvs_conn *nfvs_bind_client(struct nfvs_first *first)
{
	struct nfvs_conn *template;
	struct nfvs_tuple tuple;

	nfvs_template_tuple(first, &tuple);
	do {
		template = nfvs_template_lookup_rcu(first->nn, &tuple);
		if (!template)
			template = nfvs_bind_anew(first, &tuple);
	} while (template && !nfvs_template_get(template));
	return template;
}

/* The real server's own port stands for the service's; other ports are kept. */
static struct nfvs_conn *nfvs_schedule_persistent(struct nfvs_first *first)
{
	struct nfvs_conn *template = nfvs_bind_client(first);
	__be16 dport = first->pkt->tuple.dport;
	struct nfvs_conn *conn;

	if (!template)
		return NULL;
	if (dport == first->svc->key.port && template->dest->key.port)
		dport = template->dest->key.port;
	conn = nfvs_connect(first, template->dest, dport, template);
	nfvs_template_put(first->nn, template);
	return conn;
}

static __always_inline struct nfvs_conn *nfvs_pick_and_connect(struct nfvs_first *first)
{
	struct nfvs_dest *dest = nfvs_pick(first);

	if (!dest)
		return NULL;
	return nfvs_connect(first, dest, dest->key.port ?: first->pkt->tuple.dport, NULL);
}

static struct nfvs_conn *nfvs_schedule_freely(struct nfvs_first *first)
{
	const struct nfvs_svc_key *key = &first->svc->key;

	/* Without persistence nothing would hold the ports of a client together: as in ip_vs. */
	if (!key->fwmark && key->port != first->pkt->tuple.dport) {
		first->verdict = nfvs_leave(first);
		return NULL;
	}
	return nfvs_pick_and_connect(first);
}

static bool nfvs_leads_elsewhere(const struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	if (nfvs_tuple_is_v6(&pkt->tuple))
		return ipv6_addr_type(&pkt->tuple.dst.in6) & IPV6_ADDR_UNICAST;
	return inet_addr_type(nn->net, pkt->tuple.dst.ip) == RTN_UNICAST;
}

/*
 * No real server.  A packet that was marked on its way to somebody else, such as for a cache in
 * between, may go on to where it was meant to.
 */
static struct nfvs_conn *nfvs_bypass(struct nfvs_first *first)
{
	struct nfvs_net *nn = first->nn;
	/* Pairs with smp_store_release() in nfvs_dest_enable_bypass(). */
	struct nfvs_dest *dest = smp_load_acquire(&nn->bypass);

	if (!dest || !READ_ONCE(nn->sysctls.cache_bypass) || !first->svc->key.fwmark ||
	    !nfvs_leads_elsewhere(nn, first->pkt)) {
		first->verdict = nfvs_leave(first);
		return NULL;
	}
	nfvs_count(nn, CONN_BYPASSED);
	return nfvs_connect(first, dest, 0, NULL);
}

/* What comes from FTP's data port is for a client, even if a real server is this host. */
static bool nfvs_is_ftp_data(const struct nfvs_pkt *pkt)
{
	return pkt->tuple.sport == htons(NFVS_PORT_FTP_DATA);
}

/* Whether a packet may open a connection of whichever service it is for. */
static bool nfvs_opens(const struct nfvs_first *first)
{
	if (nfvs_is_ftp_data(first->pkt))
		return false;
	return first->pkt->quoted ? nfvs_pkt_has_ports(first->pkt) :
				    first->proto->opens(first->nn, first->pkt);
}

static struct nfvs_conn *nfvs_schedule_service(struct nfvs_first *first)
{
	struct nfvs_conn *conn;

	/* An error about a packet that had no connection. */
	if (first->pkt->quoted && nfvs_is_one_packet(first))
		return NULL;
	if (nfvs_defense_drops_packet(first->nn)) {
		nfvs_count_drop(first->nn, first->pkt, DEFENSE);
		first->verdict = NF_DROP;
		return NULL;
	}
	conn = first->pool->flags & NFVS_SVC_F_PERSISTENT ? nfvs_schedule_persistent(first) :
							    nfvs_schedule_freely(first);
	return first->unserved ? nfvs_bypass(first) : conn;
}

static __always_inline void nfvs_first_init(struct nfvs_first *first, struct nfvs_net *nn,
					    const struct nfvs_pkt *pkt,
					    const struct nfvs_proto_ops *proto)
{
	first->nn = nn;
	first->pkt = pkt;
	first->proto = proto;
	first->verdict = NF_ACCEPT;
	first->unserved = false;
}

static __always_inline bool nfvs_find_service(struct nfvs_first *first)
{
	const struct nfvs_pkt *pkt = first->pkt;

	first->svc = nfvs_svc_match_rcu(first->nn, &pkt->tuple, pkt->skb->mark);
	if (!first->svc)
		return false;
	first->pool = rcu_dereference(first->svc->pool);
	return true;
}

/**
 * nfvs_schedule() - give a first packet a connection
 * @nn: namespace
 * @pkt: the packet, or as if it were one, what an ICMP error quotes, turned round
 * @proto: its protocol
 * @verdict: set if there is no connection: to accept what is not for a service, to drop what
 *	cannot be served; NF_STOLEN for what was sent without one
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the connection, or NULL.
 */
struct nfvs_conn *nfvs_schedule(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				const struct nfvs_proto_ops *proto, unsigned int *verdict)
{
	struct nfvs_conn *conn = NULL;
	struct nfvs_first first nfvs_uninitialized;

	nfvs_first_init(&first, nn, pkt, proto);
	if (nfvs_opens(&first) && nfvs_find_service(&first))
		conn = nfvs_schedule_service(&first);
	*verdict = first.verdict;
	return conn;
}

/* Whether a service asks no more of a packet than that a real server is picked for it. */
static bool nfvs_is_plain(const struct nfvs_first *first)
{
	const struct nfvs_svc_key *key = &first->svc->key;

	return !key->fwmark && key->port == first->pkt->tuple.dport &&
	       !(first->pool->flags & NFVS_SVC_F_PERSISTENT) && !nfvs_is_one_packet(first);
}

static bool nfvs_may_be_early(const struct nfvs_first *first)
{
	return nfvs_is_plain(first) &&
	       nfvs_fastpath_of(&first->nn->fastpaths, first->pool->fastpath) !=
		       NFVS_FASTPATH_OFF &&
	       nfvs_is_delivered(first->nn, first->pkt, first->svc);
}

/**
 * nfvs_schedule_early() - as nfvs_schedule(), before the stack has seen the packet
 * @nn: namespace
 * @pkt: the packet, one of UDP or of nfvs_tcp_is_first()
 * @proto: its protocol
 * @verdict: set if there is no connection: to accept, and nothing was done; or to drop
 *
 * Only where nothing is unusual: nobody could be told of anything yet.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the connection, or NULL.
 */
struct nfvs_conn *nfvs_schedule_early(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				      const struct nfvs_proto_ops *proto, unsigned int *verdict)
{
	struct nfvs_conn *conn = NULL;
	struct nfvs_first first nfvs_uninitialized;

	nfvs_first_init(&first, nn, pkt, proto);
	if (!nfvs_is_ftp_data(pkt) && nfvs_find_service(&first) && nfvs_may_be_early(&first))
		conn = nfvs_pick_and_connect(&first);
	*verdict = first.verdict;
	return conn;
}
