// SPDX-License-Identifier: GPL-2.0-only
/* NFVS_CMD_COMMIT: transactions. */

#include "nl/nl.h"

/**
 * nfvs_nl_commit_doit() - NFVS_CMD_COMMIT
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative errno.
 */
int nfvs_nl_commit_doit(struct sk_buff *skb, struct genl_info *info)
{
	return -EOPNOTSUPP;
}
