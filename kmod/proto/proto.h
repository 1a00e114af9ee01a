/* SPDX-License-Identifier: GPL-2.0-only */
/* What nfvs has to know of a transport protocol to follow its connections. */
#ifndef NFVS_PROTO_PROTO_H
#define NFVS_PROTO_PROTO_H

#include "core/tcp_fsm.h"
#include "core/view.h"
#include "nfvs.h"
#include "obj/conn_table.h"
#include "obj/netns.h"
#include "obj/packet.h"

/**
 * enum nfvs_worth - what a connection is worth when memory runs low
 * @NFVS_WORTH_MUCH: it stays
 * @NFVS_WORTH_USE: it stays if it is used
 * @NFVS_WORTH_NOTHING: it goes; an attacker makes such ones by thousands
 */
enum nfvs_worth {
	NFVS_WORTH_MUCH,
	NFVS_WORTH_USE,
	NFVS_WORTH_NOTHING,
};

/**
 * struct nfvs_proto_ops - a transport protocol
 * @proto: IPPROTO_*
 * @opens: whether a packet that belongs to no connection may open one
 * @begins: whether a packet is the first of its sender's, whatever its tuple was used for before
 * @reuses: whether a packet opens a new connection on the tuple of @conn, which is over for
 *	both ends though it has not timed out, or which an administrator wants ended then
 * @birth: set state, timeout and activity of a connection that is not published yet, from its
 *	first packet
 * @step: move a connection on by a packet.  Called for each packet: does not lock when
 *	nothing changes.
 * @is_refusal: whether a packet says that its sender knows of no connection
 * @worth: what a connection in a state is worth
 * @state_name: what /proc calls a state
 *
 * All: rcu_read_lock() held, bottom halves disabled.
 */
struct nfvs_proto_ops {
	u8 proto;
	bool (*opens)(const struct nfvs_net *nn, const struct nfvs_pkt *pkt);
	bool (*begins)(const struct nfvs_pkt *pkt);
	bool (*reuses)(const struct nfvs_net *nn, const struct nfvs_conn *conn,
		       const struct nfvs_pkt *pkt);
	void (*birth)(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt);
	void (*step)(struct nfvs_net *nn, struct nfvs_conn *conn, const struct nfvs_pkt *pkt,
		     enum nfvs_dir dir);
	bool (*is_refusal)(const struct nfvs_pkt *pkt);
	enum nfvs_worth (*worth)(u8 state);
	const char *(*state_name)(u8 state);
};

extern const struct nfvs_proto_ops nfvs_proto_sctp;
extern const struct nfvs_proto_ops nfvs_proto_tcp;
extern const struct nfvs_proto_ops nfvs_proto_udp;

bool nfvs_sctp_is_routine(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			  enum nfvs_dir dir, u8 chunk);
bool nfvs_udp_is_routine(const struct nfvs_net *nn, const struct nfvs_conn *conn,
			 enum nfvs_dir dir);

bool nfvs_proto_dest_quiesced(const struct nfvs_net *nn, const struct nfvs_conn *conn);
bool nfvs_proto_may_reuse(const struct nfvs_conn *conn, int mode);
const char *nfvs_proto_name(u8 proto);
const char *nfvs_proto_state_name(const struct nfvs_conn *conn);

/**
 * nfvs_proto_lookup() - the operations of a protocol
 * @proto: IPPROTO_*
 *
 * Context: any.
 * Return: the operations, or NULL if nfvs does not balance that protocol.
 */
static inline const struct nfvs_proto_ops *nfvs_proto_lookup(u8 proto)
{
	switch (proto) {
	case IPPROTO_SCTP:
		return &nfvs_proto_sctp;
	case IPPROTO_TCP:
		return &nfvs_proto_tcp;
	case IPPROTO_UDP:
		return &nfvs_proto_udp;
	default:
		return NULL;
	}
}

/**
 * nfvs_proto_view() - how the director sees a packet of a connection
 * @conn: the connection
 * @dir: the packet's direction
 */
static inline enum nfvs_view nfvs_proto_view(const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	if (dir == NFVS_DIR_REPLY)
		return NFVS_VIEW_REPLY;
	if (nfvs_conn_has_reply(conn) || READ_ONCE(conn->flags) & NFVS_CONN_ANSWERED)
		return NFVS_VIEW_REQUEST;
	return NFVS_VIEW_REQUEST_ONLY;
}

/**
 * nfvs_tcp_is_first() - whether a packet is the first of a connection, whatever was before
 * @flags: byte 13 of the TCP header
 */
static inline bool nfvs_tcp_is_first(u8 flags)
{
	const u8 telling = NFVS_TCP_FLAG_SYN | NFVS_TCP_FLAG_ACK | NFVS_TCP_FLAG_RST;

	return (flags & telling) == NFVS_TCP_FLAG_SYN;
}

/**
 * nfvs_tcp_is_only_ack() - whether a packet neither opens nor closes a connection
 * @flags: byte 13 of the TCP header
 */
static inline bool nfvs_tcp_is_only_ack(u8 flags)
{
	const u8 telling =
		NFVS_TCP_FLAG_FIN | NFVS_TCP_FLAG_SYN | NFVS_TCP_FLAG_RST | NFVS_TCP_FLAG_ACK;

	return (flags & telling) == NFVS_TCP_FLAG_ACK;
}

/**
 * nfvs_tcp_is_routine() - whether a packet of nfvs_tcp_is_only_ack() changes nothing
 * @nn: namespace
 * @conn: its connection
 *
 * Context: rcu_read_lock() held.
 */
static inline bool nfvs_tcp_is_routine(const struct nfvs_net *nn, const struct nfvs_conn *conn)
{
	return READ_ONCE(conn->state) == NFVS_TCP_ESTABLISHED &&
	       READ_ONCE(conn->timeout) == READ_ONCE(nn->timeouts.tcp[NFVS_TCP_ESTABLISHED]);
}

#endif
