// SPDX-License-Identifier: GPL-2.0-only
/*
 * The family under its two names, and what all its messages share.
 *
 * Both names have the same operations.  Replies go out under the family that was asked, which
 * is known by the request's message type only.
 */

#include <linux/printk.h>

#include "nl/nl.h"

/* clang-format off */
#define NFVS_FAMILY(family_name, groups) { \
	.name = (family_name), \
	.version = NFVS_GENL_VERSION, \
	.maxattr = NFVS_A_MAX, \
	.policy = nfvs_nl_policy, \
	.netnsok = true, \
	.parallel_ops = true, \
	.module = THIS_MODULE, \
	.mcgrps = nfvs_nl_groups, \
	.n_mcgrps = (groups), \
	.ops = nfvs_nl_ops, \
	.n_ops = NFVS_NL_N_OPS, \
	.resv_start_op = NFVS_NL_RESV_START_OP, \
}

/* clang-format on */

static struct genl_family nfvs_family __ro_after_init = NFVS_FAMILY(NFVS_GENL_NAME, NFVS_NL_GROUPS);
static struct genl_family nfvs_ipvs_family __ro_after_init = NFVS_FAMILY(NFVS_GENL_COMPAT_NAME, 0);
static bool nfvs_has_ipvs_family __ro_after_init;

/**
 * nfvs_nl_init() - register the family
 * @take_ipvs_name: also as "IPVS", if in-tree ip_vs does not have that name
 *
 * Return: 0 or a negative errno.
 */
int __init nfvs_nl_init(bool take_ipvs_name)
{
	int err = genl_register_family(&nfvs_family);

	if (err || !take_ipvs_name)
		return err;
	err = genl_register_family(&nfvs_ipvs_family);
	if (err && err != -EEXIST) {
		genl_unregister_family(&nfvs_family);
		return err;
	}
	nfvs_has_ipvs_family = !err;
	if (err)
		pr_info("nfvs: ip_vs has the netlink family IPVS; this answers as NFVS only\n");
	return 0;
}

/**
 * nfvs_nl_exit() - unregister the family; no handler runs on return
 *
 * Context: process context, may sleep.
 */
void nfvs_nl_exit(void)
{
	if (nfvs_has_ipvs_family)
		genl_unregister_family(&nfvs_ipvs_family);
	genl_unregister_family(&nfvs_family);
}

static void *nfvs_nl_put_hdr(struct sk_buff *skb, u32 portid, u32 seq,
			     const struct nlmsghdr *request, int flags, u8 cmd)
{
	struct genlmsghdr *hdr;
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, portid, seq, request->nlmsg_type, GENL_HDRLEN, flags);
	if (!nlh)
		return NULL;
	hdr = nlmsg_data(nlh);
	hdr->cmd = cmd;
	hdr->version = NFVS_GENL_VERSION;
	hdr->reserved = 0;
	return (u8 *)hdr + GENL_HDRLEN;
}

/**
 * nfvs_nl_reply_start() - begin the reply to a request
 * @reply: the reply
 * @info: the request
 * @cmd: command of the reply
 * @size: bytes to make room for
 *
 * Return: 0, -ENOMEM or -EMSGSIZE; after 0, send or cancel the reply.
 */
int nfvs_nl_reply_start(struct nfvs_nl_reply *reply, struct genl_info *info, u8 cmd, size_t size)
{
	reply->msg = nlmsg_new(size, GFP_KERNEL);
	if (!reply->msg)
		return -ENOMEM;
	reply->hdr =
		nfvs_nl_put_hdr(reply->msg, info->snd_portid, info->snd_seq, info->nlhdr, 0, cmd);
	if (!reply->hdr) {
		nlmsg_free(reply->msg);
		return -EMSGSIZE;
	}
	return 0;
}

/**
 * nfvs_nl_reply_send() - finish a reply and send it
 * @reply: from nfvs_nl_reply_start(); gone on return
 * @info: the request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_reply_send(struct nfvs_nl_reply *reply, struct genl_info *info)
{
	genlmsg_end(reply->msg, reply->hdr);
	return genlmsg_reply(reply->msg, info);
}

/**
 * nfvs_nl_reply_cancel() - throw a reply away
 * @reply: from nfvs_nl_reply_start()
 */
void nfvs_nl_reply_cancel(struct nfvs_nl_reply *reply)
{
	nlmsg_free(reply->msg);
}

/**
 * nfvs_nl_dump_begin() - begin or go on with a dump of services or real servers
 * @cb: the dump
 * @nn: namespace; its cfg_lock is held until the messages of this call are filled in
 */
void nfvs_nl_dump_begin(struct netlink_callback *cb, const struct nfvs_net *nn)
{
	/* The core takes 0 for a dump that does not know. */
	cb->seq = (u32)atomic64_read(&nn->generation) ?: 1;
}

/**
 * nfvs_nl_dump_put() - begin one message of a dump
 * @skb: what the dump fills
 * @cb: the dump
 * @cmd: command of the message
 *
 * Return: the header for genlmsg_end() or genlmsg_cancel(), or NULL if @skb is full.
 */
void *nfvs_nl_dump_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	return nfvs_nl_put_hdr(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, cb->nlh,
			       NLM_F_MULTI, cmd);
}

/**
 * nfvs_nl_dump_check() - say so if the configuration changed during a dump
 * @cb: the dump, begun with nfvs_nl_dump_begin()
 * @hdr: from nfvs_nl_dump_put()
 *
 * Not under the name IPVS: in-tree never says so, and its tools take it for an error.  An
 * entry that stays is listed once in any case, dumps resume by an id.
 */
void nfvs_nl_dump_check(struct netlink_callback *cb, void *hdr)
{
	if (cb->nlh->nlmsg_type == nfvs_family.id)
		genl_dump_check_consistent(cb, hdr);
}

/**
 * nfvs_nl_has_listeners() - whether anybody is a member of a multicast group
 * @nn: namespace
 * @group: NFVS_NL_GROUP_*
 *
 * Context: any.
 */
bool nfvs_nl_has_listeners(const struct nfvs_net *nn, u8 group)
{
	return genl_has_listeners(&nfvs_family, nn->net, group);
}

/**
 * nfvs_nl_event_put() - begin a message of an event
 * @skb: what is filled
 * @cmd: command of the message
 *
 * Return: the header for genlmsg_end() or genlmsg_cancel(), or NULL if @skb is full.
 */
void *nfvs_nl_event_put(struct sk_buff *skb, u8 cmd)
{
	return genlmsg_put(skb, 0, 0, &nfvs_family, 0, cmd);
}

/**
 * nfvs_nl_multicast() - send events to a multicast group
 * @nn: namespace
 * @skb: messages; gone on return
 * @group: NFVS_NL_GROUP_*
 * @gfp: how memory may be had
 */
void nfvs_nl_multicast(const struct nfvs_net *nn, struct sk_buff *skb, u8 group, gfp_t gfp)
{
	genlmsg_multicast_netns(&nfvs_family, nn->net, skb, 0, group, gfp);
}

/**
 * nfvs_nl_multicast_lost() - let a multicast group know that it has missed something
 * @nn: namespace
 * @group: NFVS_NL_GROUP_*
 *
 * Context: any.
 */
void nfvs_nl_multicast_lost(const struct nfvs_net *nn, u8 group)
{
	genl_set_err(&nfvs_family, nn->net, 0, group, -ENOBUFS);
}
