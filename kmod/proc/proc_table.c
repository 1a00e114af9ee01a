// SPDX-License-Identifier: GPL-2.0-only
/* /proc/net/ip_vs: services and their real servers. */

#include "obj/conn.h"
#include "obj/pool.h"
#include "obj/svc.h"
#include "proc/proc.h"
#include "proto/proto.h"

static const char *nfvs_proc_fwd_name(u32 fwd)
{
	switch (fwd) {
	case NFVS_FWD_LOCALNODE:
		return "Local";
	case NFVS_FWD_TUNNEL:
		return "Tunnel";
	case NFVS_FWD_DROUTE:
		return "Route";
	default:
		return "Masq";
	}
}

static struct nfvs_svc *nfvs_proc_find_svc(struct nfvs_net *nn, struct nfvs_proc_table *at)
{
	unsigned long id = at->svc;
	struct nfvs_svc *svc = xa_find(&nn->svc_ids, &id, ULONG_MAX, XA_PRESENT);

	/* That service is gone: the next one's first line is due. */
	if (id != at->svc)
		at->dest = 0;
	at->svc = id;
	return svc;
}

/* The line that @at describes, or the next there is: a service, whose line @at->dest tells. */
static void *nfvs_proc_table_here(struct seq_file *seq)
{
	struct nfvs_net *nn = nfvs_proc_pernet(seq);
	struct nfvs_proc_table *at = seq->private;
	struct nfvs_svc *svc;

	while ((svc = nfvs_proc_find_svc(nn, at))) {
		if (at->dest <= nfvs_svc_pool(nn, svc)->count)
			return svc;
		at->svc++;
		at->dest = 0;
	}
	return NULL;
}

static void *nfvs_proc_table_start(struct seq_file *seq, loff_t *pos)
{
	struct nfvs_proc_table *at = seq->private;
	void *here;

	mutex_lock(&nfvs_proc_pernet(seq)->cfg_lock);
	if (!*pos)
		return SEQ_START_TOKEN;
	if (*pos < at->pos || !at->pos) {
		at->pos = 1;
		at->svc = 0;
		at->dest = 0;
	}
	while ((here = nfvs_proc_table_here(seq)) && at->pos < *pos) {
		at->dest++;
		at->pos++;
	}
	return here;
}

static void *nfvs_proc_table_next(struct seq_file *seq, void *v, loff_t *pos)
{
	struct nfvs_proc_table *at = seq->private;

	++*pos;
	if (v == SEQ_START_TOKEN) {
		at->svc = 0;
		at->dest = 0;
	} else {
		at->dest++;
	}
	at->pos = *pos;
	return nfvs_proc_table_here(seq);
}

static void nfvs_proc_table_stop(struct seq_file *seq, void *v)
{
	mutex_unlock(&nfvs_proc_pernet(seq)->cfg_lock);
}

static void nfvs_proc_put_head(struct seq_file *seq)
{
	const u32 version = NFVS_IPVS_VERSION;

	seq_printf(seq, "IP Virtual Server version %u.%u.%u (size=%u)\n", version >> 16 & 0xff,
		   version >> 8 & 0xff, version & 0xff, nfvs_conn_buckets(nfvs_proc_pernet(seq)));
	seq_puts(seq, "Prot LocalAddress:Port Scheduler Flags\n"
		      "  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\n");
}

static void nfvs_proc_put_svc(struct seq_file *seq, const struct nfvs_svc *svc)
{
	const char *ops = svc->cfg.flags & NFVS_SVC_F_ONEPACKET ? "ops " : "";
	const char *sched = svc->cfg.sched ? svc->cfg.sched->name : "none";
	const struct nfvs_svc_key *key = &svc->key;

	if (key->fwmark)
		seq_printf(seq, "FWM  %08X %s %s", key->fwmark, sched, ops);
	else if (key->af == AF_INET6)
		seq_printf(seq, "%s  [%pI6]:%04X %s ", nfvs_proto_name(key->proto), &key->addr.in6,
			   ntohs(key->port), sched);
	else
		seq_printf(seq, "%s  %08X:%04X %s %s ", nfvs_proto_name(key->proto),
			   ntohl(key->addr.ip), ntohs(key->port), sched, ops);
	/* Programs know the timeout in jiffies. */
	if (svc->cfg.flags & NFVS_SVC_F_PERSISTENT)
		seq_printf(seq, "persistent %u %08X", svc->cfg.timeout * HZ,
			   ntohl(svc->cfg.netmask));
	seq_putc(seq, '\n');
}

static void nfvs_proc_put_dest(struct seq_file *seq, const struct nfvs_dest *dest)
{
	if (dest->key.af == AF_INET6)
		seq_printf(seq, "  -> [%pI6]:%04X", &dest->key.addr.in6, ntohs(dest->key.port));
	else
		seq_printf(seq, "  -> %08X:%04X", ntohl(dest->key.addr.ip), ntohs(dest->key.port));
	seq_printf(seq, "      %-7s %-6d %-10d %-10d\n", nfvs_proc_fwd_name(dest->cfg.fwd),
		   dest->cfg.weight, nfvs_dest_active(dest), nfvs_dest_inactive(dest));
}

static int nfvs_proc_table_show(struct seq_file *seq, void *v)
{
	const struct nfvs_proc_table *at = seq->private;
	const struct nfvs_pool *pool;

	if (v == SEQ_START_TOKEN) {
		nfvs_proc_put_head(seq);
	} else if (!at->dest) {
		nfvs_proc_put_svc(seq, v);
	} else {
		pool = nfvs_svc_pool(nfvs_proc_pernet(seq), v);
		nfvs_proc_put_dest(seq, nfvs_pool_dest(pool, at->dest - 1));
	}
	return 0;
}

const struct seq_operations nfvs_proc_table_ops = {
	.start = nfvs_proc_table_start,
	.next = nfvs_proc_table_next,
	.stop = nfvs_proc_table_stop,
	.show = nfvs_proc_table_show,
};
