// SPDX-License-Identifier: GPL-2.0-only
/* Commands on real servers. */

#include <linux/inetdevice.h>
#include <net/addrconf.h>
#include <net/route.h>

#include "compat.h"
#include "nl/nl.h"
#include "obj/rates.h"
#include "obj/real.h"

static int nfvs_nl_put_dest_stats(struct sk_buff *skb, const struct nfvs_dest *dest)
{
	const struct nfvs_rate *rate = &nfvs_dest_tally(dest)->rate;
	struct nfvs_counts counts;

	nfvs_dest_counts(dest, &counts, NULL);
	return nfvs_nl_put_stats(skb, NFVS_DEST_A_STATS, false, &counts, rate) ?:
		       nfvs_nl_put_stats(skb, NFVS_DEST_A_STATS64, true, &counts, rate);
}

/**
 * nfvs_nl_put_dest_name() - append a real server that may be gone
 * @skb: the message
 * @key: what it is called
 *
 * Return: 0, or -EMSGSIZE and nothing is appended.
 */
int nfvs_nl_put_dest_name(struct sk_buff *skb, const struct nfvs_dest_key *key)
{
	struct nlattr *nest = nla_nest_start_noflag(skb, NFVS_A_DEST);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put(skb, NFVS_DEST_A_ADDR, sizeof(key->addr), &key->addr) ||
	    nla_put_be16(skb, NFVS_DEST_A_PORT, key->port) ||
	    nla_put_u16(skb, NFVS_DEST_A_ADDR_FAMILY, key->af)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nfvs_nl_put_dest() - append a real server
 * @skb: the message
 * @dest: the real server; its namespace's cfg_lock is held
 * @brief: without statistics
 *
 * Return: 0, or -EMSGSIZE and nothing is appended.
 */
int nfvs_nl_put_dest(struct sk_buff *skb, const struct nfvs_dest *dest, bool brief)
{
	const struct nfvs_dest_cfg *cfg = &dest->cfg;
	struct nlattr *nest;

	nest = nla_nest_start_noflag(skb, NFVS_A_DEST);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put(skb, NFVS_DEST_A_ADDR, sizeof(dest->key.addr), &dest->key.addr) ||
	    nla_put_be16(skb, NFVS_DEST_A_PORT, dest->key.port) ||
	    nla_put_u32(skb, NFVS_DEST_A_FWD_METHOD, cfg->fwd) ||
	    nla_put_u32(skb, NFVS_DEST_A_WEIGHT, cfg->weight) ||
	    nla_put_u8(skb, NFVS_DEST_A_TUN_TYPE, cfg->tunnel.type) ||
	    nla_put_be16(skb, NFVS_DEST_A_TUN_PORT, cfg->tunnel.port) ||
	    nla_put_u16(skb, NFVS_DEST_A_TUN_FLAGS, cfg->tunnel.flags) ||
	    nla_put_u32(skb, NFVS_DEST_A_U_THRESH, cfg->u_thresh) ||
	    nla_put_u32(skb, NFVS_DEST_A_L_THRESH, cfg->l_thresh) ||
	    nla_put_u32(skb, NFVS_DEST_A_ACTIVE_CONNS, nfvs_dest_active(dest)) ||
	    nla_put_u32(skb, NFVS_DEST_A_INACT_CONNS, nfvs_dest_inactive(dest)) ||
	    nla_put_u32(skb, NFVS_DEST_A_PERSIST_CONNS, atomic_read(&dest->templates)) ||
	    nla_put_u16(skb, NFVS_DEST_A_ADDR_FAMILY, dest->key.af) ||
	    (!brief && nfvs_nl_put_dest_stats(skb, dest)) ||
	    (READ_ONCE(dest->overloaded) && nla_put_u8(skb, NFVS_DEST_A_OVERLOADED, 1))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * nfvs_nl_parse_dest_key() - parse what identifies a real server
 * @req: result: &nfvs_nl_dest.key and all attributes
 * @svc: what its service is called
 * @nest: NFVS_A_DEST, or NULL if the message has none
 * @extack: receives the reason of a failure
 *
 * Return: 0, -EINVAL or -EAFNOSUPPORT.
 */
int nfvs_nl_parse_dest_key(struct nfvs_nl_dest *req, const struct nfvs_svc_key *svc,
			   const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct nlattr **tb = req->tb;
	int err;

	err = nfvs_nl_parse_nest(tb, NFVS_NL_DEST_MAX, nest, nfvs_nl_dest_policy,
				 "a real server must be named", extack);
	if (err)
		return err;
	if (!tb[NFVS_DEST_A_ADDR] || !tb[NFVS_DEST_A_PORT]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "a real server is named by address and port");
		return -EINVAL;
	}

	memset(&req->key, 0, sizeof(req->key));
	req->key.svc = *svc;
	req->key.af = svc->af;
	req->key.port = nla_get_be16(tb[NFVS_DEST_A_PORT]);
	if (tb[NFVS_DEST_A_ADDR_FAMILY] && nla_get_u16(tb[NFVS_DEST_A_ADDR_FAMILY])) {
		err = nfvs_nl_parse_af(&req->key.af, tb[NFVS_DEST_A_ADDR_FAMILY], extack);
		if (err)
			return err;
	}
	return nfvs_nl_parse_addr(&req->key.addr, req->key.af, tb[NFVS_DEST_A_ADDR], extack);
}

/* As ip_vs wants it.  Items of transactions may leave out all but the forwarding method. */
static int nfvs_nl_need_full_dest(struct nlattr **tb, const struct nlattr *nest,
				  struct netlink_ext_ack *extack)
{
	if (tb[NFVS_DEST_A_FWD_METHOD] && tb[NFVS_DEST_A_WEIGHT] && tb[NFVS_DEST_A_U_THRESH] &&
	    tb[NFVS_DEST_A_L_THRESH])
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, nest,
			    "a real server needs forwarding method, weight and thresholds");
	return -EINVAL;
}

