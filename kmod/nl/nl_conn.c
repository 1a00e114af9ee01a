// SPDX-License-Identifier: GPL-2.0-only
/* Commands on connections: list them, end them, all or those that match. */

#include <linux/inetdevice.h>
#include <net/ipv6.h>

#include "nl/nl.h"
#include "obj/conn.h"
#include "obj/conn_walk.h"
#include "proto/proto.h"

/**
 * struct nfvs_nl_prefix - addresses that are meant
 * @af: their family, 0 for all addresses
 * @bits: how many leading bits count
 * @addr: address
 */
struct nfvs_nl_prefix {
	u16 af;
	u8 bits;
	union nf_inet_addr addr;
};

/**
 * struct nfvs_nl_conn_filter - connections that are meant
 * @tb: the request's attributes; those that are there are to match
 * @af: family, or 0 for both
 * @client: client's address
 * @virt: virtual address
 * @dest: real server's address
 */
struct nfvs_nl_conn_filter {
	struct nlattr *tb[NFVS_CONN_A_MAX + 1];
	u16 af;
	struct nfvs_nl_prefix client;
	struct nfvs_nl_prefix virt;
	struct nfvs_nl_prefix dest;
};

static int nfvs_nl_parse_prefix(struct nfvs_nl_prefix *prefix, u16 af, const struct nlattr *addr,
				const struct nlattr *bits, struct netlink_ext_ack *extack)
{
	u8 most = af == AF_INET6 ? 128 : 32;
	int err;

	if (!addr && bits) {
		NL_SET_ERR_MSG_ATTR(extack, bits, "a prefix needs its address");
		return -EINVAL;
	}
	if (!addr)
		return 0;
	if (!af) {
		NL_SET_ERR_MSG_ATTR(extack, addr, "an address needs its family");
		return -EINVAL;
	}
	err = nfvs_nl_parse_addr(&prefix->addr, af, addr, extack);
	if (err)
		return err;
	prefix->af = af;
	prefix->bits = bits ? nla_get_u8(bits) : most;
	if (prefix->bits <= most)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, bits, "prefix is longer than an address");
	return -EINVAL;
}

/* What is passed over would have other connections ended than were meant. */
static int nfvs_nl_refuse_unchosen(struct nlattr *const *tb, struct netlink_ext_ack *extack)
{
	static const u8 shown[] = {
		NFVS_CONN_A_EXPIRES, NFVS_CONN_A_FWD_METHOD, NFVS_CONN_A_FWMARK,
		NFVS_CONN_A_PE_NAME, NFVS_CONN_A_PE_DATA,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shown); i++) {
		if (!tb[shown[i]])
			continue;
		NL_SET_ERR_MSG_ATTR(extack, tb[shown[i]], "connections are not chosen by this");
		return -EINVAL;
	}
	if (!tb[NFVS_CONN_A_DEST_AF] || tb[NFVS_CONN_A_DEST_ADDR])
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_CONN_A_DEST_AF], "a family needs its address");
	return -EINVAL;
}

static int nfvs_nl_parse_conn_filter(struct nfvs_nl_conn_filter *filter, const struct nlattr *nest,
				     struct netlink_ext_ack *extack)
{
	struct nlattr **tb = filter->tb;
	u16 dest_af;
	int err;

	memset(filter, 0, sizeof(*filter));
	if (!nest)
		return 0;
	err = nla_parse_nested(tb, NFVS_CONN_A_MAX, nest, nfvs_nl_conn_policy, extack);
	if (err)
		return err;
	err = nfvs_nl_refuse_unchosen(tb, extack);
	if (err)
		return err;
	if (tb[NFVS_CONN_A_AF]) {
		err = nfvs_nl_parse_af(&filter->af, tb[NFVS_CONN_A_AF], extack);
		if (err)
			return err;
	}
	dest_af = filter->af;
	if (tb[NFVS_CONN_A_DEST_AF]) {
		err = nfvs_nl_parse_af(&dest_af, tb[NFVS_CONN_A_DEST_AF], extack);
		if (err)
			return err;
	}
	err = nfvs_nl_parse_prefix(&filter->client, filter->af, tb[NFVS_CONN_A_CLIENT_ADDR],
				   tb[NFVS_CONN_A_CLIENT_PREFIX], extack);
	if (err)
		return err;
	err = nfvs_nl_parse_prefix(&filter->virt, filter->af, tb[NFVS_CONN_A_VIRTUAL_ADDR],
				   tb[NFVS_CONN_A_VIRTUAL_PREFIX], extack);
	if (err)
		return err;
	return nfvs_nl_parse_prefix(&filter->dest, dest_af, tb[NFVS_CONN_A_DEST_ADDR],
				    tb[NFVS_CONN_A_DEST_PREFIX], extack);
}

