/* SPDX-License-Identifier: GPL-2.0-only */
/* Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead. */
#ifndef NFVS_NL_GEN_H
#define NFVS_NL_GEN_H

#include <linux/nfvs.h>
#include <net/genetlink.h>
#include <net/netlink.h>

/* The first command whose messages are validated strictly. */
#define NFVS_NL_RESV_START_OP (NFVS_CMD_FLUSH + 1)
#define NFVS_NL_N_OPS 22

extern const struct nla_policy nfvs_nl_policy[NFVS_A_MAX + 1];
extern const struct nla_policy nfvs_nl_svc_policy[NFVS_SVC_A_MAX + 1];
extern const struct nla_policy nfvs_nl_dest_policy[NFVS_DEST_A_MAX + 1];
extern const struct nla_policy nfvs_nl_daemon_policy[NFVS_DAEMON_A_MAX + 1];
extern const struct nla_policy nfvs_nl_conn_policy[NFVS_CONN_A_MAX + 1];
extern const struct nla_policy nfvs_nl_item_policy[NFVS_ITEM_A_MAX + 1];

extern const struct genl_ops nfvs_nl_ops[NFVS_NL_N_OPS];

enum {
	NFVS_NL_GROUP_CONFIG,
	NFVS_NL_GROUP_OVERLOAD,
	NFVS_NL_GROUP_CONN,
	NFVS_NL_GROUPS,
};

extern const struct genl_multicast_group nfvs_nl_groups[NFVS_NL_GROUPS];

int nfvs_nl_new_service_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_set_service_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_del_service_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_service_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_service_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int nfvs_nl_new_dest_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_set_dest_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_del_dest_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_dest_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int nfvs_nl_new_daemon_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_del_daemon_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_daemon_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int nfvs_nl_set_config_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_config_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_info_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_zero_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_flush_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_counters_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_table_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int nfvs_nl_get_conn_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int nfvs_nl_del_conn_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_commit_doit(struct sk_buff *skb, struct genl_info *info);
int nfvs_nl_get_limits_doit(struct sk_buff *skb, struct genl_info *info);

#endif /* NFVS_NL_GEN_H */
