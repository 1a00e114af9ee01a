// SPDX-License-Identifier: GPL-2.0-only
/*
 * NFVS_CMD_COMMIT: transactions.
 *
 * Items are planned one after the other (obj/txn.h).  The first that is refused ends it, and the
 * attribute that the answer points to tells which it was.
 */

#include <linux/sched.h>

#include "compat.h"
#include "nl/nl.h"
#include "obj/real.h"
#include "obj/txn.h"

/**
 * struct nfvs_nl_items - the items of a transaction, as they are planned
 * @txn: the transaction
 * @extack: receives the reason of a failure
 * @item: the item at hand
 * @tb: its attributes
 * @svc_tb: those of its service, or of that of the last item that had one
 * @svc_key: what that is called
 * @svc: its plan, while it is known to be present
 * @has_svc: there is one
 * @events: what is told of it
 */
struct nfvs_nl_items {
	struct nfvs_txn txn;
	struct netlink_ext_ack *extack;
	const struct nlattr *item;
	struct nlattr *tb[NFVS_ITEM_A_MAX + 1];
	struct nlattr *svc_tb[NFVS_SVC_A_MAX + 1];
	struct nfvs_svc_key svc_key;
	struct nfvs_svc_plan *svc;
	bool has_svc;
	struct nfvs_nl_burst events;
};

/* The service that an item is about; without the attribute, that of the item before it. */
static int nfvs_nl_item_svc(struct nfvs_nl_items *items)
{
	const struct nlattr *nest = items->tb[NFVS_ITEM_A_SERVICE];
	int err;

	if (!nest && items->has_svc)
		return 0;
	items->has_svc = false;
	items->svc = NULL;
	if (!nest) {
		NL_SET_ERR_MSG_ATTR(items->extack, items->item, "a service must be named");
		return -EINVAL;
	}
	err = nfvs_nl_parse_svc_key(&items->svc_key, items->svc_tb, nest, items->extack);
	items->has_svc = !err;
	return err;
}

/* What an item is refused at: the service that it names, or all of it. */
static const struct nlattr *nfvs_nl_item_svc_attr(const struct nfvs_nl_items *items)
{
	return items->tb[NFVS_ITEM_A_SERVICE] ?: items->item;
}

/* @svc is set to the plan of the item's service, or to NULL if there will be none. */
static int nfvs_nl_item_find_svc(struct nfvs_nl_items *items)
{
	if (items->svc && items->svc->present)
		return 0;
	items->svc = nfvs_txn_find_svc(&items->txn, &items->svc_key);
	if (!IS_ERR(items->svc))
		return 0;
	items->svc = NULL;
	NL_SET_ERR_MSG_ATTR(items->extack, items->item, "no memory for the transaction");
	return -ENOMEM;
}

static int nfvs_nl_item_need_svc(struct nfvs_nl_items *items)
{
	int err = nfvs_nl_item_find_svc(items);

	if (err || items->svc)
		return err;
	NL_SET_ERR_MSG_ATTR(items->extack, nfvs_nl_item_svc_attr(items), "no such service");
	return -ESRCH;
}

static int nfvs_nl_item_new_svc(struct nfvs_nl_items *items)
{
	struct nfvs_svc_plan *plan;
	struct nfvs_svc_cfg cfg;
	int err;

	if (items->svc) {
		NL_SET_ERR_MSG_ATTR(items->extack, nfvs_nl_item_svc_attr(items), "service exists");
		return -EEXIST;
	}
	err = nfvs_nl_parse_svc_cfg(&cfg, &items->svc_key, items->svc_tb, NULL, items->extack);
	if (err)
		return err;
	plan = nfvs_txn_add_svc(&items->txn, &items->svc_key, &cfg, items->extack);
	if (IS_ERR(plan))
		return PTR_ERR(plan);
	items->svc = plan;
	return 0;
}

static int nfvs_nl_item_set_svc(struct nfvs_nl_items *items)
{
	struct nfvs_svc_cfg cfg;
	int err = nfvs_nl_item_need_svc(items);

	if (err)
		return err;
	err = nfvs_nl_parse_svc_cfg(&cfg, &items->svc_key, items->svc_tb, &items->svc->cfg,
				    items->extack);
	if (err)
		return err;
	err = nfvs_nl_check_svc_fits(&cfg, items->svc->members, items->svc_tb, items->extack);
	if (err)
		return err;
	items->svc->cfg = cfg;
	return 0;
}