static u32 nfvs_nl_u32_or(const struct nlattr *attr, u32 otherwise)
{
	return attr ? nla_get_u32(attr) : otherwise;
}

static int nfvs_nl_check_fwd(const struct nfvs_nl_dest *req, struct netlink_ext_ack *extack)
{
	const struct nlattr *fwd = req->tb[NFVS_DEST_A_FWD_METHOD];

	if (req->cfg.fwd != NFVS_FWD_TUNNEL && req->key.af != req->key.svc.af) {
		NL_SET_ERR_MSG_ATTR(extack, req->tb[NFVS_DEST_A_ADDR_FAMILY],
				    "only a tunnel leads to another address family");
		return -EINVAL;
	}
	switch (req->cfg.fwd) {
	case NFVS_FWD_MASQ:
	case NFVS_FWD_TUNNEL:
	case NFVS_FWD_DROUTE:
		return 0;
	default:
		NL_SET_ERR_MSG_ATTR(extack, fwd, "forwarding method must be NAT, tunnel or DR");
		return -EOPNOTSUPP;
	}
}

/* What each type of tunnel may be told about checksums: none, over all, by the receiver. */
static const u16 nfvs_nl_tunnel_flags[] = {
	[NFVS_TUN_TYPE_IPIP] = NFVS_TUN_NOCSUM,
	[NFVS_TUN_TYPE_GUE] = NFVS_TUN_CSUM | NFVS_TUN_REMCSUM,
	[NFVS_TUN_TYPE_GRE] = NFVS_TUN_CSUM,
};

/* Connections may be tunneled even if the method is another one now, so these always count. */
static int nfvs_nl_parse_tunnel(union nfvs_tunnel *tunnel, struct nlattr **tb,
				struct netlink_ext_ack *extack)
{
	const struct nlattr *type = tb[NFVS_DEST_A_TUN_TYPE];
	const struct nlattr *port = tb[NFVS_DEST_A_TUN_PORT];
	const struct nlattr *flags = tb[NFVS_DEST_A_TUN_FLAGS];

