// SPDX-License-Identifier: GPL-2.0-only
/* The protocols that nfvs balances. */

#include <linux/in.h>

#include "obj/conn_table.h"
#include "obj/netns.h"
#include "obj/template.h"
#include "proto/proto.h"

/**
 * nfvs_proto_dest_quiesced() - whether a first packet is to leave its connection's real server
 * @nn: namespace
 * @conn: the connection that the packet belongs to by its tuple
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_proto_dest_quiesced(const struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	return READ_ONCE(nn->sysctls.expire_nodest_conn) && !READ_ONCE(conn->dest->cfg.weight);
}

/**
 * nfvs_proto_may_reuse() - whether a first packet may begin anew on a connection that is over
 * @conn: the connection that the packet belongs to by its tuple
 * @mode: the setting conn_reuse_mode
 *
 * A client that is bound to a real server has nowhere else to go.  One that is not never has to
 * stay for the sake of his port at a real server that is to get no more clients.
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_proto_may_reuse(const struct nfvs_conn *conn, int mode)
{
	if (nfvs_conn_template(conn))
		return false;
	return mode || !READ_ONCE(conn->dest->cfg.weight);
}

/**
 * nfvs_proto_name() - name of a protocol as /proc shows it
 * @proto: IPPROTO_*
 *
 * Return: a constant string.
 */
const char *nfvs_proto_name(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return "TCP";
	case IPPROTO_UDP:
		return "UDP";
	case IPPROTO_SCTP:
		return "SCTP";
	default:
		return "IP";
	}
}

/**
 * nfvs_proto_state_name() - the state of a connection as /proc shows it
 * @conn: the connection
 *
 * Return: a constant string.
 */
const char *nfvs_proto_state_name(const struct nfvs_conn *conn)
{
	if (nfvs_conn_is_template(conn))
		return nfvs_template_state_name(READ_ONCE(conn->state));
	return nfvs_proto_lookup(conn->proto)->state_name(READ_ONCE(conn->state));
}
