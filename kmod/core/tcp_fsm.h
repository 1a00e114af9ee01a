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
const char *nfvs_tcp_state_name(u8 state);

/**
 * nfvs_tcp_is_active - does a connection in this state count as active
 * @state: an enum nfvs_tcp_state
 *
 * Return: true for ESTABLISHED and the three half-open states, on which lc and wlc put 256 times
 * the weight of the others; false for a state that does not exist.
 */
static inline bool nfvs_tcp_is_active(u8 state)
{
	switch (state) {
	case NFVS_TCP_ESTABLISHED:
	case NFVS_TCP_SYN_SENT:
	case NFVS_TCP_SYN_RECV:
	case NFVS_TCP_SYNACK:
		return true;
	default:
		return false;
	}
}

#endif
