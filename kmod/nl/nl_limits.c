// SPDX-License-Identifier: GPL-2.0-only
/* What nfvs can do, so that no program has to know its versions. */

#include "nl/nl.h"
#include "proto/proto.h"
#include "sched/sched.h"

#define NFVS_FWD_METHODS (BIT(NFVS_FWD_MASQ) | BIT(NFVS_FWD_TUNNEL) | BIT(NFVS_FWD_DROUTE))
#define NFVS_TUN_TYPES (BIT(NFVS_TUN_TYPE_IPIP) | BIT(NFVS_TUN_TYPE_GUE) | BIT(NFVS_TUN_TYPE_GRE))
#define NFVS_FEATURES                                                               \
	(NFVS_FEATURE_TABLE_DUMP | NFVS_FEATURE_CONN_DUMP | NFVS_FEATURE_CONN_END | \
	 NFVS_FEATURE_COUNTERS | NFVS_FEATURE_ON_REMOVAL | NFVS_FEATURE_FASTPATH |  \
	 NFVS_FEATURE_TRANSACTIONS | NFVS_FEATURE_EVENTS)

static int nfvs_nl_put_scheds(struct sk_buff *skb)
{
	const struct nfvs_sched_ops *sched;
	size_t i;

	for (i = 0; (sched = nfvs_sched_at(i)); i++)
		if (nla_put_string(skb, NFVS_LIMITS_A_SCHED_NAME, sched->name))
			return -EMSGSIZE;
	return 0;
}

static int nfvs_nl_put_protocols(struct sk_buff *skb)
{
	int proto;

	for (proto = 0; proto <= U8_MAX; proto++)
		if (nfvs_proto_lookup(proto) &&
		    nla_put_string(skb, NFVS_LIMITS_A_PROTOCOL, nfvs_proto_name(proto)))
			return -EMSGSIZE;
	return 0;
}

static int nfvs_nl_put_limits(struct sk_buff *skb)
{
	struct nlattr *nest = nla_nest_start_noflag(skb, NFVS_A_LIMITS);

	if (!nest)
		return -EMSGSIZE;
	if (nfvs_nl_put_scheds(skb) || nfvs_nl_put_protocols(skb) ||
	    nla_put_u32(skb, NFVS_LIMITS_A_FWD_METHODS, NFVS_FWD_METHODS) ||
	    nla_put_u32(skb, NFVS_LIMITS_A_TUN_TYPES, NFVS_TUN_TYPES) ||
	    nla_put_u32(skb, NFVS_LIMITS_A_FEATURES, NFVS_FEATURES)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nfvs_nl_get_limits_doit() - NFVS_CMD_GET_LIMITS
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_get_limits_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_nl_reply reply;
	int err;

	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_GET_LIMITS, NLMSG_DEFAULT_SIZE);
	if (err)
		return err;
	err = nfvs_nl_put_limits(reply.msg);
	if (err) {
		nfvs_nl_reply_cancel(&reply);
		return err;
	}
	return nfvs_nl_reply_send(&reply, info);
}
