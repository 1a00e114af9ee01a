// SPDX-License-Identifier: GPL-2.0-only
/* The files in /proc/net: which there are, and who may read them. */

#include <linux/proc_fs.h>

#include "proc/proc.h"

/* Helpers would be listed here, as in ip_vs: a head, and a list that is empty. */
static void *nfvs_proc_app_start(struct seq_file *seq, loff_t *pos)
{
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *nfvs_proc_app_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void nfvs_proc_app_stop(struct seq_file *seq, void *v)
{
}

static int nfvs_proc_app_show(struct seq_file *seq, void *v)
{
	seq_puts(seq, "prot port    usecnt name\n");
	return 0;
}

static const struct seq_operations nfvs_proc_app_ops = {
	.start = nfvs_proc_app_start,
	.next = nfvs_proc_app_next,
	.stop = nfvs_proc_app_stop,
	.show = nfvs_proc_app_show,
};

enum {
	NFVS_PROC_TABLE,
	NFVS_PROC_CONNS,
	NFVS_PROC_SYNC,
	NFVS_PROC_APP,
	NFVS_PROC_STATS,
	NFVS_PROC_STATS_PERCPU,
	NFVS_PROC_FILES,
};

static const char *const nfvs_proc_ipvs_names[NFVS_PROC_FILES] = {
	[NFVS_PROC_TABLE] = "ip_vs",	      [NFVS_PROC_CONNS] = "ip_vs_conn",
	[NFVS_PROC_SYNC] = "ip_vs_conn_sync", [NFVS_PROC_APP] = "ip_vs_app",
	[NFVS_PROC_STATS] = "ip_vs_stats",    [NFVS_PROC_STATS_PERCPU] = "ip_vs_stats_percpu",
};

static const char *const nfvs_proc_own_names[NFVS_PROC_FILES] = {
	[NFVS_PROC_TABLE] = "nfvs",	     [NFVS_PROC_CONNS] = "nfvs_conn",
	[NFVS_PROC_SYNC] = "nfvs_conn_sync", [NFVS_PROC_APP] = "nfvs_app",
	[NFVS_PROC_STATS] = "nfvs_stats",    [NFVS_PROC_STATS_PERCPU] = "nfvs_stats_percpu",
};

/* Whoever may not configure shall not read who the clients are. */
#define NFVS_PROC_PUBLIC 0444
#define NFVS_PROC_CLIENTS 0440

static bool nfvs_proc_create(struct net *net, int which, const char *name)
{
	struct proc_dir_entry *dir = net->proc_net;

	switch (which) {
	case NFVS_PROC_TABLE:
		return proc_create_net(name, NFVS_PROC_PUBLIC, dir, &nfvs_proc_table_ops,
				       sizeof(struct nfvs_proc_table));
	case NFVS_PROC_CONNS:
		return proc_create_net(name, NFVS_PROC_CLIENTS, dir, &nfvs_proc_conns_ops,
				       sizeof(struct nfvs_proc_conns));
	case NFVS_PROC_SYNC:
		return proc_create_net(name, NFVS_PROC_CLIENTS, dir, &nfvs_proc_sync_ops,
				       sizeof(struct nfvs_proc_conns));
	case NFVS_PROC_APP:
		return proc_create_net(name, NFVS_PROC_PUBLIC, dir, &nfvs_proc_app_ops,
				       sizeof(struct seq_net_private));
	case NFVS_PROC_STATS:
		return proc_create_net_single(name, NFVS_PROC_PUBLIC, dir, nfvs_proc_show_stats,
					      NULL);
	default:
		return proc_create_net_single(name, NFVS_PROC_PUBLIC, dir,
					      nfvs_proc_show_stats_percpu, NULL);
	}
}

/**
 * nfvs_proc_net_init() - offer the files of a namespace
 * @nn: namespace
 * @take_ipvs_names: as ip_vs*, else as nfvs*
 *
 * Context: process context, may sleep.
 * Return: 0 or -ENOMEM.
 */
int nfvs_proc_net_init(struct nfvs_net *nn, bool take_ipvs_names)
{
	const char *const *names = take_ipvs_names ? nfvs_proc_ipvs_names : nfvs_proc_own_names;
	int i;

	for (i = 0; i < NFVS_PROC_FILES; i++)
		if (!nfvs_proc_create(nn->net, i, names[i]))
			goto err_files;
	nn->proc_names = names;
	return 0;

err_files:
	while (i--)
		remove_proc_entry(names[i], nn->net->proc_net);
	return -ENOMEM;
}

/**
 * nfvs_proc_net_exit() - withdraw the files of a namespace; nobody reads them on return
 * @nn: namespace
 *
 * Context: process context, may sleep.
 */
void nfvs_proc_net_exit(struct nfvs_net *nn)
{
	int i;

	for (i = 0; i < NFVS_PROC_FILES; i++)
		remove_proc_entry(nn->proc_names[i], nn->net->proc_net);
}
