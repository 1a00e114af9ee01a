// SPDX-License-Identifier: GPL-2.0-only
/* Ends connections that are worth nothing while their memory is needed (drop_entry). */

#include "hook/hook.h"
#include "obj/conn_table.h"
#include "obj/netns.h"
#include "obj/template.h"
#include "proto/proto.h"

/* The whole table is searched in so many seconds. */
#define NFVS_DEFENSE_SECONDS 32

/* A connection that has been silent for so long may be one of those that never were used. */
#define NFVS_DEFENSE_IDLE (60 * HZ)

static bool nfvs_is_unused(struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	return nfvs_conn_idle(conn) >= NFVS_DEFENSE_IDLE &&
	       nfvs_defense_takes_idle(nn->defenses.turns, READ_ONCE(conn->requests));
}

/*
 * A template without connections goes if nothing shows that its client is real.  One-packet
 * scheduling makes no connections; its packets are counted at the template.
 */
static bool nfvs_template_is_worth_nothing(struct nfvs_net *nn, const struct nfvs_conn *template)
{
	if (refcount_read(&template->users) > 1)
		return false;
	if (READ_ONCE(template->requests))
		return nfvs_is_unused(nn, template);
	return READ_ONCE(template->state) != NFVS_TEMPLATE_ASSURED;
}

static bool nfvs_is_worth_nothing(struct nfvs_net *nn, const struct nfvs_conn *conn,
				  const void *unused)
{
	if (nfvs_conn_is_template(conn))
		return nfvs_template_is_worth_nothing(nn, conn);
	switch (nfvs_proto_lookup(conn->proto)->worth(READ_ONCE(conn->state))) {
	case NFVS_WORTH_NOTHING:
		return true;
	case NFVS_WORTH_USE:
		return nfvs_is_unused(nn, conn);
	default:
		return false;
	}
}

static void nfvs_defense_drop_entries(struct nfvs_net *nn)
{
	u32 buckets = nfvs_conn_buckets(nn) / NFVS_DEFENSE_SECONDS;
	struct nfvs_conn_walk *walk = &nn->defenses.walk;
	u32 dropped;

	while (buckets--) {
		if (walk->done)
			memset(walk, 0, sizeof(*walk));
		rcu_read_lock();
		dropped = nfvs_conn_walk_kill_rcu(nn, walk, nfvs_is_worth_nothing, NULL);
		rcu_read_unlock();
		nfvs_count_n(nn, CONN_DROPPED, dropped);
		cond_resched();
	}
}

static void nfvs_defense_work(struct work_struct *work)
{
	struct nfvs_net *nn = container_of(to_delayed_work(work), struct nfvs_net, defenses.work);

	mutex_lock(&nn->cfg_lock);
	nfvs_defense_update(nn);
	mutex_unlock(&nn->cfg_lock);
	if (READ_ONCE(nn->defenses.drop_entries))
		nfvs_defense_drop_entries(nn);
}

/**
 * nfvs_defense_net_init() - prepare the defenses of a namespace, all off
 * @nn: namespace
 */
void nfvs_defense_net_init(struct nfvs_net *nn)
{
	INIT_DELAYED_WORK(&nn->defenses.work, nfvs_defense_work);
}

/**
 * nfvs_defense_net_exit() - stop the defenses of a namespace
 * @nn: namespace whose settings are withdrawn
 *
 * Context: process context, may sleep, without cfg_lock.
 */
void nfvs_defense_net_exit(struct nfvs_net *nn)
{
	cancel_delayed_work_sync(&nn->defenses.work);
}
