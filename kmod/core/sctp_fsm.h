/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SCTP association states as a director sees them; see tcp_fsm.h.
 *
 * State numbers and names are those of in-tree IPVS. They appear in /proc, in sync messages and in
 * the tools that read those, so they never change.
 */
#ifndef NFVS_CORE_SCTP_FSM_H
#define NFVS_CORE_SCTP_FSM_H

#include "core/kshim.h"
#include "core/view.h"

/**
 * enum nfvs_sctp_state - how far an association has come, seen from the real server
 * @NFVS_SCTP_NONE: nothing is known
 * @NFVS_SCTP_INIT1: the client's first INIT; few seconds, it may be of an attack
 * @NFVS_SCTP_INIT: the client's next INIT
 * @NFVS_SCTP_COOKIE_SENT: the server has answered and waits for the cookie to come back
 * @NFVS_SCTP_COOKIE_REPLIED: the cookie came back
 * @NFVS_SCTP_COOKIE_WAIT: the server sends an INIT itself
 * @NFVS_SCTP_COOKIE: the client has answered that
 * @NFVS_SCTP_COOKIE_ECHOED: the server has returned the client's cookie
 * @NFVS_SCTP_ESTABLISHED: data may flow
 * @NFVS_SCTP_SHUTDOWN_SENT: the server wants to end
 * @NFVS_SCTP_SHUTDOWN_RECEIVED: the client wants to end
 * @NFVS_SCTP_SHUTDOWN_ACK_SENT: the server agrees
 * @NFVS_SCTP_REJECTED: an INIT was answered by ABORT
 * @NFVS_SCTP_CLOSED: over
 * @NFVS_SCTP_STATES: how many there are
 */
enum nfvs_sctp_state {
	NFVS_SCTP_NONE = 0,
	NFVS_SCTP_INIT1,
	NFVS_SCTP_INIT,
	NFVS_SCTP_COOKIE_SENT,
	NFVS_SCTP_COOKIE_REPLIED,
	NFVS_SCTP_COOKIE_WAIT,
	NFVS_SCTP_COOKIE,
	NFVS_SCTP_COOKIE_ECHOED,
	NFVS_SCTP_ESTABLISHED,
	NFVS_SCTP_SHUTDOWN_SENT,
	NFVS_SCTP_SHUTDOWN_RECEIVED,
	NFVS_SCTP_SHUTDOWN_ACK_SENT,
	NFVS_SCTP_REJECTED,
	NFVS_SCTP_CLOSED,
	NFVS_SCTP_STATES
};

/* Types of chunks (RFC 9260, 3.2) that mean something to a director; all others are data to it. */
#define NFVS_SCTP_CHUNK_DATA 0
#define NFVS_SCTP_CHUNK_INIT 1
#define NFVS_SCTP_CHUNK_INIT_ACK 2
#define NFVS_SCTP_CHUNK_ABORT 6
#define NFVS_SCTP_CHUNK_SHUTDOWN 7
#define NFVS_SCTP_CHUNK_SHUTDOWN_ACK 8
#define NFVS_SCTP_CHUNK_ERROR 9
#define NFVS_SCTP_CHUNK_COOKIE_ECHO 10
#define NFVS_SCTP_CHUNK_COOKIE_ACK 11
#define NFVS_SCTP_CHUNK_SHUTDOWN_COMPLETE 14

/* Seconds a connection stays in each state without a packet. */
extern const u32 nfvs_sctp_timeout_default[NFVS_SCTP_STATES];

bool nfvs_sctp_may_abort(u8 chunk);
u8 nfvs_sctp_step(u8 state, enum nfvs_view view, u8 chunk);
bool nfvs_sctp_is_active(u8 state);
const char *nfvs_sctp_state_name(u8 state);

#endif