static int nfvs_nl_item_put_svc(struct nfvs_nl_items *items, u8 cmd)
{
	const struct nlattr *nest = items->tb[NFVS_ITEM_A_SERVICE];
	int err;

	if (!nest) {
		NL_SET_ERR_MSG_ATTR(items->extack, items->item, "a service must be named");
		return -EINVAL;
	}
	err = nfvs_nl_need_full_svc(items->svc_tb, nest, items->extack);
	if (err)
		return err;
	if (cmd == NFVS_CMD_SET_SERVICE)
		return nfvs_nl_item_set_svc(items);
	return nfvs_nl_item_find_svc(items) ?: nfvs_nl_item_new_svc(items);
}

static int nfvs_nl_item_del_svc(struct nfvs_nl_items *items)
{
	int err = nfvs_nl_item_need_svc(items);

	if (err)
		return err;
	nfvs_txn_del_svc(items->svc);
	return 0;
}

static int nfvs_nl_item_new_dest(struct nfvs_nl_items *items, const struct nfvs_nl_dest *req,
				 struct nfvs_dest *dest)
{
	struct nfvs_svc_plan *svc = items->svc;
	const struct nfvs_dest_plan *plan;
	int err;

	err = nfvs_nl_check_dest_room(req, svc->cfg.sched, svc->members, items->extack);
	if (err)
		return err;
	plan = nfvs_txn_add_dest(&items->txn, svc, &req->key, dest, &req->cfg, items->extack);
	if (IS_ERR(plan))
		return PTR_ERR(plan);
	/* What is refused now ends with the transaction. */
	if (plan->is_new && nfvs_real_is_alone(plan->dest->real))
		return nfvs_nl_check_dest_addr(items->txn.nn, req, items->extack);
	return 0;
}

static int nfvs_nl_item_change_dest(struct nfvs_nl_items *items, u8 cmd,
				    const struct nfvs_nl_dest *req)
{
	const struct nlattr *nest = items->tb[NFVS_ITEM_A_DEST];
	struct nfvs_dest *dest = nfvs_dest_find(items->txn.nn, &req->key);
	struct nfvs_dest_plan *plan;

	plan = nfvs_txn_find_dest(&items->txn, items->svc, dest);
	if (IS_ERR(plan)) {
		NL_SET_ERR_MSG_ATTR(items->extack, nest, "no memory for the transaction");
		return PTR_ERR(plan);
	}
	if (cmd == NFVS_CMD_NEW_DEST) {
		if (!plan)
			return nfvs_nl_item_new_dest(items, req, dest);
		NL_SET_ERR_MSG_ATTR(items->extack, nest, "real server exists");
		return -EEXIST;
	}
	if (!plan) {
		NL_SET_ERR_MSG_ATTR(items->extack, nest, "no such real server");
		return -ENOENT;
	}
	if (cmd == NFVS_CMD_SET_DEST)
		plan->cfg = req->cfg;
	else
		nfvs_txn_del_dest(items->svc, plan);
	return 0;
}

static int nfvs_nl_item_dest(struct nfvs_nl_items *items, u8 cmd)
{
	const struct nlattr *nest = items->tb[NFVS_ITEM_A_DEST];
	struct nfvs_nl_dest req nfvs_uninitialized;
	int err = nfvs_nl_item_need_svc(items);

	if (err)
		return err;
	if (!nest) {
		NL_SET_ERR_MSG_ATTR(items->extack, items->item, "a real server must be named");
		return -EINVAL;
	}
	err = nfvs_nl_parse_dest_key(&req, &items->svc_key, nest, items->extack);
	if (err)
		return err;
	if (cmd != NFVS_CMD_DEL_DEST) {
		err = nfvs_nl_parse_dest_cfg(&req, nest, items->extack);
		if (err)
			return err;
	}
	return nfvs_nl_item_change_dest(items, cmd, &req);
}

static int nfvs_nl_item_flush(struct nfvs_nl_items *items)
{
	if (!nfvs_txn_flush(&items->txn))
		return 0;
	NL_SET_ERR_MSG_ATTR(items->extack, items->item, "no memory for the transaction");
	return -ENOMEM;
}

static int nfvs_nl_plan(struct nfvs_nl_items *items, u8 cmd)
{
	int err;

	if (cmd == NFVS_CMD_FLUSH)
		return nfvs_nl_item_flush(items);
	err = nfvs_nl_item_svc(items);
	if (err)
		return err;
	switch (cmd) {
	case NFVS_CMD_NEW_SERVICE:
	case NFVS_CMD_SET_SERVICE:
		return nfvs_nl_item_put_svc(items, cmd);
	case NFVS_CMD_DEL_SERVICE:
		return nfvs_nl_item_del_svc(items);
	case NFVS_CMD_NEW_DEST:
	case NFVS_CMD_SET_DEST:
	case NFVS_CMD_DEL_DEST:
		return nfvs_nl_item_dest(items, cmd);
	default:
		NL_SET_ERR_MSG_ATTR(items->extack, items->tb[NFVS_ITEM_A_COMMAND],
				    "no such command in a transaction");
		return -EOPNOTSUPP;
	}
}

