// SPDX-License-Identifier: GPL-2.0-only
/* Templates: lifetimes; template.h says what they are. */

#include <linux/lockdep.h>

#include "obj/netns.h"
#include "obj/template.h"

/* A template that would end but for its connections is looked at again after so many seconds. */
#define NFVS_TEMPLATE_EXTENSION 60

/* The real server is gone, or is to get rid of its clients. */
static bool nfvs_template_is_invalid(const struct nfvs_net *nn, const struct nfvs_conn *template)
{
	const struct nfvs_dest *dest = template->dest;

	if (!READ_ONCE(dest->available))
		return true;
	return !READ_ONCE(dest->cfg.weight) && READ_ONCE(nn->sysctls.expire_quiescent_template);
}

/**
 * nfvs_template_lookup_rcu() - the template that a first packet goes by
 * @nn: namespace; it has a table
 * @tuple: the template's; gets its hash
 *
 * One that is of no use any more is ended.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the template, usable until rcu_read_unlock(), or NULL.
 */
struct nfvs_conn *nfvs_template_lookup_rcu(struct nfvs_net *nn, struct nfvs_tuple *tuple)
{
	struct nfvs_conn *template;
	enum nfvs_dir dir;

	template = nfvs_conn_lookup_rcu(nn, tuple, &dir);
	if (!template || !nfvs_template_is_invalid(nn, template))
		return template;
	if (nfvs_conn_kill(nn, template))
		nfvs_count(nn, TEMPLATE_INVALID);
	return NULL;
}

/**
 * nfvs_template_create_rcu() - bind a client to a real server
 * @nn: namespace
 * @pkt: his first packet, which is lost without a template
 * @tuple: the template's; nfvs_template_lookup_rcu() has found nothing by it
 * @dest: the real server that was picked
 * @dport: port there, or 0
 * @timeout: jiffies that it lives without new connections
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the template, be it that of another packet which was faster; or NULL, and a counter
 *	says why.
 */
struct nfvs_conn *nfvs_template_create_rcu(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
					   const struct nfvs_tuple *tuple, struct nfvs_dest *dest,
					   __be16 dport, u32 timeout)
{
	struct nfvs_conn *template = nfvs_conn_create(nn, pkt, tuple, dest, dport);

	if (!template)
		return NULL;
	template->state = NFVS_TEMPLATE_NONE;
	template->timeout = timeout;
	return nfvs_conn_publish_rcu(nn, pkt, template);
}

/**
 * nfvs_template_get() - take a reference for a connection that is about to be made
 * @template: found under RCU
 *
 * The template's time starts anew.  Under its lock, as is its end: either the reaper sees the
 * reference, or the caller sees that it is dead, and by then its tuple is free.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: false if it has ended meanwhile.
 */
bool nfvs_template_get(struct nfvs_conn *template)
{
	bool alive;

	spin_lock(&template->lock);
	alive = !(template->flags & NFVS_CONN_DEAD);
	if (alive) {
		refcount_inc(&template->users);
		WRITE_ONCE(template->seen, (u32)jiffies);
	}
	spin_unlock(&template->lock);
	return alive;
}

/**
 * nfvs_template_put() - drop a reference
 * @nn: namespace
 * @template: the template
 *
 * Context: bottom halves disabled.
 */
void nfvs_template_put(struct nfvs_net *nn, struct nfvs_conn *template)
{
	if (refcount_dec_and_test(&template->users))
		nfvs_conn_free(nn, template);
}

/**
 * nfvs_template_extend_locked() - let a template live on that still has connections
 * @conn: a connection whose time is over; its lock is held
 *
 * Return: whether it was such a template.
 */
bool nfvs_template_extend_locked(struct nfvs_conn *conn)
{
	lockdep_assert_held(&conn->lock);
	if (!nfvs_conn_is_template(conn) || refcount_read(&conn->users) == 1)
		return false;
	/* From now on this is its timeout, as in ip_vs. */
	WRITE_ONCE(conn->timeout, NFVS_TEMPLATE_EXTENSION * HZ);
	WRITE_ONCE(conn->seen, (u32)jiffies);
	return true;
}

/**
 * nfvs_template_assure() - a connection has shown that its client is real
 * @conn: the connection; it need not have a template
 *
 * Context: rcu_read_lock() held.
 */
void nfvs_template_assure(struct nfvs_conn *conn)
{
	struct nfvs_conn *template = nfvs_conn_template(conn);

	if (template && READ_ONCE(template->state) != NFVS_TEMPLATE_ASSURED)
		WRITE_ONCE(template->state, NFVS_TEMPLATE_ASSURED);
}

/**
 * nfvs_template_state_name() - the state of a template as /proc shows it
 * @state: &enum nfvs_template_state
 *
 * Return: a constant string.
 */
const char *nfvs_template_state_name(u8 state)
{
	return state == NFVS_TEMPLATE_ASSURED ? "ASSURED" : "NONE";
}
