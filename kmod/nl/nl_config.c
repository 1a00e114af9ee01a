// SPDX-License-Identifier: GPL-2.0-only
/* Commands on the namespace as a whole: timeouts, information, counters, sync daemons. */

#include "nl/nl.h"
#include "obj/conn.h"

static int nfvs_nl_parse_timeout(u32 *timeout, const struct nlattr *attr,
				 struct netlink_ext_ack *extack)
{
	u32 seconds = attr ? nla_get_u32(attr) : 0;

	if (seconds > INT_MAX / HZ) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "timeout is too long");
		return -EINVAL;
	}
	if (seconds)
		*timeout = seconds * HZ;
	return 0;
}

/**
 * nfvs_nl_set_config_doit() - NFVS_CMD_SET_CONFIG: timeouts, 0 or absent to keep one
 * @skb: request
 * @info: request
 *
 * Return: 0 or -EINVAL, and nothing is changed.
 */
int nfvs_nl_set_config_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_timeouts *timeouts = &nn->timeouts;
	struct netlink_ext_ack *extack = info->extack;
	u32 established, fin_wait, udp;
	int err;

	mutex_lock(&nn->cfg_lock);
	established = timeouts->tcp[NFVS_TCP_ESTABLISHED];
	fin_wait = timeouts->tcp[NFVS_TCP_FIN_WAIT];
	udp = timeouts->udp;
	err = nfvs_nl_parse_timeout(&established, info->attrs[NFVS_A_TIMEOUT_TCP], extack);
	if (!err)
		err = nfvs_nl_parse_timeout(&fin_wait, info->attrs[NFVS_A_TIMEOUT_TCP_FIN], extack);
	if (!err)
		err = nfvs_nl_parse_timeout(&udp, info->attrs[NFVS_A_TIMEOUT_UDP], extack);
	if (!err) {
		WRITE_ONCE(timeouts->tcp[NFVS_TCP_ESTABLISHED], established);
		WRITE_ONCE(timeouts->tcp[NFVS_TCP_FIN_WAIT], fin_wait);
		WRITE_ONCE(timeouts->udp, udp);
	}
	mutex_unlock(&nn->cfg_lock);
	return err;
}