static int nfvs_nl_plan_item(struct nfvs_nl_items *items, const struct nlattr *item)
{
	int err;

	items->item = item;
	err = nfvs_nl_parse_nest(items->tb, NFVS_ITEM_A_MAX, item, nfvs_nl_item_policy, "",
				 items->extack);
	if (err)
		return err;
	if (!items->tb[NFVS_ITEM_A_COMMAND]) {
		NL_SET_ERR_MSG_ATTR(items->extack, item, "an item needs a command");
		return -EINVAL;
	}
	err = nfvs_nl_plan(items, nla_get_u8(items->tb[NFVS_ITEM_A_COMMAND]));
	/* Whatever else is at fault, it is this item's. */
	if (err && !items->extack->bad_attr)
		NL_SET_BAD_ATTR(items->extack, item);
	return err;
}

static int nfvs_nl_plan_items(struct nfvs_nl_items *items, const struct nlmsghdr *request)
{
	const struct nlattr *attr;
	int rest, err;

	nlmsg_for_each_attr(attr, request, GENL_HDRLEN, rest) {
		if (nla_type(attr) != NFVS_A_ITEM)
			continue;
		err = nfvs_nl_plan_item(items, attr);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static void nfvs_nl_tell_txn(struct nfvs_txn *txn, u8 cmd, struct nfvs_svc *svc,
			     struct nfvs_dest *dest)
{
	struct nfvs_nl_event event = { .cmd = cmd, .svc_key = &svc->key };

	if (cmd == NFVS_CMD_NEW_SERVICE || cmd == NFVS_CMD_SET_SERVICE)
		event.svc = svc;
	if (cmd == NFVS_CMD_DEL_DEST)
		event.dest_key = &dest->key;
	else
		event.dest = dest;
	nfvs_nl_burst_put(txn->ctx, &event);
}

static int nfvs_nl_check_generation(const struct nfvs_net *nn, const struct nlattr *attr,
				    struct netlink_ext_ack *extack)
{
	if (!attr || nla_get_u64(attr) == (u64)atomic64_read(&nn->generation))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "the table has changed meanwhile");
	return -ESTALE;
}

static int nfvs_nl_commit(struct nfvs_nl_items *items, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	int err;

	lockdep_assert_held(&nn->cfg_lock);
	err = nfvs_nl_check_generation(nn, info->attrs[NFVS_A_GENERATION], info->extack);
	if (err)
		return err;
	nfvs_txn_init(&items->txn, nn);
	err = nfvs_nl_plan_items(items, info->nlhdr);
	if (err) {
		nfvs_txn_abort(&items->txn);
		return err;
	}
	nfvs_nl_tell_begin(&items->events, nn, info, atomic64_read(&nn->generation) + 1);
	items->txn.told = items->events.wanted ? nfvs_nl_tell_txn : NULL;
	items->txn.ctx = &items->events;
	err = nfvs_txn_commit(&items->txn, info->extack);
	nfvs_nl_burst_send(&items->events);
	return err;
}

/**
 * nfvs_nl_commit_doit() - NFVS_CMD_COMMIT
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_commit_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nfvs_net *nn = nfvs_pernet(genl_info_net(info));
	struct nfvs_nl_reply reply;
	struct nfvs_nl_items *items;
	int err;

	items = kzalloc(sizeof(*items), GFP_KERNEL);
	if (!items)
		return -ENOMEM;
	items->extack = info->extack;
	/* Before anything is done: what was asked for and done must not end in an error. */
	err = nfvs_nl_reply_start(&reply, info, NFVS_CMD_COMMIT, NLMSG_DEFAULT_SIZE);
	if (err)
		goto out;
	mutex_lock(&nn->cfg_lock);
	err = nfvs_nl_commit(items, info);
	if (!err) {
		nla_put_u32(reply.msg, NFVS_A_COUNT, items->txn.count);
		nla_put_u64_64bit(reply.msg, NFVS_A_GENERATION, atomic64_read(&nn->generation),
				  NFVS_A_PAD);
	}
	mutex_unlock(&nn->cfg_lock);
	if (err)
		nfvs_nl_reply_cancel(&reply);
	else
		nfvs_nl_reply_send(&reply, info);
out:
	kfree(items);
	return err;
}
