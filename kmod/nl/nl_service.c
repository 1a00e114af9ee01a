// SPDX-License-Identifier: GPL-2.0-only
/* Commands on services. */

#include "nl/nl.h"
#include "sched/sched.h"

/* Flags that a service may have.  HASHED is ours: shown always, ignored when given. */
#define NFVS_SVC_FLAGS                                                                          \
	(NFVS_SVC_F_PERSISTENT | NFVS_SVC_F_ONEPACKET | NFVS_SVC_F_SCHED1 | NFVS_SVC_F_SCHED2 | \
	 NFVS_SVC_F_SCHED3)

/* Seconds; jiffies of more would not fit into 32 bits everywhere. */
#define NFVS_PERSISTENCE_MAX (31 * 24 * 3600)

static int nfvs_nl_put_svc_stats(struct sk_buff *skb, struct nfvs_net *nn, struct nfvs_svc *svc)
{
	struct nfvs_counts counts;

	nfvs_svc_counts(nn, svc, &counts);
	return nfvs_nl_put_stats(skb, NFVS_SVC_A_STATS, false, &counts, &svc->rate) ?:
		       nfvs_nl_put_stats(skb, NFVS_SVC_A_STATS64, true, &counts, &svc->rate);
}

/* What is as it is by default is not told. */
static int nfvs_nl_put_policy(struct sk_buff *skb, const struct nfvs_policy *policy)
{
	if (policy->on_removal != NFVS_REMOVAL_DEFAULT &&
	    nla_put_u32(skb, NFVS_SVC_A_ON_REMOVAL, policy->on_removal))
		return -EMSGSIZE;
	if (policy->fastpath != NFVS_FASTPATH_DEFAULT &&
	    nla_put_u32(skb, NFVS_SVC_A_FASTPATH, policy->fastpath))
		return -EMSGSIZE;
	return 0;
}

/* A service that packets do not find yet is told of by the name that it will have. */
static int nfvs_nl_put_svc_key(struct sk_buff *skb, const struct nfvs_svc_key *key)
{
	if (nla_put_u16(skb, NFVS_SVC_A_AF, key->af & ~NFVS_SVC_UNLISTED))
		return -EMSGSIZE;
	if (key->fwmark)
		return nla_put_u32(skb, NFVS_SVC_A_FWMARK, key->fwmark);
	return nla_put_u16(skb, NFVS_SVC_A_PROTOCOL, key->proto)		    ?:
		       nla_put(skb, NFVS_SVC_A_ADDR, sizeof(key->addr), &key->addr) ?:
		       nla_put_be16(skb, NFVS_SVC_A_PORT, key->port);
}

/**
 * nfvs_nl_put_svc_name() - append a service that may be gone
 * @skb: the message
 * @key: what it is called
 *
 * Return: 0, or -EMSGSIZE and nothing is appended.
 */