/**
 * nfvs_nl_get_config_doit() - NFVS_CMD_GET_CONFIG
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_get_config_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_timeouts *timeouts = &nfvs_pernet(genl_info_net(info))->timeouts;
	struct nfvs_nl_reply reply;
	int err;

	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_SET_CONFIG, NLMSG_DEFAULT_SIZE);
	if (err)
		return err;
	if (nla_put_u32(reply.msg, NFVS_A_TIMEOUT_TCP,
			READ_ONCE(timeouts->tcp[NFVS_TCP_ESTABLISHED]) / HZ) ||
	    nla_put_u32(reply.msg, NFVS_A_TIMEOUT_TCP_FIN,
			READ_ONCE(timeouts->tcp[NFVS_TCP_FIN_WAIT]) / HZ) ||
	    nla_put_u32(reply.msg, NFVS_A_TIMEOUT_UDP, READ_ONCE(timeouts->udp) / HZ)) {
		nfvs_nl_reply_cancel(&reply);
		return -EMSGSIZE;
	}
	return nfvs_nl_reply_send(&reply, info);
}

/**
 * nfvs_nl_get_info_doit() - NFVS_CMD_GET_INFO
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_get_info_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_nl_reply reply;
	int err;

	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_SET_INFO, NLMSG_DEFAULT_SIZE);
	if (err)
		return err;
	if (nla_put_u32(reply.msg, NFVS_INFO_A_VERSION, NFVS_IPVS_VERSION) ||
	    nla_put_u32(reply.msg, NFVS_INFO_A_CONN_TAB_SIZE, nfvs_conn_buckets(nn)) ||
	    nla_put_string(reply.msg, NFVS_INFO_A_MODULE, NFVS_NAME " " NFVS_VERSION) ||
	    nla_put_u64_64bit(reply.msg, NFVS_INFO_A_CONNS,
			      percpu_counter_sum_positive(&nn->conn_count), NFVS_INFO_A_PAD) ||
	    nla_put_u64_64bit(reply.msg, NFVS_INFO_A_CONN_MAX, READ_ONCE(nn->conn_max),
			      NFVS_INFO_A_PAD) ||
	    nla_put_u64_64bit(reply.msg, NFVS_INFO_A_GENERATION, atomic64_read(&nn->generation),
			      NFVS_INFO_A_PAD)) {
		nfvs_nl_reply_cancel(&reply);
		return -EMSGSIZE;
	}
	return nfvs_nl_reply_send(&reply, info);
}

static int nfvs_nl_put_counter(struct sk_buff *skb, const char *name, u64 value)
{
	struct nlattr *nest = nla_nest_start_noflag(skb, NFVS_A_COUNTER);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, NFVS_COUNTER_A_NAME, name) ||
	    nla_put_u64_64bit(skb, NFVS_COUNTER_A_VALUE, value, NFVS_COUNTER_A_PAD)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nfvs_nl_get_counters_doit() - NFVS_CMD_GET_COUNTERS
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_get_counters_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_nl_reply reply;
	enum nfvs_counter which;
	int err;

	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_GET_COUNTERS, NLMSG_GOODSIZE);
	if (err)
		return err;
	for (which = 0; which < NFVS_COUNTER_COUNT; which++) {
		err = nfvs_nl_put_counter(reply.msg, nfvs_counter_name(which),
					  nfvs_counter_read(nn->counters, which));
		if (err) {
			nfvs_nl_reply_cancel(&reply);
			return err;
		}
	}
	return nfvs_nl_reply_send(&reply, info);
}

static int nfvs_nl_parse_daemon(struct nlattr **tb, struct genl_info *info)
{
	const struct nlattr *nest = info->attrs[NFVS_A_DAEMON];
	int err;
	u32 state;

	err = nfvs_nl_parse_nest(tb, NFVS_DAEMON_A_MAX, nest, nfvs_nl_daemon_policy,
				 "a sync daemon must be named", info->extack);
	if (err)
		return err;
	if (!tb[NFVS_DAEMON_A_STATE]) {
		NL_SET_ERR_MSG_ATTR(info->extack, nest, "a sync daemon is named by its state");
		return -EINVAL;
	}
	state = nla_get_u32(tb[NFVS_DAEMON_A_STATE]);
	if (state != NFVS_DAEMON_MASTER && state != NFVS_DAEMON_BACKUP) {
		NL_SET_ERR_MSG_ATTR(info->extack, tb[NFVS_DAEMON_A_STATE],
				    "state of a sync daemon must be master or backup");
		return -EINVAL;
	}
	return 0;
}

/**
 * nfvs_nl_new_daemon_doit() - NFVS_CMD_NEW_DAEMON: there are no sync daemons to start
 * @skb: request
 * @info: request
 *
 * Return: -EINVAL or -EOPNOTSUPP.
 */
int nfvs_nl_new_daemon_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tb[NFVS_DAEMON_A_MAX + 1];
	int err = nfvs_nl_parse_daemon(tb, info);

	if (err)
		return err;
	if (!tb[NFVS_DAEMON_A_MCAST_IFN] || !tb[NFVS_DAEMON_A_SYNC_ID]) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[NFVS_A_DAEMON],
				    "a sync daemon needs interface and sync id");
		return -EINVAL;
	}
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[NFVS_A_DAEMON],
			    "connection sync is not offered by this version of nfvs");
	return -EOPNOTSUPP;
}

/**
 * nfvs_nl_del_daemon_doit() - NFVS_CMD_DEL_DAEMON: none runs
 * @skb: request
 * @info: request
 *
 * Return: -EINVAL or -ESRCH.
 */
int nfvs_nl_del_daemon_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tb[NFVS_DAEMON_A_MAX + 1];
	int err = nfvs_nl_parse_daemon(tb, info);

	if (err)
		return err;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[NFVS_A_DAEMON], "no sync daemon runs");
	return -ESRCH;
}

/**
 * nfvs_nl_get_daemon_dumpit() - NFVS_CMD_GET_DAEMON: an empty list
 * @skb: to fill
 * @cb: the dump
 *
 * Return: 0.
 */
int nfvs_nl_get_daemon_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return 0;
}