	tunnel->type = type ? nla_get_u8(type) : NFVS_TUN_TYPE_IPIP;
	tunnel->port = port ? nla_get_be16(port) : 0;
	tunnel->flags = 0;
	if (tunnel->type >= ARRAY_SIZE(nfvs_nl_tunnel_flags)) {
		NL_SET_ERR_MSG_ATTR(extack, type, "a tunnel must be by IPIP, GUE or GRE");
		return -EINVAL;
	}
	if (tunnel->type == NFVS_TUN_TYPE_GUE && !tunnel->port) {
		NL_SET_ERR_MSG_ATTR(extack, port ?: type, "a tunnel by GUE needs a port");
		return -EINVAL;
	}
	if (tunnel->type != NFVS_TUN_TYPE_GUE && tunnel->port) {
		NL_SET_ERR_MSG_ATTR(extack, port, "only a tunnel by GUE has a port");
		return -EINVAL;
	}
	if (!flags)
		return 0;
	if (nla_get_u16(flags) & ~nfvs_nl_tunnel_flags[tunnel->type]) {
		NL_SET_ERR_MSG_ATTR(extack, flags, "a tunnel of this type has no such checksum");
		return -EINVAL;
	}
	tunnel->flags = nla_get_u16(flags);
	return 0;
}

/**
 * nfvs_nl_parse_dest_cfg() - parse the settings of a real server; what is left out has its default
 * @req: with its key and attributes; result: &nfvs_nl_dest.cfg, valid
 * @nest: NFVS_A_DEST
 * @extack: receives the reason of a failure
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_parse_dest_cfg(struct nfvs_nl_dest *req, const struct nlattr *nest,
			   struct netlink_ext_ack *extack)
{
	struct nfvs_dest_cfg *cfg = &req->cfg;
	struct nlattr **tb = req->tb;
	int err;

	if (!tb[NFVS_DEST_A_FWD_METHOD]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "a real server needs a forwarding method");
		return -EINVAL;
	}
	*cfg = (struct nfvs_dest_cfg){
		.fwd = nla_get_u32(tb[NFVS_DEST_A_FWD_METHOD]) & NFVS_FWD_MASK,
		.weight = (s32)nfvs_nl_u32_or(tb[NFVS_DEST_A_WEIGHT], 1),
		.u_thresh = nfvs_nl_u32_or(tb[NFVS_DEST_A_U_THRESH], 0),
		.l_thresh = nfvs_nl_u32_or(tb[NFVS_DEST_A_L_THRESH], 0),
	};

	err = nfvs_nl_check_fwd(req, extack);
	if (err)
		return err;
	err = nfvs_nl_parse_tunnel(&cfg->tunnel, tb, extack);
	if (err)
		return err;
	if (cfg->weight < 0) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_DEST_A_WEIGHT], "weight must not be negative");
		return -ERANGE;
	}
	if (cfg->l_thresh > cfg->u_thresh) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_DEST_A_L_THRESH],
				    "lower threshold must not be above the upper one");
		return -ERANGE;
	}
	if (cfg->u_thresh > INT_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_DEST_A_U_THRESH],
				    "upper threshold must not be above 2147483647");
		return -EINVAL;
	}
	return 0;
}

/*
 * Until a namespace has its first address it has no table of addresses, and all are taken for
 * broadcast then, even the one of loopback.
 */
static bool nfvs_nl_knows_addresses(struct net *net)
{
	return inet_addr_type(net, htonl(INADDR_LOOPBACK)) != RTN_BROADCAST;
}

static bool nfvs_nl_is_unicast_v4(struct net *net, __be32 addr)
{
	switch (inet_addr_type(net, addr)) {
	case RTN_LOCAL:
	case RTN_UNICAST:
		return true;
	case RTN_BROADCAST:
		/* At boot, services are there before the network is. */
		return !ipv4_is_zeronet(addr) && !ipv4_is_lbcast(addr) &&
		       !nfvs_nl_knows_addresses(net);
	default:
		return false;
	}
}

