// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events: messages to multicast groups.
 *
 * Many of them may come at once, of a transaction for example, so messages are gathered in a
 * buffer that listeners get when it is full, or when that is all.  What does not get to them leaves
 * a gap in the numbers.
 */

#include "nl/nl.h"
#include "obj/conn.h"

static_assert(NFVS_NL_GROUPS == NFVS_EVENT_GROUPS);

/**
 * nfvs_nl_burst_init() - begin to tell
 * @burst: some events of one group; ends with nfvs_nl_burst_send()
 * @nn: namespace
 * @group: NFVS_NL_GROUP_*
 * @gfp: how memory may be had
 *
 * Only one at a time tells a group: under a lock, or from a work item.
 *
 * Return: false if nobody listens: then nothing is told.
 */
bool nfvs_nl_burst_init(struct nfvs_nl_burst *burst, struct nfvs_net *nn, u8 group, gfp_t gfp)
{
	*burst = (struct nfvs_nl_burst){
		.nn = nn,
		.group = group,
		.gfp = gfp,
		.wanted = nfvs_nl_has_listeners(nn, group),
	};
	return burst->wanted;
}

/**
 * nfvs_nl_burst_send() - hand over what is gathered
 * @burst: begun with nfvs_nl_burst_init(); may be gone on with
 */
void nfvs_nl_burst_send(struct nfvs_nl_burst *burst)
{
	if (!burst->skb)
		return;
	nfvs_nl_multicast(burst->nn, burst->skb, burst->group, burst->gfp);
	burst->skb = NULL;
}

static int nfvs_nl_put_subject(struct sk_buff *skb, const struct nfvs_nl_burst *burst,
			       const struct nfvs_nl_event *event)
{
	if (event->svc)
		return nfvs_nl_put_service(skb, burst->nn, event->svc, true);
	return event->svc_key ? nfvs_nl_put_svc_name(skb, event->svc_key) : 0;
}

static int nfvs_nl_put_object(struct sk_buff *skb, const struct nfvs_nl_event *event)
{
	if (event->dest)
		return nfvs_nl_put_dest(skb, event->dest, true);
	if (event->dest_key)
		return nfvs_nl_put_dest_name(skb, event->dest_key);
	return event->conn ? nfvs_nl_put_conn(skb, event->conn) : 0;
}

static int nfvs_nl_put_event(struct sk_buff *skb, const struct nfvs_nl_burst *burst,
			     const struct nfvs_nl_event *event, u64 number)
{
	void *hdr = nfvs_nl_event_put(skb, event->cmd);

	if (!hdr)
		return -EMSGSIZE;
	if (nfvs_nl_put_subject(skb, burst, event) || nfvs_nl_put_object(skb, event) ||
	    (burst->generation &&
	     nla_put_u64_64bit(skb, NFVS_A_GENERATION, burst->generation, NFVS_A_PAD)) ||
	    (burst->port_id && nla_put_u32(skb, NFVS_A_PORT_ID, burst->port_id)) ||
	    nla_put_u64_64bit(skb, NFVS_A_EVENT, number, NFVS_A_PAD)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * nfvs_nl_burst_put() - tell of something
 * @burst: begun with nfvs_nl_burst_init()
 * @event: what happened
 *
 * Context: as nfvs_nl_burst.gfp allows.
 */
void nfvs_nl_burst_put(struct nfvs_nl_burst *burst, const struct nfvs_nl_event *event)
{
	u64 number;

	if (!burst->wanted)
		return;
	number = atomic64_inc_return(&burst->nn->events[burst->group]);
	if (burst->skb && !nfvs_nl_put_event(burst->skb, burst, event, number))
		return;
	nfvs_nl_burst_send(burst);
	burst->skb = nlmsg_new(NLMSG_GOODSIZE, burst->gfp);
	if (burst->skb && !nfvs_nl_put_event(burst->skb, burst, event, number))
		return;
	nlmsg_free(burst->skb);
	burst->skb = NULL;
	nfvs_nl_multicast_lost(burst->nn, burst->group);
}

/**
 * nfvs_nl_tell_begin() - begin to tell of changes that a request makes
 * @burst: ends with nfvs_nl_burst_send(), under the same hold of the lock
 * @nn: namespace; its cfg_lock is held
 * @info: the request
 * @generation: to which the changes lead
 */
void nfvs_nl_tell_begin(struct nfvs_nl_burst *burst, struct nfvs_net *nn,
			const struct genl_info *info, u64 generation)
{
	lockdep_assert_held(&nn->cfg_lock);
	nfvs_nl_burst_init(burst, nn, NFVS_NL_GROUP_CONFIG, GFP_KERNEL);
	burst->generation = generation;
	burst->port_id = info->snd_portid;
}

/**
 * nfvs_nl_tell() - tell of one change that a request has made
 * @nn: namespace; its cfg_lock is held
 * @info: the request
 * @event: the change
 */
void nfvs_nl_tell(struct nfvs_net *nn, const struct genl_info *info,
		  const struct nfvs_nl_event *event)
{
	struct nfvs_nl_burst burst;

	nfvs_nl_tell_begin(&burst, nn, info, atomic64_read(&nn->generation));
	nfvs_nl_burst_put(&burst, event);
	nfvs_nl_burst_send(&burst);
}

static void nfvs_nl_overload(struct nfvs_net *nn, const struct nfvs_dest *dest)
{
	const struct nfvs_nl_event event = {
		.cmd = NFVS_CMD_OVERLOAD,
		.svc_key = &dest->key.svc,
		.dest = dest,
	};
	struct nfvs_nl_burst burst;

	if (!nfvs_nl_burst_init(&burst, nn, NFVS_NL_GROUP_OVERLOAD, GFP_ATOMIC))
		return;
	/* Numbers arrive in their order. */
	spin_lock(&nn->overload_lock);
	nfvs_nl_burst_put(&burst, &event);
	nfvs_nl_burst_send(&burst);
	spin_unlock(&nn->overload_lock);
}

static bool nfvs_nl_conns_begin(struct nfvs_net *nn)
{
	struct nfvs_nl_burst *burst;

	if (!nfvs_nl_has_listeners(nn, NFVS_NL_GROUP_CONN))
		return false;
	burst = kmalloc(sizeof(*burst), GFP_KERNEL);
	if (!burst) {
		atomic64_inc(&nn->events[NFVS_NL_GROUP_CONN]);
		nfvs_nl_multicast_lost(nn, NFVS_NL_GROUP_CONN);
		return false;
	}
	nfvs_nl_burst_init(burst, nn, NFVS_NL_GROUP_CONN, GFP_ATOMIC);
	nn->conn_events = burst;
	return true;
}

static void nfvs_nl_conn_event(struct nfvs_net *nn, const struct nfvs_conn *conn, bool ended)
{
	const struct nfvs_nl_event event = {
		.cmd = ended ? NFVS_CMD_DEL_CONN : NFVS_CMD_NEW_CONN,
		.conn = conn,
	};

	nfvs_nl_burst_put(nn->conn_events, &event);
}

static void nfvs_nl_conns_end(struct nfvs_net *nn)
{
	nfvs_nl_burst_send(nn->conn_events);
	kfree(nn->conn_events);
	nn->conn_events = NULL;
}

const struct nfvs_event_ops nfvs_nl_event_ops = {
	.overload = nfvs_nl_overload,
	.conns_begin = nfvs_nl_conns_begin,
	.conn = nfvs_nl_conn_event,
	.conns_end = nfvs_nl_conns_end,
};
