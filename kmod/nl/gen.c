// SPDX-License-Identifier: GPL-2.0-only
/* Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead. */
/* clang-format off */
#include "compat.h"
#include "nl/gen.h"

const struct nla_policy nfvs_nl_svc_policy[NFVS_SVC_A_MAX + 1] = {
	[0] = { .strict_start_type = NFVS_SVC_A_ON_REMOVAL },
	[NFVS_SVC_A_AF] = { .type = NLA_U16 },
	[NFVS_SVC_A_PROTOCOL] = { .type = NLA_U16 },
	[NFVS_SVC_A_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFVS_SVC_A_PORT] = { .type = NLA_U16 },
	[NFVS_SVC_A_FWMARK] = { .type = NLA_U32 },
	[NFVS_SVC_A_SCHED_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
	[NFVS_SVC_A_FLAGS] = NLA_POLICY_EXACT_LEN(8),
	[NFVS_SVC_A_TIMEOUT] = { .type = NLA_U32 },
	[NFVS_SVC_A_NETMASK] = { .type = NLA_U32 },
	[NFVS_SVC_A_STATS] = { .type = NLA_NESTED },
	[NFVS_SVC_A_PE_NAME] = { .type = NLA_NUL_STRING, .len = 16 },
	[NFVS_SVC_A_STATS64] = { .type = NLA_NESTED },
	[NFVS_SVC_A_ON_REMOVAL] = { .type = NLA_U32 },
	[NFVS_SVC_A_FASTPATH] = { .type = NLA_U32 },
};

const struct nla_policy nfvs_nl_dest_policy[NFVS_DEST_A_MAX + 1] = {
	[0] = { .strict_start_type = NFVS_DEST_A_OVERLOADED },
	[NFVS_DEST_A_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFVS_DEST_A_PORT] = { .type = NLA_U16 },
	[NFVS_DEST_A_FWD_METHOD] = { .type = NLA_U32 },
	[NFVS_DEST_A_WEIGHT] = { .type = NLA_U32 },
	[NFVS_DEST_A_U_THRESH] = { .type = NLA_U32 },
	[NFVS_DEST_A_L_THRESH] = { .type = NLA_U32 },
	[NFVS_DEST_A_ACTIVE_CONNS] = { .type = NLA_U32 },
	[NFVS_DEST_A_INACT_CONNS] = { .type = NLA_U32 },
	[NFVS_DEST_A_PERSIST_CONNS] = { .type = NLA_U32 },
	[NFVS_DEST_A_STATS] = { .type = NLA_NESTED },
	[NFVS_DEST_A_ADDR_FAMILY] = { .type = NLA_U16 },
	[NFVS_DEST_A_STATS64] = { .type = NLA_NESTED },
	[NFVS_DEST_A_TUN_TYPE] = { .type = NLA_U8 },
	[NFVS_DEST_A_TUN_PORT] = { .type = NLA_U16 },
	[NFVS_DEST_A_TUN_FLAGS] = { .type = NLA_U16 },
	[NFVS_DEST_A_OVERLOADED] = { .type = NLA_U8 },
};

const struct nla_policy nfvs_nl_daemon_policy[NFVS_DAEMON_A_MAX + 1] = {
	[NFVS_DAEMON_A_STATE] = { .type = NLA_U32 },
	[NFVS_DAEMON_A_MCAST_IFN] = { .type = NLA_NUL_STRING, .len = 15 },
	[NFVS_DAEMON_A_SYNC_ID] = { .type = NLA_U32 },
	[NFVS_DAEMON_A_SYNC_MAXLEN] = { .type = NLA_U16 },
	[NFVS_DAEMON_A_MCAST_GROUP] = { .type = NLA_U32 },
	[NFVS_DAEMON_A_MCAST_GROUP6] = NLA_POLICY_EXACT_LEN(16),
	[NFVS_DAEMON_A_MCAST_PORT] = { .type = NLA_U16 },
	[NFVS_DAEMON_A_MCAST_TTL] = { .type = NLA_U8 },
};

const struct nla_policy nfvs_nl_conn_policy[NFVS_CONN_A_MAX + 1] = {
	[NFVS_CONN_A_AF] = { .type = NLA_U16 },
	[NFVS_CONN_A_PROTOCOL] = { .type = NLA_U16 },
	[NFVS_CONN_A_CLIENT_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFVS_CONN_A_CLIENT_PORT] = { .type = NLA_U16 },
	[NFVS_CONN_A_VIRTUAL_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFVS_CONN_A_VIRTUAL_PORT] = { .type = NLA_U16 },
	[NFVS_CONN_A_DEST_AF] = { .type = NLA_U16 },
	[NFVS_CONN_A_DEST_ADDR] = { .type = NLA_BINARY, .len = 16 },
	[NFVS_CONN_A_DEST_PORT] = { .type = NLA_U16 },
	[NFVS_CONN_A_STATE_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
	[NFVS_CONN_A_EXPIRES] = { .type = NLA_U32 },
	[NFVS_CONN_A_FWD_METHOD] = { .type = NLA_U32 },
	[NFVS_CONN_A_FWMARK] = { .type = NLA_U32 },
	[NFVS_CONN_A_PE_NAME] = { .type = NLA_NUL_STRING, .len = 16 },
	[NFVS_CONN_A_PE_DATA] = { .type = NLA_BINARY, .len = 255 },
	[NFVS_CONN_A_CLIENT_PREFIX] = { .type = NLA_U8 },
	[NFVS_CONN_A_VIRTUAL_PREFIX] = { .type = NLA_U8 },
	[NFVS_CONN_A_DEST_PREFIX] = { .type = NLA_U8 },
};

const struct nla_policy nfvs_nl_item_policy[NFVS_ITEM_A_MAX + 1] = {
	[NFVS_ITEM_A_COMMAND] = { .type = NLA_U8 },
	[NFVS_ITEM_A_SERVICE] = { .type = NLA_NESTED },
	[NFVS_ITEM_A_DEST] = { .type = NLA_NESTED },
};

const struct nla_policy nfvs_nl_policy[NFVS_A_MAX + 1] = {
	[0] = { .strict_start_type = NFVS_A_CONN },
	[NFVS_A_SERVICE] = { .type = NLA_NESTED },
	[NFVS_A_DEST] = { .type = NLA_NESTED },
	[NFVS_A_DAEMON] = { .type = NLA_NESTED },
	[NFVS_A_TIMEOUT_TCP] = { .type = NLA_U32 },
	[NFVS_A_TIMEOUT_TCP_FIN] = { .type = NLA_U32 },
	[NFVS_A_TIMEOUT_UDP] = { .type = NLA_U32 },
	[NFVS_A_CONN] = { .type = NLA_NESTED },
	[NFVS_A_BRIEF] = { .type = NLA_U8 },
	[NFVS_A_ITEM] = { .type = NLA_NESTED },
	[NFVS_A_GENERATION] = { .type = NLA_U64 },
};

const struct genl_ops nfvs_nl_ops[NFVS_NL_N_OPS] = {
	{
		.cmd = NFVS_CMD_NEW_SERVICE,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_new_service_doit,
	},
	{
		.cmd = NFVS_CMD_SET_SERVICE,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_set_service_doit,
	},
	{
		.cmd = NFVS_CMD_DEL_SERVICE,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_del_service_doit,
	},
	{
		.cmd = NFVS_CMD_GET_SERVICE,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_get_service_doit,
		.dumpit = nfvs_nl_get_service_dumpit,
	},
	{
		.cmd = NFVS_CMD_NEW_DEST,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_new_dest_doit,
	},
	{
		.cmd = NFVS_CMD_SET_DEST,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_set_dest_doit,
	},
	{
		.cmd = NFVS_CMD_DEL_DEST,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_del_dest_doit,
	},
	{
		.cmd = NFVS_CMD_GET_DEST,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.dumpit = nfvs_nl_get_dest_dumpit,
	},
	{
		.cmd = NFVS_CMD_NEW_DAEMON,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_new_daemon_doit,
	},
	{
		.cmd = NFVS_CMD_DEL_DAEMON,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_del_daemon_doit,
	},
	{
		.cmd = NFVS_CMD_GET_DAEMON,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.dumpit = nfvs_nl_get_daemon_dumpit,
	},
	{
		.cmd = NFVS_CMD_SET_CONFIG,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_set_config_doit,
	},
	{
		.cmd = NFVS_CMD_GET_CONFIG,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_get_config_doit,
	},
	{
		.cmd = NFVS_CMD_GET_INFO,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_get_info_doit,
	},
	{
		.cmd = NFVS_CMD_ZERO,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_zero_doit,
	},
	{
		.cmd = NFVS_CMD_FLUSH,
		.flags = GENL_ADMIN_PERM,
		.validate = GENL_DONT_VALIDATE_STRICT | GENL_DONT_VALIDATE_DUMP,
		.doit = nfvs_nl_flush_doit,
	},
	{
		.cmd = NFVS_CMD_GET_COUNTERS,
		.flags = GENL_ADMIN_PERM,
		.doit = nfvs_nl_get_counters_doit,
	},
	{
		.cmd = NFVS_CMD_GET_TABLE,
		.flags = GENL_ADMIN_PERM,
		.dumpit = nfvs_nl_get_table_dumpit,
	},
	{
		.cmd = NFVS_CMD_GET_CONN,
		.flags = GENL_ADMIN_PERM,
		.dumpit = nfvs_nl_get_conn_dumpit,
	},
	{
		.cmd = NFVS_CMD_DEL_CONN,
		.flags = GENL_ADMIN_PERM,
		.doit = nfvs_nl_del_conn_doit,
	},
	{
		.cmd = NFVS_CMD_COMMIT,
		.flags = GENL_ADMIN_PERM,
		.doit = nfvs_nl_commit_doit,
	},
	{
		.cmd = NFVS_CMD_GET_LIMITS,
		.flags = GENL_ADMIN_PERM,
		.doit = nfvs_nl_get_limits_doit,
	},
};

const struct genl_multicast_group nfvs_nl_groups[NFVS_NL_GROUPS] = {
	[NFVS_NL_GROUP_CONFIG] = { .name = NFVS_MCGRP_CONFIG, .flags = GENL_MCAST_CAP_NET_ADMIN },
	[NFVS_NL_GROUP_OVERLOAD] = { .name = NFVS_MCGRP_OVERLOAD, .flags = GENL_MCAST_CAP_NET_ADMIN },
	[NFVS_NL_GROUP_CONN] = { .name = NFVS_MCGRP_CONN, .flags = GENL_MCAST_CAP_NET_ADMIN },
};
