// SPDX-License-Identifier: GPL-2.0-only
/*
 * Settings of a namespace: net.ipv4.vs.* where ip_vs has not taken that name, else net.nfvs.*.
 * Namespaces of other users than the initial one have none, as with ip_vs.
 */

#include <linux/log2.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/user_namespace.h>

#include "compat.h"
#include "obj/conn_table.h"
#include "obj/dest.h"
#include "obj/netns.h"
#include "proc/sysctl.h"

static unsigned long nfvs_conn_limit_min = 1;
static unsigned long nfvs_conn_limit_max = BIT(NFVS_CONN_BITS_MAX);
static int nfvs_three = 3;

/*
 * What this version does not offer is kept where an administrator puts it, as his scripts expect,
 * and the log tells him.
 */
static int nfvs_sysctl_inert(NFVS_CTL_CONST struct ctl_table *table, int write, void *buffer,
			     size_t *len, loff_t *pos)
{
	int before = READ_ONCE(*(int *)table->data);
	int err = proc_dointvec_minmax(table, write, buffer, len, pos);

	if (write && !err && READ_ONCE(*(int *)table->data) != before)
		pr_info("nfvs: %s has no effect in this version\n", table->procname);
	return err;
}

static int nfvs_sysctl_cache_bypass(NFVS_CTL_CONST struct ctl_table *table, int write, void *buffer,
				    size_t *len, loff_t *pos)
{
	struct nfvs_net *nn = container_of(table->data, struct nfvs_net, sysctls.cache_bypass);
	int err;

	if (write) {
		err = nfvs_dest_enable_bypass(nn);
		if (err)
			return err;
	}
	return proc_dointvec(table, write, buffer, len, pos);
}

/* .extra1 is the highest value of a defense's mode, .extra2 the namespace. */
static int nfvs_sysctl_defense(NFVS_CTL_CONST struct ctl_table *table, int write, void *buffer,
			       size_t *len, loff_t *pos)
{
	int *stored = table->data, value = READ_ONCE(*stored), err;
	struct nfvs_net *nn = table->extra2;
	struct ctl_table copy = *table;

	copy.data = &value;
	copy.extra1 = table->extra1 ? SYSCTL_ZERO : NULL;
	copy.extra2 = table->extra1;
	err = proc_dointvec_minmax(&copy, write, buffer, len, pos);
	if (err || !write)
		return err;
	mutex_lock(&nn->cfg_lock);
	WRITE_ONCE(*stored, value);
	nfvs_defense_update(nn);
	mutex_unlock(&nn->cfg_lock);
	return 0;
}

static int nfvs_sysctl_fastpath(NFVS_CTL_CONST struct ctl_table *table, int write, void *buffer,
				size_t *len, loff_t *pos)
{
	struct nfvs_net *nn = container_of(table->data, struct nfvs_net, sysctls.fastpath);
	int value = READ_ONCE(nn->sysctls.fastpath), err;
	struct ctl_table copy = *table;

	copy.data = &value;
	err = proc_dointvec_minmax(&copy, write, buffer, len, pos);
	if (err || !write)
		return err;
	mutex_lock(&nn->cfg_lock);
	WRITE_ONCE(nn->sysctls.fastpath, value);
	nfvs_fastpaths_update(nn);
	mutex_unlock(&nn->cfg_lock);
	return 0;
}

static int nfvs_sysctl_sync_ports(NFVS_CTL_CONST struct ctl_table *table, int write, void *buffer,
				  size_t *len, loff_t *pos)
{
	int *stored = table->data, ports = READ_ONCE(*stored), err;
	struct ctl_table copy = *table;

	copy.data = &ports;
	err = proc_dointvec(&copy, write, buffer, len, pos);
	if (err || !write)
		return err;
	if (ports < 0 || !is_power_of_2(ports))
		return -EINVAL;
	WRITE_ONCE(*stored, ports);
	return 0;
}

/* Packets before the first message, and between messages; without the latter, the former alone. */
static int nfvs_sysctl_sync_threshold(NFVS_CTL_CONST struct ctl_table *table, int write,
				      void *buffer, size_t *len, loff_t *pos)
{
	static DEFINE_MUTEX(lock); /* the two go together */
	struct ctl_table copy = *table;
	int *stored = table->data;
	int pair[2], err;

	mutex_lock(&lock);
	memcpy(pair, stored, sizeof(pair));
	copy.data = pair;
	err = proc_dointvec(&copy, write, buffer, len, pos);
	if (!err && write) {
		if (pair[0] < 0 || pair[1] < 0 || (pair[1] && pair[0] >= pair[1])) {
			err = -EINVAL;
		} else {
			WRITE_ONCE(stored[0], pair[0]);
			WRITE_ONCE(stored[1], pair[1]);
		}
	}
	mutex_unlock(&lock);
	return err;
}