static bool nfvs_nl_is_unicast(struct net *net, const struct nfvs_dest_key *key)
{
	int type;

	if (key->af == AF_INET)
		return nfvs_nl_is_unicast_v4(net, key->addr.ip);
	type = ipv6_addr_type(&key->addr.in6);
	if (type & IPV6_ADDR_UNICAST && !(type & IPV6_ADDR_LINKLOCAL))
		return true;
	return ipv6_chk_addr(net, &key->addr.in6, NULL, 0);
}

/**
 * nfvs_nl_check_dest_room() - whether a service may have one more real server
 * @req: the real server, parsed
 * @sched: the service's scheduler, or NULL
 * @members: number of real servers that the service has
 * @extack: receives the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int nfvs_nl_check_dest_room(const struct nfvs_nl_dest *req, const struct nfvs_sched_ops *sched,
			    u32 members, struct netlink_ext_ack *extack)
{
	if (nfvs_pool_fits(sched, members + 1))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, req->tb[NFVS_DEST_A_ADDR],
			    "the scheduler's table has no room for one more real server");
	return -EINVAL;
}

/**
 * nfvs_nl_check_dest_addr() - whether a real server may have its address
 * @nn: namespace
 * @req: the real server, parsed
 * @extack: receives the reason of a failure
 *
 * It takes longer to ask for that than to find a real server that has the address already, and
 * whoever added that one has asked.
 *
 * Return: 0 or -EINVAL.
 */
int nfvs_nl_check_dest_addr(struct nfvs_net *nn, const struct nfvs_nl_dest *req,
			    struct netlink_ext_ack *extack)
{
	if (nfvs_nl_is_unicast(nn->net, &req->key))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, req->tb[NFVS_DEST_A_ADDR],
			    "address of a real server must be unicast");
	return -EINVAL;
}

static int nfvs_nl_add_dest(struct nfvs_net *nn, struct nfvs_svc *svc,
			    const struct nfvs_nl_dest *req, struct netlink_ext_ack *extack)
{
	int err =
		nfvs_nl_check_dest_room(req, svc->cfg.sched, nfvs_svc_pool(nn, svc)->count, extack);

	if (!err && !nfvs_real_is_known(nn, &req->key))
		err = nfvs_nl_check_dest_addr(nn, req, extack);
	return err ?: nfvs_svc_add_dest(nn, svc, &req->key, &req->cfg, extack);
}

static int nfvs_nl_change_dest(struct nfvs_net *nn, struct nfvs_svc *svc,
			       const struct nfvs_nl_dest *req, u8 cmd, const struct nlattr *nest,
			       struct netlink_ext_ack *extack)
{
	struct nfvs_dest *dest = nfvs_svc_find_dest(nn, &req->key);

	if (cmd == NFVS_CMD_NEW_DEST) {
		if (!dest)
			return nfvs_nl_add_dest(nn, svc, req, extack);
		NL_SET_ERR_MSG_ATTR(extack, nest, "real server exists");
		return -EEXIST;
	}
	if (!dest) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "no such real server");
		return -ENOENT;
	}
	if (cmd == NFVS_CMD_SET_DEST)
		return nfvs_svc_edit_dest(nn, svc, dest, &req->cfg, extack);
	return nfvs_svc_del_dest(nn, svc, dest, extack);
}