static bool nfvs_nl_addr_matches(const struct nfvs_nl_prefix *prefix, u8 af, const void *addr)
{
	if (!prefix->af)
		return true;
	if (prefix->af != af)
		return false;
	if (af == AF_INET6)
		return ipv6_prefix_equal(addr, &prefix->addr.in6, prefix->bits);
	return !((*(const __be32 *)addr ^ prefix->addr.ip) & inet_make_mask(prefix->bits));
}

static bool nfvs_nl_port_matches(const struct nlattr *attr, __be16 port)
{
	return !attr || nla_get_be16(attr) == port;
}

static bool nfvs_nl_state_matches(const struct nlattr *attr, const struct nfvs_conn *conn)
{
	return !attr || !strcmp(nla_data(attr), nfvs_proto_state_name(conn));
}

static bool nfvs_nl_conn_matches(const struct nfvs_nl_conn_filter *filter,
				 const struct nfvs_conn *conn)
{
	struct nlattr *const *tb = filter->tb;

	if (filter->af && filter->af != conn->af)
		return false;
	if (tb[NFVS_CONN_A_PROTOCOL] && nla_get_u16(tb[NFVS_CONN_A_PROTOCOL]) != conn->proto)
		return false;
	return nfvs_nl_port_matches(tb[NFVS_CONN_A_CLIENT_PORT], conn->cport) &&
	       nfvs_nl_port_matches(tb[NFVS_CONN_A_VIRTUAL_PORT], conn->vport) &&
	       nfvs_nl_port_matches(tb[NFVS_CONN_A_DEST_PORT], conn->dport) &&
	       nfvs_nl_addr_matches(&filter->client, conn->af, nfvs_conn_caddr(conn)) &&
	       nfvs_nl_addr_matches(&filter->virt, conn->af, nfvs_conn_vaddr(conn)) &&
	       nfvs_nl_addr_matches(&filter->dest, nfvs_conn_daf(conn), nfvs_conn_daddr(conn)) &&
	       nfvs_nl_state_matches(tb[NFVS_CONN_A_STATE_NAME], conn);
}

static int nfvs_nl_put_addr(struct sk_buff *skb, int attr, u8 af, const void *addr)
{
	union nf_inet_addr padded = {};

	memcpy(&padded, addr, af == AF_INET6 ? sizeof(padded.in6) : sizeof(padded.ip));
	return nla_put(skb, attr, sizeof(padded), &padded);
}

/**
 * nfvs_nl_put_conn() - append a connection
 * @skb: the message
 * @conn: the connection
 *
 * Context: @conn cannot be freed.
 * Return: 0, or -EMSGSIZE and nothing is appended.
 */
