// SPDX-License-Identifier: GPL-2.0-only
/* UDP: a connection is whoever talks between the same two ports, until he falls silent. */

#include <linux/in.h>

#include "core/udp_fsm.h"
#include "obj/netns.h"
#include "obj/template.h"
#include "proto/proto.h"

static bool nfvs_udp_opens(const struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	return !pkt->ipsec;
}

static bool nfvs_udp_begins(const struct nfvs_pkt *pkt)
{
	return false;
}

static bool nfvs_udp_reuses(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			    const struct nfvs_pkt *pkt)
{
	return false;
}

static void nfvs_udp_birth(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt)
{
	conn->state = 0;
	conn->timeout = READ_ONCE(nn->timeouts.udp);
}

static bool nfvs_udp_is_assured(const struct nfvs_conn *conn)
{
	return likely(!conn->template) || READ_ONCE(conn->flags) & NFVS_CONN_ASSURED;
}

/* An answer shows that somebody is there.  Once is enough: each packet has to ask whether. */
static void nfvs_udp_assure(struct nfvs_conn *conn)
{
	if (nfvs_udp_is_assured(conn))
		return;
	nfvs_template_assure(conn);
	spin_lock(&conn->lock);
	WRITE_ONCE(conn->flags, conn->flags | NFVS_CONN_ASSURED);
	spin_unlock(&conn->lock);
}

static void nfvs_udp_conn_step(struct nfvs_net *nn, struct nfvs_conn *conn,
			       const struct nfvs_pkt *pkt, enum nfvs_dir dir)
{
	nfvs_conn_seen(conn);
	if (dir == NFVS_DIR_REPLY)
		nfvs_udp_assure(conn);
	if (READ_ONCE(conn->timeout) == READ_ONCE(nn->timeouts.udp))
		return;
	spin_lock(&conn->lock);
	nfvs_conn_set_timeout_locked(nn, conn, READ_ONCE(nn->timeouts.udp));
	spin_unlock(&conn->lock);
}

/**
 * nfvs_udp_is_routine() - whether a packet changes nothing about its connection
 * @nn: namespace
 * @conn: the connection
 * @dir: the packet's direction
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_udp_is_routine(const struct nfvs_net *nn, const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	return READ_ONCE(conn->timeout) == READ_ONCE(nn->timeouts.udp) &&
	       (dir == NFVS_DIR_REQUEST || nfvs_udp_is_assured(conn));
}

static bool nfvs_udp_is_refusal(const struct nfvs_pkt *pkt)
{
	return false;
}

static enum nfvs_worth nfvs_udp_worth(u8 state)
{
	return NFVS_WORTH_USE;
}

const struct nfvs_proto_ops nfvs_proto_udp = {
	.proto = IPPROTO_UDP,
	.opens = nfvs_udp_opens,
	.begins = nfvs_udp_begins,
	.reuses = nfvs_udp_reuses,
	.birth = nfvs_udp_birth,
	.step = nfvs_udp_conn_step,
	.is_refusal = nfvs_udp_is_refusal,
	.worth = nfvs_udp_worth,
	.state_name = nfvs_udp_state_name,
};