static int nfvs_nl_dest_locked(struct nfvs_net *nn, struct genl_info *info)
{
	const struct nlattr *nest = info->attrs[NFVS_A_DEST];
	struct netlink_ext_ack *extack = info->extack;
	u8 cmd = info->genlhdr->cmd;
	struct nfvs_nl_dest req nfvs_uninitialized;
	struct nfvs_nl_event event = { .cmd = cmd, .dest_key = &req.key };
	struct nfvs_svc *svc;
	int err;

	lockdep_assert_held(&nn->cfg_lock);
	svc = nfvs_nl_get_svc(nn, info->attrs[NFVS_A_SERVICE], extack);
	if (IS_ERR(svc))
		return PTR_ERR(svc);
	err = nfvs_nl_parse_dest_key(&req, &svc->key, nest, extack);
	if (err)
		return err;
	if (cmd != NFVS_CMD_DEL_DEST) {
		err = nfvs_nl_need_full_dest(req.tb, nest, extack) ?:
			      nfvs_nl_parse_dest_cfg(&req, nest, extack);
		if (err)
			return err;
	}
	err = nfvs_nl_change_dest(nn, svc, &req, cmd, nest, extack);
	if (err)
		return err;
	event.svc_key = &svc->key;
	if (cmd != NFVS_CMD_DEL_DEST)
		event.dest = nfvs_svc_find_dest(nn, &req.key);
	nfvs_nl_tell(nn, info, &event);
	return 0;
}

static int nfvs_nl_dest(struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	int err;

	mutex_lock(&nn->cfg_lock);
	err = nfvs_nl_dest_locked(nn, info);
	mutex_unlock(&nn->cfg_lock);
	return err;
}

/**
 * nfvs_nl_new_dest_doit() - NFVS_CMD_NEW_DEST
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_new_dest_doit(struct sk_buff *skb, struct genl_info *info)
{
	return nfvs_nl_dest(info);
}

/**
 * nfvs_nl_set_dest_doit() - NFVS_CMD_SET_DEST
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_set_dest_doit(struct sk_buff *skb, struct genl_info *info)
{
	return nfvs_nl_dest(info);
}

/**
 * nfvs_nl_del_dest_doit() - NFVS_CMD_DEL_DEST
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_del_dest_doit(struct sk_buff *skb, struct genl_info *info)
{
	return nfvs_nl_dest(info);
}

/**
 * nfvs_nl_resume_dests() - where a dump of real servers goes on
 * @pool: the service's present pool; its members are in order of falling ids
 * @after: id of the one that was dumped last, 0 for none
 *
 * Return: index of the next one.
 */
u32 nfvs_nl_resume_dests(const struct nfvs_pool *pool, u64 after)
{
	return after ? nfvs_pool_after(pool, after) : 0;
}

/**
 * nfvs_nl_get_dest_dumpit() - NFVS_CMD_GET_DEST: all real servers of a service
 * @skb: to fill
 * @cb: cb->args[0] is the id of the real server dumped last
 *
 * No service, or one that cannot be parsed, gives an empty dump, as in ip_vs.
 *
 * Return: bytes filled, 0 at the end.
 */
int nfvs_nl_get_dest_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nfvs_net *nn = nfvs_pernet(sock_net(cb->skb->sk));
	const struct nfvs_dest *dest;
	const struct nfvs_pool *pool;
	struct nfvs_svc *svc;
	void *hdr;
	u32 i;

	mutex_lock(&nn->cfg_lock);
	nfvs_nl_dump_begin(cb, nn);
	svc = nfvs_nl_get_svc(nn, nlmsg_find_attr(cb->nlh, GENL_HDRLEN, NFVS_A_SERVICE), NULL);
	if (IS_ERR(svc))
		goto out;

	pool = nfvs_svc_pool(nn, svc);
	for (i = nfvs_nl_resume_dests(pool, cb->args[0]); i < pool->count; i++) {
		hdr = nfvs_nl_dump_put(skb, cb, NFVS_CMD_NEW_DEST);
		if (!hdr)
			break;
		nfvs_nl_dump_check(cb, hdr);
		dest = nfvs_pool_dest(pool, i);
		if (nfvs_nl_put_dest(skb, dest, false)) {
			genlmsg_cancel(skb, hdr);
			break;
		}
		genlmsg_end(skb, hdr);
		cb->args[0] = dest->id;
	}
out:
	mutex_unlock(&nn->cfg_lock);
	return skb->len;
}