int nfvs_nl_put_svc_name(struct sk_buff *skb, const struct nfvs_svc_key *key)
{
	struct nlattr *nest = nla_nest_start_noflag(skb, NFVS_A_SERVICE);

	if (!nest)
		return -EMSGSIZE;
	if (nfvs_nl_put_svc_key(skb, key)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nfvs_nl_put_service() - append a service
 * @skb: the message
 * @nn: namespace; its cfg_lock is held
 * @svc: the service
 * @brief: without statistics
 *
 * Return: 0, or -EMSGSIZE and nothing is appended.
 */
int nfvs_nl_put_service(struct sk_buff *skb, struct nfvs_net *nn, struct nfvs_svc *svc, bool brief)
{
	const struct nfvs_flags flags = {
		.flags = svc->cfg.flags | NFVS_SVC_F_HASHED,
		.mask = ~0,
	};
	struct nlattr *nest;

	nest = nla_nest_start_noflag(skb, NFVS_A_SERVICE);
	if (!nest)
		return -EMSGSIZE;
	if (nfvs_nl_put_svc_key(skb, &svc->key) ||
	    nla_put_string(skb, NFVS_SVC_A_SCHED_NAME,
			   svc->cfg.sched ? svc->cfg.sched->name : "none") ||
	    nla_put(skb, NFVS_SVC_A_FLAGS, sizeof(flags), &flags) ||
	    nla_put_u32(skb, NFVS_SVC_A_TIMEOUT, svc->cfg.timeout) ||
	    nla_put_be32(skb, NFVS_SVC_A_NETMASK, svc->cfg.netmask) ||
	    (!brief && nfvs_nl_put_svc_stats(skb, nn, svc)) ||
	    nfvs_nl_put_policy(skb, &svc->cfg.policy))
		goto err_nest;
	nla_nest_end(skb, nest);
	return 0;

err_nest:
	nla_nest_cancel(skb, nest);
	return -EMSGSIZE;
}

static int nfvs_nl_parse_sched(const struct nfvs_sched_ops **sched, const struct nlattr *attr,
			       struct netlink_ext_ack *extack)
{
	*sched = NULL;
	if (!strcmp(nla_data(attr), "none"))
		return 0;
	*sched = nfvs_sched_find(nla_data(attr));
	if (*sched)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "no such scheduler");
	return -ENOENT;
}

/* What is not named stays. */
static int nfvs_nl_parse_policy(struct nfvs_policy *policy, struct nlattr **tb,
				struct netlink_ext_ack *extack)
{
	const struct nlattr *on_removal = tb[NFVS_SVC_A_ON_REMOVAL];
	const struct nlattr *fastpath = tb[NFVS_SVC_A_FASTPATH];

	if (on_removal && nla_get_u32(on_removal) > NFVS_REMOVAL_RESET) {
		NL_SET_ERR_MSG_ATTR(extack, on_removal, "no such policy for removed real servers");
		return -EINVAL;
	}
	if (fastpath && nla_get_u32(fastpath) > NFVS_FASTPATH_DEFAULT) {
		NL_SET_ERR_MSG_ATTR(extack, fastpath, "no such setting of the fast path");
		return -EINVAL;
	}
	if (on_removal)
		policy->on_removal = nla_get_u32(on_removal);
	if (fastpath)
		policy->fastpath = nla_get_u32(fastpath);
	return 0;
}

/* Nothing is accepted and then ignored. */
static int nfvs_nl_refuse_unsupported(const struct nfvs_svc_key *key,
				      const struct nfvs_svc_cfg *cfg, struct nlattr **tb,
				      struct netlink_ext_ack *extack)
{
	if (!key->fwmark && key->proto != IPPROTO_TCP && key->proto != IPPROTO_UDP &&
	    key->proto != IPPROTO_SCTP) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_PROTOCOL],
				    "only TCP, UDP and SCTP are balanced");
		return -EPROTONOSUPPORT;
	}
	if (cfg->timeout > NFVS_PERSISTENCE_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_TIMEOUT],
				    "persistence must not last longer than 31 days");
		return -EINVAL;
	}
	if (cfg->flags & NFVS_SVC_F_ONEPACKET && !key->fwmark && key->proto != IPPROTO_UDP) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_FLAGS],
				    "one-packet scheduling is for UDP and firewall marks only");
		return -EINVAL;
	}
	if (cfg->flags & ~NFVS_SVC_FLAGS) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_FLAGS], "unknown flags");
		return -EINVAL;
	}
	return 0;
}

