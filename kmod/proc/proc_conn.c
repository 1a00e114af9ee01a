// SPDX-License-Identifier: GPL-2.0-only
/* /proc/net/ip_vs_conn and ip_vs_conn_sync: connections. */

#include "obj/conn.h"
#include "proc/proc.h"
#include "proto/proto.h"

#define NFVS_PROC_CONN_HEAD "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       "

/* Between batches nothing that was found is held, and many buckets in a row may be empty. */
static void nfvs_proc_conns_pause(void)
{
	rcu_read_unlock();
	cond_resched();
	rcu_read_lock();
}

static bool nfvs_proc_conn_was_read(const struct nfvs_proc_conns *at, const struct nfvs_conn *conn)
{
	u32 i;

	for (i = 0; i < at->read; i++)
		if (at->was_read[i] == conn)
			return true;
	return false;
}

static void nfvs_proc_conns_step(struct nfvs_net *nn, struct nfvs_proc_conns *at)
{
	u32 count, i;

	at->index = 0;
	at->count = 0;
	count = nfvs_conn_walk_step_rcu(nn, &at->walk, at->found);
	for (i = 0; i < count; i++)
		if (!nfvs_proc_conn_was_read(at, at->found[i]))
			at->found[at->count++] = at->found[i];
}

/* The connection that @at describes; where its batch is used up, the first of the next one. */
static void *nfvs_proc_conns_here(struct seq_file *seq)
{
	struct nfvs_net *nn = nfvs_proc_pernet(seq);
	struct nfvs_proc_conns *at = seq->private;

	while (at->index >= at->count) {
		if (at->walk.done)
			return NULL;
		nfvs_proc_conns_pause();
		at->before = at->walk;
		at->read = 0;
		nfvs_proc_conns_step(nn, at);
	}
	return at->found[at->index];
}

/* RCU was let go: what was found is not valid any more, and looked for again. */
static void nfvs_proc_conns_again(struct nfvs_net *nn, struct nfvs_proc_conns *at)
{
	u32 i;

	for (i = 0; i < at->index && at->read < NFVS_WALK_BATCH; i++)
		at->was_read[at->read++] = at->found[i];
	at->walk = at->before;
	nfvs_proc_conns_step(nn, at);
}

static void nfvs_proc_conns_begin(struct nfvs_net *nn, struct nfvs_proc_conns *at)
{
	memset(&at->before, 0, sizeof(at->before));
	at->index = 0;
	at->read = 0;
	nfvs_proc_conns_again(nn, at);
}

static void *nfvs_proc_conns_start(struct seq_file *seq, loff_t *pos) __acquires(RCU)
{
	struct nfvs_net *nn = nfvs_proc_pernet(seq);
	struct nfvs_proc_conns *at = seq->private;
	void *here;

	rcu_read_lock();
	if (!*pos)
		return SEQ_START_TOKEN;
	if (*pos < at->pos || !at->pos) {
		nfvs_proc_conns_begin(nn, at);
		at->pos = 1;
	} else {
		nfvs_proc_conns_again(nn, at);
	}
	while ((here = nfvs_proc_conns_here(seq)) && at->pos < *pos) {
		at->index++;
		at->pos++;
	}
	return here;
}

static void *nfvs_proc_conns_next(struct seq_file *seq, void *v, loff_t *pos)
{
	struct nfvs_proc_conns *at = seq->private;

	++*pos;
	if (v == SEQ_START_TOKEN)
		nfvs_proc_conns_begin(nfvs_proc_pernet(seq), at);
	else
		at->index++;
	at->pos = *pos;
	return nfvs_proc_conns_here(seq);
}

static void nfvs_proc_conns_stop(struct seq_file *seq, void *v) __releases(RCU)
{
	rcu_read_unlock();
}

static void nfvs_proc_put_end(struct seq_file *seq, u8 af, const void *addr, __be16 port)
{
	if (af == AF_INET6)
		seq_printf(seq, "%pI6 %04X ", addr, ntohs(port));
	else
		seq_printf(seq, "%08X %04X ", ntohl(*(const __be32 *)addr), ntohs(port));
}

static void nfvs_proc_put_conn(struct seq_file *seq, const struct nfvs_conn *conn)
{
	seq_printf(seq, "%-3s ", nfvs_proto_name(conn->proto));
	nfvs_proc_put_end(seq, conn->af, nfvs_conn_caddr(conn), conn->cport);
	nfvs_proc_put_end(seq, conn->af, nfvs_conn_vaddr(conn), conn->vport);
	nfvs_proc_put_end(seq, nfvs_conn_daf(conn), nfvs_conn_daddr(conn), conn->dport);
	seq_printf(seq, "%-11s", nfvs_proto_state_name(conn));
}

static int nfvs_proc_conns_show(struct seq_file *seq, void *v)
{
	if (v == SEQ_START_TOKEN) {
		seq_puts(seq, NFVS_PROC_CONN_HEAD "Expires PEName PEData\n");
		return 0;
	}
	nfvs_proc_put_conn(seq, v);
	seq_printf(seq, " %7u\n", nfvs_conn_expires(v));
	return 0;
}

static int nfvs_proc_sync_show(struct seq_file *seq, void *v)
{
	if (v == SEQ_START_TOKEN) {
		seq_puts(seq, NFVS_PROC_CONN_HEAD "Origin Expires\n");
		return 0;
	}
	nfvs_proc_put_conn(seq, v);
	seq_printf(seq, " LOCAL  %7u\n", nfvs_conn_expires(v));
	return 0;
}

const struct seq_operations nfvs_proc_conns_ops = {
	.start = nfvs_proc_conns_start,
	.next = nfvs_proc_conns_next,
	.stop = nfvs_proc_conns_stop,
	.show = nfvs_proc_conns_show,
};

const struct seq_operations nfvs_proc_sync_ops = {
	.start = nfvs_proc_conns_start,
	.next = nfvs_proc_conns_next,
	.stop = nfvs_proc_conns_stop,
	.show = nfvs_proc_sync_show,
};