/* .data is an offset in struct nfvs_net until a namespace gets its copy. */
#define NFVS_AT(member) ((void *)offsetof(struct nfvs_net, member))

/* clang-format off */
#define NFVS_SYSCTL(setting, handler, ...) { \
	.procname = #setting, \
	.data = NFVS_AT(sysctls.setting), \
	.maxlen = sizeof_field(struct nfvs_sysctls, setting), \
	.mode = 0644, \
	.proc_handler = (handler), \
	__VA_ARGS__ \
}

#define NFVS_SYSCTL_LIMITS(min, max) .extra1 = (min), .extra2 = (max)

static const struct ctl_table nfvs_sysctls[] = {
	NFVS_SYSCTL(amemthresh, nfvs_sysctl_defense),
	NFVS_SYSCTL(am_droprate, nfvs_sysctl_defense),
	NFVS_SYSCTL(drop_entry, nfvs_sysctl_defense, .extra1 = &nfvs_three),
	NFVS_SYSCTL(drop_packet, nfvs_sysctl_defense, .extra1 = &nfvs_three),
	NFVS_SYSCTL(secure_tcp, nfvs_sysctl_defense, .extra1 = &nfvs_three),
	NFVS_SYSCTL(conntrack, proc_dointvec),
	NFVS_SYSCTL(snat_reroute, proc_dointvec),
	NFVS_SYSCTL(sync_version, nfvs_sysctl_inert, NFVS_SYSCTL_LIMITS(SYSCTL_ZERO, SYSCTL_ONE)),
	NFVS_SYSCTL(sync_ports, nfvs_sysctl_sync_ports),
	NFVS_SYSCTL(sync_persist_mode, nfvs_sysctl_inert),
	NFVS_SYSCTL(sync_qlen_max, proc_doulongvec_minmax),
	NFVS_SYSCTL(sync_sock_size, nfvs_sysctl_inert),
	NFVS_SYSCTL(cache_bypass, nfvs_sysctl_cache_bypass),
	NFVS_SYSCTL(expire_nodest_conn, proc_dointvec),
	NFVS_SYSCTL(expire_quiescent_template, proc_dointvec),
	NFVS_SYSCTL(sloppy_tcp, proc_dointvec),
	NFVS_SYSCTL(sloppy_sctp, proc_dointvec),
	NFVS_SYSCTL(sync_threshold, nfvs_sysctl_sync_threshold),
	NFVS_SYSCTL(sync_refresh_period, proc_dointvec_jiffies),
	NFVS_SYSCTL(sync_retries, nfvs_sysctl_inert, NFVS_SYSCTL_LIMITS(SYSCTL_ZERO, &nfvs_three)),
	NFVS_SYSCTL(nat_icmp_send, proc_dointvec),
	NFVS_SYSCTL(pmtu_disc, proc_dointvec),
	NFVS_SYSCTL(backup_only, proc_dointvec),
	NFVS_SYSCTL(conn_reuse_mode, proc_dointvec),
	NFVS_SYSCTL(schedule_icmp, proc_dointvec),
	NFVS_SYSCTL(ignore_tunneled, proc_dointvec),
	NFVS_SYSCTL(run_estimation, proc_dointvec),
	NFVS_SYSCTL(lblc_expiration, proc_dointvec_jiffies),
	NFVS_SYSCTL(lblcr_expiration, proc_dointvec_jiffies),
	NFVS_SYSCTL(route_by_mark, proc_dointvec_minmax,
		    NFVS_SYSCTL_LIMITS(SYSCTL_ZERO, SYSCTL_ONE)),
	NFVS_SYSCTL(fastpath, nfvs_sysctl_fastpath, NFVS_SYSCTL_LIMITS(SYSCTL_ZERO, SYSCTL_TWO)),
	{
		.procname = "conn_max",
		.data = NFVS_AT(conn_max),
		.maxlen = sizeof_field(struct nfvs_net, conn_max),
		.mode = 0644,
		.proc_handler = proc_doulongvec_minmax,
		.extra1 = &nfvs_conn_limit_min,
		.extra2 = &nfvs_conn_limit_max,
	},
	{ }, /* older kernels want it */
};

/* clang-format on */

#define NFVS_SYSCTL_COUNT (ARRAY_SIZE(nfvs_sysctls) - 1)

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
	size_t i;

	if (nn->net->user_ns != &init_user_ns)
		return 0;
	table = kmemdup(nfvs_sysctls, sizeof(nfvs_sysctls), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	for (i = 0; i < NFVS_SYSCTL_COUNT; i++) {
		table[i].data = (void *)nn + (uintptr_t)table[i].data;
		if (table[i].proc_handler == nfvs_sysctl_defense)
			table[i].extra2 = nn;
	}

	nn->sysctl = nfvs_register_sysctl(nn->net, take_ipvs_name ? "net/ipv4/vs" : "net/nfvs",
					  table, NFVS_SYSCTL_COUNT);
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
