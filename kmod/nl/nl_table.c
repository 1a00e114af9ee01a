// SPDX-License-Identifier: GPL-2.0-only
/* NFVS_CMD_GET_TABLE: services and their real servers in one dump. */

#include "nl/nl.h"

/**
 * struct nfvs_nl_filter - which part of the table is wanted
 * @svc: the only service, or NULL for all
 * @by_dest: only real servers of @addr, and services that have them
 * @by_port: only those of @port, too
 * @brief: without statistics
 * @af: family of @addr
 * @addr: address
 * @port: port
 */
struct nfvs_nl_filter {
	const struct nfvs_svc *svc;
	bool by_dest;
	bool by_port;
	bool brief;
	u16 af;
	__be16 port;
	union nf_inet_addr addr;
};

/* In cb->args: the service to go on at, whether it is there already, its last real server. */
enum {
	NFVS_TABLE_SVC,
	NFVS_TABLE_SVC_PUT, /* that service's id + 1 */
	NFVS_TABLE_DEST,
};

static int nfvs_nl_filter_dest(struct nfvs_nl_filter *filter, const struct nlattr *nest,
			       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFVS_NL_DEST_MAX + 1];
	int err;

	err = nfvs_nl_parse_nest(tb, NFVS_NL_DEST_MAX, nest, nfvs_nl_dest_policy, "", extack);
	if (err)
		return err;
	if (!tb[NFVS_DEST_A_ADDR]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "real servers are chosen by address");
		return -EINVAL;
	}
	filter->by_dest = true;
	filter->af = nla_len(tb[NFVS_DEST_A_ADDR]) == sizeof(__be32) ? AF_INET : AF_INET6;
	if (tb[NFVS_DEST_A_ADDR_FAMILY] && nla_get_u16(tb[NFVS_DEST_A_ADDR_FAMILY])) {
		err = nfvs_nl_parse_af(&filter->af, tb[NFVS_DEST_A_ADDR_FAMILY], extack);
		if (err)
			return err;
	}
	if (tb[NFVS_DEST_A_PORT]) {
		filter->by_port = true;
		filter->port = nla_get_be16(tb[NFVS_DEST_A_PORT]);
	}
	return nfvs_nl_parse_addr(&filter->addr, filter->af, tb[NFVS_DEST_A_ADDR], extack);
}

static int nfvs_nl_filter_svc(struct nfvs_nl_filter *filter, struct nfvs_net *nn,
			      const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFVS_SVC_A_MAX + 1];
	struct nfvs_svc_key key;
	int err;

	err = nfvs_nl_parse_svc_key(&key, tb, nest, extack);
	if (err)
		return err;
	filter->svc = nfvs_svc_find(nn, &key);
	return filter->svc ? 0 : -ESRCH;
}

/* -ESRCH if the service that is asked for does not exist, which is no error of the dump. */
static int nfvs_nl_parse_filter(struct nfvs_nl_filter *filter, struct nfvs_net *nn,
				struct netlink_callback *cb)
{
	const struct nlattr *svc = nlmsg_find_attr(cb->nlh, GENL_HDRLEN, NFVS_A_SERVICE);
	const struct nlattr *dest = nlmsg_find_attr(cb->nlh, GENL_HDRLEN, NFVS_A_DEST);
	const struct nlattr *brief = nlmsg_find_attr(cb->nlh, GENL_HDRLEN, NFVS_A_BRIEF);
	int err;

	memset(filter, 0, sizeof(*filter));
	filter->brief = brief && nla_get_u8(brief);
	if (svc) {
		err = nfvs_nl_filter_svc(filter, nn, svc, cb->extack);
		if (err)
			return err;
	}
	return dest ? nfvs_nl_filter_dest(filter, dest, cb->extack) : 0;
}

static bool nfvs_nl_filter_wants(const struct nfvs_nl_filter *filter, const struct nfvs_dest *dest)
{
	if (!filter->by_dest)
		return true;
	return dest->key.af == filter->af && nf_inet_addr_cmp(&dest->key.addr, &filter->addr) &&
	       (!filter->by_port || dest->key.port == filter->port);
}

