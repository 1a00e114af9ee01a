/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * TCP connection states as a director sees them, which is from the outside: it may see both
 * directions, or, with direct routing and tunnels, the client's packets alone.
 *
 * State numbers and names are those of in-tree IPVS. They appear in /proc, in sync messages and in
 * the tools that read those, so they never change.
 */
#ifndef NFVS_CORE_TCP_FSM_H
#define NFVS_CORE_TCP_FSM_H

#include "core/kshim.h"
#include "core/view.h"

enum nfvs_tcp_state {
	NFVS_TCP_NONE = 0,
	NFVS_TCP_ESTABLISHED,
	NFVS_TCP_SYN_SENT,
	NFVS_TCP_SYN_RECV,
	NFVS_TCP_FIN_WAIT,
	NFVS_TCP_TIME_WAIT,
	NFVS_TCP_CLOSE,
	NFVS_TCP_CLOSE_WAIT,
	NFVS_TCP_LAST_ACK,
	NFVS_TCP_LISTEN,
	NFVS_TCP_SYNACK,
	NFVS_TCP_STATES
};

/* Bits of the thirteenth byte of the TCP header. */
#define NFVS_TCP_FLAG_FIN 0x01
#define NFVS_TCP_FLAG_SYN 0x02
#define NFVS_TCP_FLAG_RST 0x04
#define NFVS_TCP_FLAG_ACK 0x10

/* Seconds a connection stays in each state without a packet. */
extern const u32 nfvs_tcp_timeout_default[NFVS_TCP_STATES];

u8 nfvs_tcp_step(u8 state, enum nfvs_view view, u8 tcp_flags, bool secure);
bool nfvs_tcp_is_active(u8 state);
const char *nfvs_tcp_state_name(u8 state);

#endif
