// SPDX-License-Identifier: GPL-2.0-only
/* TCP: follows connections by the flags of their packets (core/tcp_fsm.h). */

#include <linux/tcp.h>

#include "core/tcp_fsm.h"
#include "obj/conn_table.h"
#include "obj/netns.h"
#include "obj/template.h"
#include "proto/proto.h"

/* Bit of the sysctl conn_reuse_mode: connections that the client has closed count as over, too. */
#define NFVS_REUSE_FIN_WAIT 2

static bool nfvs_tcp_opens(const struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	if (pkt->tcp_flags & NFVS_TCP_FLAG_RST)
		return false;
	return pkt->tcp_flags & NFVS_TCP_FLAG_SYN || READ_ONCE(nn->sysctls.sloppy_tcp);
}

static bool nfvs_tcp_begins(const struct nfvs_pkt *pkt)
{
	return nfvs_tcp_is_first(pkt->tcp_flags);
}

static bool nfvs_tcp_reuses(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			    const struct nfvs_pkt *pkt)
{
	int mode = READ_ONCE(nn->sysctls.conn_reuse_mode);
	u8 state = READ_ONCE(conn->state);

	if (!(pkt->tcp_flags & NFVS_TCP_FLAG_SYN))
		return false;
	if (nfvs_proto_dest_quiesced(nn, conn))
		return true;
	if (!nfvs_proto_may_reuse(conn, mode))
		return false;
	return state == NFVS_TCP_TIME_WAIT || state == NFVS_TCP_CLOSE ||
	       (mode & NFVS_REUSE_FIN_WAIT && state == NFVS_TCP_FIN_WAIT &&
		nfvs_proto_view(conn, NFVS_DIR_REQUEST) == NFVS_VIEW_REQUEST_ONLY);
}

static u8 nfvs_tcp_next(const struct nfvs_net *nn, const struct nfvs_conn *conn, u8 state,
			const struct nfvs_pkt *pkt, enum nfvs_dir dir)
{
	return nfvs_tcp_step(state, nfvs_proto_view(conn, dir), pkt->tcp_flags,
			     READ_ONCE(nn->defenses.secure_tcp));
}

static void nfvs_tcp_birth(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt)
{
	conn->state = nfvs_tcp_next(nn, conn, NFVS_TCP_NONE, pkt, NFVS_DIR_REQUEST);
	conn->timeout = READ_ONCE(nn->timeouts.tcp[conn->state]);
	if (nfvs_tcp_is_active(conn->state))
		conn->flags &= ~NFVS_CONN_INACTIVE;
	if (conn->state == NFVS_TCP_ESTABLISHED)
		nfvs_template_assure(conn);
}

static void nfvs_tcp_conn_step(struct nfvs_net *nn, struct nfvs_conn *conn,
			       const struct nfvs_pkt *pkt, enum nfvs_dir dir)
{
	u8 state = READ_ONCE(conn->state);
	u8 next = nfvs_tcp_next(nn, conn, state, pkt, dir);

	nfvs_conn_seen(conn);
	if (next == state && READ_ONCE(conn->timeout) == READ_ONCE(nn->timeouts.tcp[state]))
		return;

	spin_lock(&conn->lock);
	next = nfvs_tcp_next(nn, conn, conn->state, pkt, dir);
	WRITE_ONCE(conn->state, next);
	if (next == NFVS_TCP_ESTABLISHED)
		nfvs_template_assure(conn);
	nfvs_conn_set_active_locked(conn, nfvs_tcp_is_active(next));
	nfvs_conn_set_timeout_locked(nn, conn, READ_ONCE(nn->timeouts.tcp[next]));
	spin_unlock(&conn->lock);
}

static bool nfvs_tcp_is_refusal(const struct nfvs_pkt *pkt)
{
	return pkt->tcp_flags & NFVS_TCP_FLAG_RST;
}

static enum nfvs_worth nfvs_tcp_worth(u8 state)
{
	if (state == NFVS_TCP_SYN_RECV || state == NFVS_TCP_SYNACK)
		return NFVS_WORTH_NOTHING;
	return state == NFVS_TCP_ESTABLISHED ? NFVS_WORTH_USE : NFVS_WORTH_MUCH;
}

const struct nfvs_proto_ops nfvs_proto_tcp = {
	.proto = IPPROTO_TCP,
	.opens = nfvs_tcp_opens,
	.begins = nfvs_tcp_begins,
	.reuses = nfvs_tcp_reuses,
	.birth = nfvs_tcp_birth,
	.step = nfvs_tcp_conn_step,
	.is_refusal = nfvs_tcp_is_refusal,
	.worth = nfvs_tcp_worth,
	.state_name = nfvs_tcp_state_name,
};