/**
 * nfvs_nl_need_full_svc() - what must be there to add or edit a service
 * @tb: all attributes of the nest
 * @nest: NFVS_A_SERVICE
 * @extack: receives the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int nfvs_nl_need_full_svc(struct nlattr **tb, const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	if (tb[NFVS_SVC_A_SCHED_NAME] && tb[NFVS_SVC_A_FLAGS] && tb[NFVS_SVC_A_TIMEOUT] &&
	    tb[NFVS_SVC_A_NETMASK])
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, nest, "a service needs scheduler, flags, timeout and netmask");
	return -EINVAL;
}

/**
 * nfvs_nl_parse_svc_cfg() - parse the settings of a service
 * @cfg: result, valid
 * @key: what the service is called
 * @tb: all attributes of NFVS_A_SERVICE, with what nfvs_nl_need_full_svc() asks for
 * @old: settings that it has, or NULL if it is to be added
 * @extack: receives the reason of a failure
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_parse_svc_cfg(struct nfvs_svc_cfg *cfg, const struct nfvs_svc_key *key,
			  struct nlattr **tb, const struct nfvs_svc_cfg *old,
			  struct netlink_ext_ack *extack)
{
	struct nfvs_flags flags;
	u32 prefix;
	int err;

	nla_memcpy(&flags, tb[NFVS_SVC_A_FLAGS], sizeof(flags));
	cfg->flags = ((old ? old->flags : 0) & ~flags.mask) | (flags.flags & flags.mask);
	cfg->flags &= ~NFVS_SVC_F_HASHED;
	cfg->timeout = nla_get_u32(tb[NFVS_SVC_A_TIMEOUT]);
	cfg->netmask = nla_get_be32(tb[NFVS_SVC_A_NETMASK]);
	cfg->policy = old ? old->policy : NFVS_POLICY_DEFAULT;

	err = nfvs_nl_parse_policy(&cfg->policy, tb, extack);
	if (err)
		return err;
	err = nfvs_nl_parse_sched(&cfg->sched, tb[NFVS_SVC_A_SCHED_NAME], extack);
	if (err)
		return err;
	if (tb[NFVS_SVC_A_PE_NAME] && *(char *)nla_data(tb[NFVS_SVC_A_PE_NAME])) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_PE_NAME], "no such persistence engine");
		return -ENOENT;
	}
	prefix = (__force u32)cfg->netmask;
	if (key->af == AF_INET6 && (prefix < 1 || prefix > 128)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_NETMASK],
				    "prefix length of an IPv6 service must be 1 to 128");
		return -EINVAL;
	}
	return nfvs_nl_refuse_unsupported(key, cfg, tb, extack);
}

static int nfvs_nl_add_svc(struct nfvs_net *nn, const struct nfvs_svc_key *key, struct nlattr **tb,
			   struct netlink_ext_ack *extack)
{
	struct nfvs_svc_cfg cfg;
	int err;

	err = nfvs_nl_parse_svc_cfg(&cfg, key, tb, NULL, extack);
	if (err)
		return err;
	return nfvs_svc_add(nn, key, &cfg, extack);
}

/**
 * nfvs_nl_check_svc_fits() - whether a scheduler can deal with a service's real servers
 * @cfg: the service's new settings
 * @members: number of its real servers
 * @tb: all attributes of NFVS_A_SERVICE
 * @extack: receives the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int nfvs_nl_check_svc_fits(const struct nfvs_svc_cfg *cfg, u32 members, struct nlattr **tb,
			   struct netlink_ext_ack *extack)
{
	if (nfvs_pool_fits(cfg->sched, members))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_SCHED_NAME],
			    "the scheduler's table has no room for all real servers");
	return -EINVAL;
}

static int nfvs_nl_edit_svc(struct nfvs_net *nn, struct nfvs_svc *svc, struct nlattr **tb,
			    struct netlink_ext_ack *extack)
{
	struct nfvs_svc_cfg cfg;
	int err;

	err = nfvs_nl_parse_svc_cfg(&cfg, &svc->key, tb, &svc->cfg, extack);
	if (err)
		return err;
	err = nfvs_nl_check_svc_fits(&cfg, nfvs_svc_pool(nn, svc)->count, tb, extack);
	if (err)
		return err;
	return nfvs_svc_edit(nn, svc, &cfg, extack);
}

static int nfvs_nl_put_svc_cfg(struct genl_info *info, bool add)
{
	const struct nlattr *nest = info->attrs[NFVS_A_SERVICE];
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct netlink_ext_ack *extack = info->extack;
	struct nlattr *tb[NFVS_SVC_A_MAX + 1];
	struct nfvs_svc_key key;
	struct nfvs_svc *svc;
	int err;

	err = nfvs_nl_parse_svc_key(&key, tb, nest, extack);
	if (err)
		return err;
	err = nfvs_nl_need_full_svc(tb, nest, extack);
	if (err)
		return err;

	mutex_lock(&nn->cfg_lock);
	svc = nfvs_svc_find(nn, &key);
	if (add && svc) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "service exists");
		err = -EEXIST;
	} else if (add) {
		err = nfvs_nl_add_svc(nn, &key, tb, extack);
	} else if (svc) {
		err = nfvs_nl_edit_svc(nn, svc, tb, extack);
	} else {
		NL_SET_ERR_MSG_ATTR(extack, nest, "no such service");
		err = -ESRCH;
	}
	if (!err)
		nfvs_nl_tell(nn, info,
			     &(struct nfvs_nl_event){
				     .cmd = info->genlhdr->cmd,
				     .svc = svc ?: nfvs_svc_find(nn, &key),
			     });
	mutex_unlock(&nn->cfg_lock);
	return err;
}

/**
 * nfvs_nl_new_service_doit() - NFVS_CMD_NEW_SERVICE
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_new_service_doit(struct sk_buff *skb, struct genl_info *info)
{
	return nfvs_nl_put_svc_cfg(info, true);
}

/**
 * nfvs_nl_set_service_doit() - NFVS_CMD_SET_SERVICE
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_set_service_doit(struct sk_buff *skb, struct genl_info *info)
{
	return nfvs_nl_put_svc_cfg(info, false);
}

/**
 * nfvs_nl_del_service_doit() - NFVS_CMD_DEL_SERVICE
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_del_service_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_svc_key key;
	struct nfvs_svc *svc;

	mutex_lock(&nn->cfg_lock);
	svc = nfvs_nl_get_svc(nn, info->attrs[NFVS_A_SERVICE], info->extack);
	if (!IS_ERR(svc)) {
		key = svc->key;
		nfvs_svc_del(nn, svc);
		nfvs_nl_tell(nn, info,
			     &(struct nfvs_nl_event){
				     .cmd = NFVS_CMD_DEL_SERVICE,
				     .svc_key = &key,
			     });
	}
	mutex_unlock(&nn->cfg_lock);
	return PTR_ERR_OR_ZERO(svc);
}

/**
 * nfvs_nl_get_service_doit() - NFVS_CMD_GET_SERVICE of one service
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_get_service_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_nl_reply reply;
	struct nfvs_svc *svc;
	int err;

	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_NEW_SERVICE, NLMSG_DEFAULT_SIZE);
	if (err)
		return err;
	mutex_lock(&nn->cfg_lock);
	svc = nfvs_nl_get_svc(nn, info->attrs[NFVS_A_SERVICE], info->extack);
	err = IS_ERR(svc) ? PTR_ERR(svc) : nfvs_nl_put_service(reply.msg, nn, svc, false);
	mutex_unlock(&nn->cfg_lock);
	if (err) {
		nfvs_nl_reply_cancel(&reply);
		return err;
	}
	return nfvs_nl_reply_send(&reply, info);
}

/**
 * nfvs_nl_get_service_dumpit() - NFVS_CMD_GET_SERVICE of all services
 * @skb: to fill
 * @cb: cb->args[0] is the id to go on at
 *
 * Return: bytes filled, 0 at the end.
 */
