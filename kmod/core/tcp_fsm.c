// SPDX-License-Identifier: GPL-2.0-only
/*
 * The TCP state machine as data.
 *
 * One row per event, one column per present state, the cell is the next state. A director sits
 * beside the connection, not at one end of it: it believes what it sees, checks neither sequence
 * numbers nor the order of the handshake, and a wrong guess costs a timeout, never a packet.
 *
 * A packet counts as exactly one event, the first of RST, SYN, FIN, ACK that it carries; one that
 * carries none of them is not TCP as anybody speaks it and closes the connection.
 */
#include "core/tcp_fsm.h"

enum tcp_event {
	TCP_EVENT_SYN,
	TCP_EVENT_FIN,
	TCP_EVENT_ACK,
	TCP_EVENT_RST,
	TCP_EVENTS
};

/* Two letters a state, so that a table fits the page. */
enum tcp_short_name {
	S_NO = NFVS_TCP_NONE,
	S_ES = NFVS_TCP_ESTABLISHED,
	S_SS = NFVS_TCP_SYN_SENT,
	S_SR = NFVS_TCP_SYN_RECV,
	S_FW = NFVS_TCP_FIN_WAIT,
	S_TW = NFVS_TCP_TIME_WAIT,
	S_CL = NFVS_TCP_CLOSE,
	S_CW = NFVS_TCP_CLOSE_WAIT,
	S_LA = NFVS_TCP_LAST_ACK,
	S_LI = NFVS_TCP_LISTEN,
	S_SA = NFVS_TCP_SYNACK,
};

/* clang-format off */
#define ROW(no, es, ss, sr, fw, tw, cl, cw, la, li, sa)           \
	{                                                          \
		S_##no, S_##es, S_##ss, S_##sr, S_##fw, S_##tw,    \
		S_##cl, S_##cw, S_##la, S_##li, S_##sa,            \
	}

typedef u8 tcp_table[NFVS_VIEWS][TCP_EVENTS][NFVS_TCP_STATES];