static bool nfvs_nl_filter_wants_svc(const struct nfvs_nl_filter *filter,
				     const struct nfvs_svc *svc, const struct nfvs_pool *pool)
{
	u32 i;

	if (filter->svc && filter->svc != svc)
		return false;
	if (!filter->by_dest)
		return true;
	for (i = 0; i < pool->count; i++)
		if (nfvs_nl_filter_wants(filter, nfvs_pool_dest(pool, i)))
			return true;
	return false;
}

/* One message, which holds the service if @dest is NULL. */
static int nfvs_nl_put_row(struct sk_buff *skb, struct netlink_callback *cb, struct nfvs_net *nn,
			   struct nfvs_svc *svc, const struct nfvs_dest *dest, bool brief)
{
	void *hdr = nfvs_nl_dump_put(skb, cb, NFVS_CMD_GET_TABLE);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	nfvs_nl_dump_check(cb, hdr);
	err = dest ? nfvs_nl_put_dest(skb, dest, brief) : nfvs_nl_put_service(skb, nn, svc, brief);
	if (err)
		genlmsg_cancel(skb, hdr);
	else
		genlmsg_end(skb, hdr);
	return err;
}

static int nfvs_nl_put_rows(struct sk_buff *skb, struct netlink_callback *cb, struct nfvs_net *nn,
			    struct nfvs_svc *svc, const struct nfvs_nl_filter *filter)
{
	const struct nfvs_pool *pool = nfvs_svc_pool(nn, svc);
	unsigned long mark = (unsigned long)svc->id + 1;
	const struct nfvs_dest *dest;
	u32 i;

	if (cb->args[NFVS_TABLE_SVC_PUT] != mark) {
		if (!nfvs_nl_filter_wants_svc(filter, svc, pool))
			return 0;
		if (nfvs_nl_put_row(skb, cb, nn, svc, NULL, filter->brief))
			return -EMSGSIZE;
		cb->args[NFVS_TABLE_SVC_PUT] = mark;
		cb->args[NFVS_TABLE_DEST] = 0;
	}
	for (i = nfvs_nl_resume_dests(pool, cb->args[NFVS_TABLE_DEST]); i < pool->count; i++) {
		dest = nfvs_pool_dest(pool, i);
		if (!nfvs_nl_filter_wants(filter, dest))
			continue;
		if (nfvs_nl_put_row(skb, cb, nn, svc, dest, filter->brief))
			return -EMSGSIZE;
		cb->args[NFVS_TABLE_DEST] = dest->id;
	}
	return 0;
}

/**
 * nfvs_nl_get_table_dumpit() - NFVS_CMD_GET_TABLE
 * @skb: to fill
 * @cb: the dump
 *
 * Return: bytes filled, 0 at the end, or a negative errno for a filter that makes no sense.
 */
int nfvs_nl_get_table_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfvs_net *nn = nfvs_pernet(sock_net(cb->skb->sk));
	unsigned long id = cb->args[NFVS_TABLE_SVC];
	struct nfvs_nl_filter filter;
	struct nfvs_svc *svc = NULL;
	int err;

	mutex_lock(&nn->cfg_lock);
	nfvs_nl_dump_begin(cb, nn);
	err = nfvs_nl_parse_filter(&filter, nn, cb);
	if (err)
		goto out;
	id = filter.svc ? filter.svc->id : id;
	xa_for_each_start(&nn->svc_ids, id, svc, id) {
		if (nfvs_nl_put_rows(skb, cb, nn, svc, &filter) || filter.svc)
			break;
		cond_resched();
	}
	/* Past the last service, ids start above all others. */
	cb->args[NFVS_TABLE_SVC] = svc ? id : ULONG_MAX;
out:
	mutex_unlock(&nn->cfg_lock);
	return err == -ESRCH ? 0 : err ?: skb->len;
}