int nfvs_nl_get_service_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfvs_net *nn = nfvs_pernet(sock_net(cb->skb->sk));
	unsigned long id = cb->args[0];
	struct nfvs_svc *svc;
	void *hdr;

	mutex_lock(&nn->cfg_lock);
	nfvs_nl_dump_begin(cb, nn);
	xa_for_each_start(&nn->svc_ids, id, svc, id) {
		hdr = nfvs_nl_dump_put(skb, cb, NFVS_CMD_NEW_SERVICE);
		if (!hdr)
			break;
		nfvs_nl_dump_check(cb, hdr);
		if (nfvs_nl_put_service(skb, nn, svc, false)) {
			genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
	}
	/* Past the last service, ids start above all others. */
	cb->args[0] = svc ? id : ULONG_MAX;
	mutex_unlock(&nn->cfg_lock);
	return skb->len;
}

/**
 * nfvs_nl_zero_doit() - NFVS_CMD_ZERO, of one service or of all
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_zero_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_svc *svc = NULL;

	mutex_lock(&nn->cfg_lock);
	if (info->attrs[NFVS_A_SERVICE])
		svc = nfvs_nl_get_svc(nn, info->attrs[NFVS_A_SERVICE], info->extack);
	if (!svc)
		nfvs_svc_zero_all(nn);
	else if (!IS_ERR(svc))
		nfvs_svc_zero(nn, svc);
	mutex_unlock(&nn->cfg_lock);
	return PTR_ERR_OR_ZERO(svc);
}

/* Before they go.  No change comes between, and flushing cannot fail. */
static void nfvs_nl_tell_flush(struct nfvs_net *nn, const struct genl_info *info)
{
	struct nfvs_nl_burst burst;
	struct nfvs_svc *svc;
	unsigned long id;

	nfvs_nl_tell_begin(&burst, nn, info, atomic64_read(&nn->generation) + 1);
	if (!burst.wanted)
		return;
	xa_for_each(&nn->svc_ids, id, svc) {
		nfvs_nl_burst_put(&burst, &(struct nfvs_nl_event){
						  .cmd = NFVS_CMD_DEL_SERVICE,
						  .svc_key = &svc->key,
					  });
		cond_resched();
	}
	nfvs_nl_burst_send(&burst);
}

/**
 * nfvs_nl_flush_doit() - NFVS_CMD_FLUSH
 * @skb: request
 * @info: request
 *
 * Return: 0.
 */
int nfvs_nl_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));

	mutex_lock(&nn->cfg_lock);
	nfvs_nl_tell_flush(nn, info);
	nfvs_svc_flush(nn);
	mutex_unlock(&nn->cfg_lock);
	return 0;
}
