// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings of a namespace: net.ipv4.vs.* where ip_vs has not taken that name, else net.nfvs.*.
 * Namespaces of other users than the initial one have none, as with ip_vs.
 */

#include <linux/nsproxy.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/user_namespace.h>

#include "compat.h"
#include "obj/conn_table.h"
#include "obj/netns.h"
#include "proc/sysctl.h"

static unsigned long nfvs_conn_limit_min = 1;
static unsigned long nfvs_conn_limit_max = BIT(NFVS_CONN_BITS_MAX);

enum {
	NFVS_SYSCTL_CONN_MAX,
	NFVS_SYSCTL_END,
};

static const struct ctl_table nfvs_sysctls[NFVS_SYSCTL_END + 1] = {
	[NFVS_SYSCTL_CONN_MAX] = {
		.procname = "conn_max",
		.maxlen = sizeof(unsigned long),
		.mode = 0644,
		.proc_handler = proc_doulongvec_minmax,
		.extra1 = &nfvs_conn_limit_min,
		.extra2 = &nfvs_conn_limit_max,
	},
};

/**
 * nfvs_sysctl_net_init() - offer the settings of a namespace
 * @nn: namespace
 * @take_ipvs_name: under net.ipv4.vs, else under net.nfvs
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfvs_sysctl_net_init(struct nfvs_net *nn, bool take_ipvs_name)
{
	struct ctl_table *table;

	if (nn->net->user_ns != &init_user_ns)
		return 0;
	table = kmemdup(nfvs_sysctls, sizeof(nfvs_sysctls), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	table[NFVS_SYSCTL_CONN_MAX].data = &nn->conn_max;

	nn->sysctl = nfvs_register_sysctl(nn->net, take_ipvs_name ? "net/ipv4/vs" : "net/nfvs",
					  table, NFVS_SYSCTL_END);
	if (!nn->sysctl) {
		kfree(table);
		return -ENOMEM;
	}
	nn->sysctl_table = table;
	return 0;
}

/**
 * nfvs_sysctl_net_exit() - withdraw the settings of a namespace; nobody writes on return
 * @nn: namespace
 *
 * Context: process context, may sleep.
 */
void nfvs_sysctl_net_exit(struct nfvs_net *nn)
{
	if (!nn->sysctl)
		return;
	unregister_net_sysctl_table(nn->sysctl);
	kfree(nn->sysctl_table);
}