int nfvs_nl_put_conn(struct sk_buff *skb, const struct nfvs_conn *conn)
{
	const struct nfvs_dest *dest = conn->dest;
	struct nlattr *nest;

	nest = nla_nest_start_noflag(skb, NFVS_A_CONN);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u16(skb, NFVS_CONN_A_AF, conn->af) ||
	    nla_put_u16(skb, NFVS_CONN_A_PROTOCOL, conn->proto) ||
	    nfvs_nl_put_addr(skb, NFVS_CONN_A_CLIENT_ADDR, conn->af, nfvs_conn_caddr(conn)) ||
	    nla_put_be16(skb, NFVS_CONN_A_CLIENT_PORT, conn->cport) ||
	    nfvs_nl_put_addr(skb, NFVS_CONN_A_VIRTUAL_ADDR, conn->af, nfvs_conn_vaddr(conn)) ||
	    nla_put_be16(skb, NFVS_CONN_A_VIRTUAL_PORT, conn->vport) ||
	    nla_put_u16(skb, NFVS_CONN_A_DEST_AF, nfvs_conn_daf(conn)) ||
	    nfvs_nl_put_addr(skb, NFVS_CONN_A_DEST_ADDR, nfvs_conn_daf(conn),
			     nfvs_conn_daddr(conn)) ||
	    nla_put_be16(skb, NFVS_CONN_A_DEST_PORT, conn->dport) ||
	    nla_put_string(skb, NFVS_CONN_A_STATE_NAME, nfvs_proto_state_name(conn)) ||
	    nla_put_u32(skb, NFVS_CONN_A_EXPIRES, nfvs_conn_expires(conn)) ||
	    nla_put_u32(skb, NFVS_CONN_A_FWD_METHOD, conn->fwd) ||
	    nla_put_u32(skb, NFVS_CONN_A_FWMARK, dest->key.svc.fwmark)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int nfvs_nl_dump_conn(struct sk_buff *skb, struct netlink_callback *cb,
			     const struct nfvs_conn *conn)
{
	void *hdr = nfvs_nl_dump_put(skb, cb, NFVS_CMD_GET_CONN);

	if (!hdr)
		return -EMSGSIZE;
	if (nfvs_nl_put_conn(skb, conn)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/*
 * -EMSGSIZE when @skb is full; @walk then stands at what did not fit.  That is a bucket as a whole,
 * unless one fills a message: what ends until the next message would have others take its place.
 */
static int nfvs_nl_dump_bucket(struct sk_buff *skb, struct netlink_callback *cb,
			       struct nfvs_net *nn, const struct nfvs_nl_conn_filter *filter,
			       struct nfvs_conn_walk *walk)
{
	struct nfvs_conn *found[NFVS_WALK_BATCH];
	struct nfvs_conn_walk before = *walk;
	unsigned int len = skb->len;
	u32 count, i;

	count = nfvs_conn_walk_step_rcu(nn, walk, found);
	for (i = 0; i < count; i++) {
		if (!nfvs_nl_conn_matches(filter, found[i]))
			continue;
		if (nfvs_nl_dump_conn(skb, cb, found[i])) {
			*walk = before;
			if (len)
				skb_trim(skb, len);
			else
				walk->skip += i;
			return -EMSGSIZE;
		}
	}
	return 0;
}

/* In cb->args: struct nfvs_conn_walk. */
enum {
	NFVS_CONNS_BUCKET,
	NFVS_CONNS_SKIP,
	NFVS_CONNS_DONE,
};

/**
 * nfvs_nl_get_conn_dumpit() - NFVS_CMD_GET_CONN
 * @skb: to fill
 * @cb: the dump
 *
 * Return: bytes filled, 0 at the end, or a negative errno for a filter that makes no sense.
 */
int nfvs_nl_get_conn_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfvs_net *nn = nfvs_pernet(sock_net(cb->skb->sk));
	struct nfvs_conn_walk walk = {
		.bucket = cb->args[NFVS_CONNS_BUCKET],
		.skip = cb->args[NFVS_CONNS_SKIP],
		.done = cb->args[NFVS_CONNS_DONE],
	};
	const struct nlattr *nest = nlmsg_find_attr(cb->nlh, GENL_HDRLEN, NFVS_A_CONN);
	struct nfvs_nl_conn_filter filter;
	int err;

	err = nfvs_nl_parse_conn_filter(&filter, nest, cb->extack);
	if (err)
		return err;
	while (!err && !walk.done) {
		rcu_read_lock();
		err = nfvs_nl_dump_bucket(skb, cb, nn, &filter, &walk);
		rcu_read_unlock();
		cond_resched();
	}
	cb->args[NFVS_CONNS_BUCKET] = walk.bucket;
	cb->args[NFVS_CONNS_SKIP] = walk.skip;
	cb->args[NFVS_CONNS_DONE] = walk.done;
	return skb->len;
}

static bool nfvs_nl_condemn(struct nfvs_net *nn, const struct nfvs_conn *conn, const void *filter)
{
	return nfvs_nl_conn_matches(filter, conn);
}

/**
 * nfvs_nl_del_conn_doit() - NFVS_CMD_DEL_CONN
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_del_conn_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_nl_conn_filter filter;
	struct nfvs_conn_walk walk = {};
	struct nfvs_nl_reply reply;
	u32 killed = 0;
	int err;

	if (!info->attrs[NFVS_A_CONN]) {
		NL_SET_ERR_MSG(info->extack, "the connections to end must be named");
		return -EINVAL;
	}
	err = nfvs_nl_parse_conn_filter(&filter, info->attrs[NFVS_A_CONN], info->extack);
	if (err)
		return err;
	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_DEL_CONN, NLMSG_DEFAULT_SIZE);
	if (err)
		return err;
	while (!walk.done) {
		rcu_read_lock();
		killed += nfvs_conn_walk_kill_rcu(nn, &walk, nfvs_nl_condemn, &filter);
		rcu_read_unlock();
		cond_resched();
	}
	nfvs_count_n(nn, CONN_FLUSHED, killed);
	if (nla_put_u32(reply.msg, NFVS_A_COUNT, killed)) {
		nfvs_nl_reply_cancel(&reply);
		return -EMSGSIZE;
	}
	return nfvs_nl_reply_send(&reply, info);
}
