/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files in /proc/net, byte for byte those of ip_vs: programs parse them.  They are called ip_vs*
 * where ip_vs has not taken those names, else nfvs*.
 */
#ifndef NFVS_PROC_PROC_H
#define NFVS_PROC_PROC_H

#include <linux/seq_file.h>
#include <linux/seq_file_net.h>

#include "obj/conn_walk.h"
#include "obj/netns.h"

int nfvs_proc_net_init(struct nfvs_net *nn, bool take_ipvs_names);
void nfvs_proc_net_exit(struct nfvs_net *nn);

/**
 * struct nfvs_proc_table - where a reader of the services stands
 * @p: namespace
 * @pos: line that the rest describes
 * @svc: id of its service
 * @dest: 0 for the service's own line, else 1 + index of a real server
 */
struct nfvs_proc_table {
	struct seq_net_private p;
	loff_t pos;
	unsigned long svc;
	u32 dest;
};

/**
 * struct nfvs_proc_conns - where a reader of the connections stands
 * @p: namespace
 * @pos: line of @found[@index], unless @count is 0
 * @before: the walk at the first of @found
 * @walk: the walk after @found
 * @count: number of @found
 * @index: the present one
 * @read: number of @was_read
 * @found: connections, valid while RCU is held
 * @was_read: connections behind @before that the reader has had, by their addresses alone: whoever
 *	has ended is not among @found any more, and others are not where they were
 */
struct nfvs_proc_conns {
	struct seq_net_private p;
	loff_t pos;
	struct nfvs_conn_walk before;
	struct nfvs_conn_walk walk;
	u32 count;
	u32 index;
	u32 read;
	struct nfvs_conn *found[NFVS_WALK_BATCH];
	const struct nfvs_conn *was_read[NFVS_WALK_BATCH];
};

extern const struct seq_operations nfvs_proc_table_ops;
extern const struct seq_operations nfvs_proc_conns_ops;
extern const struct seq_operations nfvs_proc_sync_ops;

int nfvs_proc_show_stats(struct seq_file *seq, void *v);
int nfvs_proc_show_stats_percpu(struct seq_file *seq, void *v);

static inline struct nfvs_net *nfvs_proc_pernet(const struct seq_file *seq)
{
	return nfvs_pernet(seq_file_net((struct seq_file *)seq));
}

#endif
