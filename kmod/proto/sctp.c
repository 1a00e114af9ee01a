// SPDX-License-Identifier: GPL-2.0-only
/* SCTP: follows associations by the first chunk of their packets (core/sctp_fsm.h). */

#include <linux/sctp.h>

#include "core/sctp_fsm.h"
#include "obj/netns.h"
#include "obj/template.h"
#include "proto/proto.h"

/* The type of the chunk at an offset, or -1 if there is none. */
static int nfvs_sctp_chunk_at(const struct nfvs_pkt *pkt, unsigned int off, unsigned int *len)
{
	const struct sctp_chunkhdr *chunk;
	struct sctp_chunkhdr buf;

	chunk = skb_header_pointer(pkt->skb, off, sizeof(buf), &buf);
	if (!chunk)
		return -1;
	*len = ntohs(chunk->length);
	return chunk->type;
}

/* The type of the chunk that a packet is about, or -1 if it has none: then it changes nothing. */
static int nfvs_sctp_chunk(const struct nfvs_pkt *pkt)
{
	unsigned int off = pkt->l4_off + sizeof(struct sctphdr);
	unsigned int len, next_len;
	int type = nfvs_sctp_chunk_at(pkt, off, &len);

	if (type < 0 || !nfvs_sctp_may_abort(type) || len < sizeof(struct sctp_chunkhdr))
		return type;
	if (nfvs_sctp_chunk_at(pkt, off + ALIGN(len, 4), &next_len) == NFVS_SCTP_CHUNK_ABORT)
		return NFVS_SCTP_CHUNK_ABORT;
	return type;
}

static bool nfvs_sctp_opens(const struct nfvs_net *nn, const struct nfvs_pkt *pkt)
{
	int chunk = nfvs_sctp_chunk(pkt);

	if (chunk < 0 || chunk == NFVS_SCTP_CHUNK_ABORT)
		return false;
	return chunk == NFVS_SCTP_CHUNK_INIT || READ_ONCE(nn->sysctls.sloppy_sctp);
}

static bool nfvs_sctp_begins(const struct nfvs_pkt *pkt)
{
	return nfvs_sctp_chunk(pkt) == NFVS_SCTP_CHUNK_INIT;
}

static bool nfvs_sctp_reuses(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			     const struct nfvs_pkt *pkt)
{
	if (!nfvs_sctp_begins(pkt))
		return false;
	if (nfvs_proto_dest_quiesced(nn, conn))
		return true;
	if (!nfvs_proto_may_reuse(conn, READ_ONCE(nn->sysctls.conn_reuse_mode)))
		return false;
	return READ_ONCE(conn->state) == NFVS_SCTP_CLOSED;
}

static void nfvs_sctp_birth(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt)
{
	conn->state = nfvs_sctp_step(NFVS_SCTP_NONE, nfvs_proto_view(conn, NFVS_DIR_REQUEST),
				     nfvs_sctp_chunk(pkt));
	conn->timeout = READ_ONCE(nn->timeouts.sctp[conn->state]);
	if (nfvs_sctp_is_active(conn->state))
		conn->flags &= ~NFVS_CONN_INACTIVE;
	if (conn->state == NFVS_SCTP_ESTABLISHED)
		nfvs_template_assure(conn);
}

static void nfvs_sctp_conn_step(struct nfvs_net *nn, struct nfvs_conn *conn,
				const struct nfvs_pkt *pkt, enum nfvs_dir dir)
{
	enum nfvs_view view = nfvs_proto_view(conn, dir);
	u8 state = READ_ONCE(conn->state);
	int chunk = nfvs_sctp_chunk(pkt);
	u8 next;

	nfvs_conn_seen(conn);
	if (chunk < 0)
		return;
	next = nfvs_sctp_step(state, view, chunk);
	if (next == state && READ_ONCE(conn->timeout) == READ_ONCE(nn->timeouts.sctp[state]))
		return;

	spin_lock(&conn->lock);
	next = nfvs_sctp_step(conn->state, view, chunk);
	WRITE_ONCE(conn->state, next);
	if (next == NFVS_SCTP_ESTABLISHED)
		nfvs_template_assure(conn);
	nfvs_conn_set_active_locked(conn, nfvs_sctp_is_active(next));
	nfvs_conn_set_timeout_locked(nn, conn, READ_ONCE(nn->timeouts.sctp[next]));
	spin_unlock(&conn->lock);
}

/**
 * nfvs_sctp_is_routine() - whether a packet changes nothing about its connection
 * @nn: namespace
 * @conn: the connection
 * @dir: the packet's direction
 * @chunk: type of its first chunk
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_sctp_is_routine(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			  enum nfvs_dir dir, u8 chunk)
{
	u8 state = READ_ONCE(conn->state);

	return state == NFVS_SCTP_ESTABLISHED && !nfvs_sctp_may_abort(chunk) &&
	       nfvs_sctp_step(state, nfvs_proto_view(conn, dir), chunk) == state &&
	       READ_ONCE(conn->timeout) == READ_ONCE(nn->timeouts.sctp[state]);
}

static bool nfvs_sctp_is_refusal(const struct nfvs_pkt *pkt)
{
	return nfvs_sctp_chunk(pkt) == NFVS_SCTP_CHUNK_ABORT;
}

static enum nfvs_worth nfvs_sctp_worth(u8 state)
{
	if (state == NFVS_SCTP_INIT1 || state == NFVS_SCTP_INIT)
		return NFVS_WORTH_NOTHING;
	return state == NFVS_SCTP_ESTABLISHED ? NFVS_WORTH_USE : NFVS_WORTH_MUCH;
}

const struct nfvs_proto_ops nfvs_proto_sctp = {
	.proto = IPPROTO_SCTP,
	.opens = nfvs_sctp_opens,
	.begins = nfvs_sctp_begins,
	.reuses = nfvs_sctp_reuses,
	.birth = nfvs_sctp_birth,
	.step = nfvs_sctp_conn_step,
	.is_refusal = nfvs_sctp_is_refusal,
	.worth = nfvs_sctp_worth,
	.state_name = nfvs_sctp_state_name,
};