static const tcp_table tcp_table_normal = {
	[NFVS_VIEW_REQUEST] = {
		/* in state           NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EVENT_SYN] = ROW(SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SR),
		[TCP_EVENT_FIN] = ROW(CL, CW, SS, TW, TW, TW, CL, CW, LA, LI, TW),
		[TCP_EVENT_ACK] = ROW(ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES),
		[TCP_EVENT_RST] = ROW(CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, SR),
	},
	[NFVS_VIEW_REPLY] = {
		/* in state           NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EVENT_SYN] = ROW(SS, ES, SS, SR, SS, SS, SS, SS, SS, LI, SR),
		[TCP_EVENT_FIN] = ROW(TW, FW, SS, TW, FW, TW, CL, TW, LA, LI, TW),
		[TCP_EVENT_ACK] = ROW(ES, ES, SS, ES, FW, TW, CL, CW, LA, ES, ES),
		[TCP_EVENT_RST] = ROW(CL, CL, SS, CL, CL, TW, CL, CL, CL, CL, CL),
	},
	[NFVS_VIEW_REQUEST_ONLY] = {
		/* in state           NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EVENT_SYN] = ROW(SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SR),
		[TCP_EVENT_FIN] = ROW(CL, FW, SS, TW, FW, TW, CL, CW, LA, LI, TW),
		[TCP_EVENT_ACK] = ROW(ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES),
		[TCP_EVENT_RST] = ROW(CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL),
	},
};

/*
 * Under attack (secure_tcp) a client alone cannot reach ESTABLISHED with its long timeout: a
 * half-open connection advances only when the real server answers.
 */
static const tcp_table tcp_table_secure = {
	[NFVS_VIEW_REQUEST] = {
		/* in state           NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EVENT_SYN] = ROW(SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SA),
		[TCP_EVENT_FIN] = ROW(CL, CW, SS, TW, TW, TW, CL, CW, LA, LI, SA),
		[TCP_EVENT_ACK] = ROW(ES, ES, SS, SR, FW, TW, CL, CW, CL, LI, SA),
		[TCP_EVENT_RST] = ROW(CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL),
	},
	[NFVS_VIEW_REPLY] = {
		/* in state           NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EVENT_SYN] = ROW(SS, ES, SS, SA, SS, SS, SS, SS, SS, LI, SA),
		[TCP_EVENT_FIN] = ROW(TW, FW, SS, TW, FW, TW, CL, TW, LA, LI, TW),
		[TCP_EVENT_ACK] = ROW(ES, ES, SS, ES, FW, TW, CL, CW, LA, ES, ES),
		[TCP_EVENT_RST] = ROW(CL, CL, SS, CL, CL, TW, CL, CL, CL, CL, CL),
	},
	[NFVS_VIEW_REQUEST_ONLY] = {
		/* in state           NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
		[TCP_EVENT_SYN] = ROW(SA, ES, ES, SR, SA, SA, SA, SA, SA, SA, SA),
		[TCP_EVENT_FIN] = ROW(CL, FW, SS, TW, FW, TW, CL, CW, LA, LI, TW),
		[TCP_EVENT_ACK] = ROW(ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES),
		[TCP_EVENT_RST] = ROW(CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL),
	},
};

const u32 nfvs_tcp_timeout_default[NFVS_TCP_STATES] = {
	[NFVS_TCP_NONE] = 2,
	[NFVS_TCP_ESTABLISHED] = 900,
	[NFVS_TCP_SYN_SENT] = 120,
	[NFVS_TCP_SYN_RECV] = 60,
	[NFVS_TCP_FIN_WAIT] = 120,
	[NFVS_TCP_TIME_WAIT] = 120,
	[NFVS_TCP_CLOSE] = 10,
	[NFVS_TCP_CLOSE_WAIT] = 60,
	[NFVS_TCP_LAST_ACK] = 30,
	[NFVS_TCP_LISTEN] = 120,
	[NFVS_TCP_SYNACK] = 120,
};

static const char *const tcp_state_names[NFVS_TCP_STATES] = {
	[NFVS_TCP_NONE] = "NONE",
	[NFVS_TCP_ESTABLISHED] = "ESTABLISHED",
	[NFVS_TCP_SYN_SENT] = "SYN_SENT",
	[NFVS_TCP_SYN_RECV] = "SYN_RECV",
	[NFVS_TCP_FIN_WAIT] = "FIN_WAIT",
	[NFVS_TCP_TIME_WAIT] = "TIME_WAIT",
	[NFVS_TCP_CLOSE] = "CLOSE",
	[NFVS_TCP_CLOSE_WAIT] = "CLOSE_WAIT",
	[NFVS_TCP_LAST_ACK] = "LAST_ACK",
	[NFVS_TCP_LISTEN] = "LISTEN",
	[NFVS_TCP_SYNACK] = "SYNACK",
};

/* clang-format on */

static enum tcp_event tcp_event_of(u8 tcp_flags)
{
	if (tcp_flags & NFVS_TCP_FLAG_RST)
		return TCP_EVENT_RST;
	if (tcp_flags & NFVS_TCP_FLAG_SYN)
		return TCP_EVENT_SYN;
	if (tcp_flags & NFVS_TCP_FLAG_FIN)
		return TCP_EVENT_FIN;
	if (tcp_flags & NFVS_TCP_FLAG_ACK)
		return TCP_EVENT_ACK;
	return TCP_EVENTS;
}

/**
 * nfvs_tcp_step - the state after one packet
 * @state: present state, an enum nfvs_tcp_state
 * @view: whose packet it is and whether both directions are seen
 * @tcp_flags: byte 13 of the TCP header as it stands there
 * @secure: use the table for times of attack (secure_tcp)
 *
 * Return: the next state. A @state or @view that does not exist, which can only come from outside
 * (a sync message), and a packet without any of the four flags give NFVS_TCP_CLOSE.
 */
u8 nfvs_tcp_step(u8 state, enum nfvs_view view, u8 tcp_flags, bool secure)
{
	const tcp_table *table = secure ? &tcp_table_secure : &tcp_table_normal;
	enum tcp_event event = tcp_event_of(tcp_flags);

	if (state >= NFVS_TCP_STATES || (unsigned int)view >= NFVS_VIEWS || event == TCP_EVENTS)
		return NFVS_TCP_CLOSE;
	return (*table)[view][event][state];
}

/**
 * nfvs_tcp_state_name - name of a state as /proc shows it
 * @state: an enum nfvs_tcp_state
 *
 * Return: a constant string, "ERR!" for a state that does not exist.
 */
const char *nfvs_tcp_state_name(u8 state)
{
	return state < NFVS_TCP_STATES ? tcp_state_names[state] : "ERR!";
}
