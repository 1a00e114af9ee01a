// SPDX-License-Identifier: GPL-2.0-only
/*
 * The SCTP state machine as data, in the shape of tcp_fsm.c.
 *
 * A packet counts as the one event that its first chunk stands for: the chunks that move an
 * association come first or alone. Only ABORT may stand behind another one, and matters there
 * behind those that would open it.
 */
#include "core/sctp_fsm.h"

enum sctp_event {
	SCTP_DATA,
	SCTP_INIT,
	SCTP_INIT_ACK,
	SCTP_COOKIE_ECHO,
	SCTP_COOKIE_ACK,
	SCTP_SHUT,
	SCTP_SHUT_ACK,
	SCTP_SHUT_DONE,
	SCTP_ERROR,
	SCTP_ABORT,
	SCTP_EVENTS
};

/* Two letters a state, so that a table fits the page. */
enum sctp_short_name {
	S_NO = NFVS_SCTP_NONE,
	S_I1 = NFVS_SCTP_INIT1,
	S_IN = NFVS_SCTP_INIT,
	S_CS = NFVS_SCTP_COOKIE_SENT,
	S_CR = NFVS_SCTP_COOKIE_REPLIED,
	S_CW = NFVS_SCTP_COOKIE_WAIT,
	S_CO = NFVS_SCTP_COOKIE,
	S_CE = NFVS_SCTP_COOKIE_ECHOED,
	S_ES = NFVS_SCTP_ESTABLISHED,
	S_SS = NFVS_SCTP_SHUTDOWN_SENT,
	S_SR = NFVS_SCTP_SHUTDOWN_RECEIVED,
	S_SA = NFVS_SCTP_SHUTDOWN_ACK_SENT,
	S_RJ = NFVS_SCTP_REJECTED,
	S_CL = NFVS_SCTP_CLOSED,
};

/* clang-format off */
#define ROW(no, i1, in, cs, cr, cw, co, ce, es, ss, sr, sa, rj, cl)          \
	{                                                                     \
		S_##no, S_##i1, S_##in, S_##cs, S_##cr, S_##cw, S_##co,       \
		S_##ce, S_##es, S_##ss, S_##sr, S_##sa, S_##rj, S_##cl,       \
	}

static const u8 sctp_table[NFVS_VIEWS][SCTP_EVENTS][NFVS_SCTP_STATES] = {
	[NFVS_VIEW_REQUEST] = {
		/* in state               NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
		[SCTP_DATA]         = ROW(ES, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_INIT]         = ROW(I1, IN, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, IN, IN),
		[SCTP_INIT_ACK]     = ROW(CW, CW, CW, CS, CR, CO, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_COOKIE_ECHO]  = ROW(CR, IN, IN, CR, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_COOKIE_ACK]   = ROW(ES, I1, IN, CS, CR, CW, CO, ES, ES, SS, SR, SA, RJ, CL),
		[SCTP_SHUT]         = ROW(SR, I1, IN, CS, CR, CW, CO, CE, SR, SS, SR, SA, RJ, CL),
		[SCTP_SHUT_ACK]     = ROW(CL, IN, IN, CS, CR, CW, CO, CE, ES, CL, SR, CL, RJ, CL),
		[SCTP_SHUT_DONE]    = ROW(CL, CL, CL, CS, CR, CW, CO, CE, ES, SS, SR, CL, RJ, CL),
		[SCTP_ERROR]        = ROW(CL, I1, IN, CS, CR, CW, CO, CL, ES, SS, SR, SA, RJ, CL),
		[SCTP_ABORT]        = ROW(CL, CL, CL, CL, CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL),
	},
	[NFVS_VIEW_REPLY] = {
		/* in state               NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
		[SCTP_DATA]         = ROW(ES, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_INIT]         = ROW(CW, CW, CW, CW, CW, CW, CW, CW, ES, CW, CW, CW, CW, CW),
		[SCTP_INIT_ACK]     = ROW(CS, CS, CS, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_COOKIE_ECHO]  = ROW(CE, CE, CE, CE, CE, CE, CE, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_COOKIE_ACK]   = ROW(ES, ES, ES, ES, ES, ES, ES, ES, ES, SS, SR, SA, RJ, CL),
		[SCTP_SHUT]         = ROW(SS, SS, SS, SS, SS, SS, SS, SS, SS, SS, SR, SA, RJ, CL),
		[SCTP_SHUT_ACK]     = ROW(SA, SA, SA, SA, SA, CW, CO, CE, ES, SA, SA, SA, RJ, CL),
		[SCTP_SHUT_DONE]    = ROW(CL, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_ERROR]        = ROW(CL, CL, CL, CL, CL, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_ABORT]        = ROW(CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL),
	},
	[NFVS_VIEW_REQUEST_ONLY] = {
		/* in state               NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
		[SCTP_DATA]         = ROW(ES, I1, IN, CS, CR, ES, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_INIT]         = ROW(I1, IN, IN, IN, IN, IN, CO, CE, ES, SS, SR, SA, IN, IN),
		[SCTP_INIT_ACK]     = ROW(CE, CE, CE, CE, CE, CE, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_COOKIE_ECHO]  = ROW(ES, ES, ES, ES, ES, ES, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_COOKIE_ACK]   = ROW(ES, I1, IN, ES, ES, CW, ES, ES, ES, SS, SR, SA, RJ, CL),
		[SCTP_SHUT]         = ROW(SR, I1, IN, CS, CR, CW, CO, CE, SR, SS, SR, SA, RJ, CL),
		[SCTP_SHUT_ACK]     = ROW(CL, IN, IN, CS, CR, CW, CO, CE, CL, CL, SR, CL, RJ, CL),
		[SCTP_SHUT_DONE]    = ROW(CL, CL, CL, CL, CL, CW, CO, CE, ES, SS, CL, CL, RJ, CL),
		[SCTP_ERROR]        = ROW(CL, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL),
		[SCTP_ABORT]        = ROW(CL, CL, CL, CL, CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL),
	},
};

/* A retransmission may take its sender this long. */
#define SCTP_RTO_MAX (60 + 1)

const u32 nfvs_sctp_timeout_default[NFVS_SCTP_STATES] = {
	[NFVS_SCTP_NONE] = 2,
	[NFVS_SCTP_INIT1] = 3 + 1,
	[NFVS_SCTP_INIT] = SCTP_RTO_MAX,
	[NFVS_SCTP_COOKIE_SENT] = SCTP_RTO_MAX,
	[NFVS_SCTP_COOKIE_REPLIED] = SCTP_RTO_MAX,
	[NFVS_SCTP_COOKIE_WAIT] = SCTP_RTO_MAX,
	[NFVS_SCTP_COOKIE] = SCTP_RTO_MAX,
	[NFVS_SCTP_COOKIE_ECHOED] = SCTP_RTO_MAX,
	[NFVS_SCTP_ESTABLISHED] = 15 * 60,
	[NFVS_SCTP_SHUTDOWN_SENT] = SCTP_RTO_MAX,
	[NFVS_SCTP_SHUTDOWN_RECEIVED] = SCTP_RTO_MAX,
	[NFVS_SCTP_SHUTDOWN_ACK_SENT] = SCTP_RTO_MAX,
	[NFVS_SCTP_REJECTED] = 3 + 1,
	[NFVS_SCTP_CLOSED] = SCTP_RTO_MAX,
};

static const char *const sctp_state_names[NFVS_SCTP_STATES] = {
	[NFVS_SCTP_NONE] = "NONE",
	[NFVS_SCTP_INIT1] = "INIT1",
	[NFVS_SCTP_INIT] = "INIT",
	[NFVS_SCTP_COOKIE_SENT] = "C-SENT",
	[NFVS_SCTP_COOKIE_REPLIED] = "C-REPLIED",
	[NFVS_SCTP_COOKIE_WAIT] = "C-WAIT",
	[NFVS_SCTP_COOKIE] = "COOKIE",
	[NFVS_SCTP_COOKIE_ECHOED] = "C-ECHOED",
	[NFVS_SCTP_ESTABLISHED] = "ESTABLISHED",
	[NFVS_SCTP_SHUTDOWN_SENT] = "S-SENT",
	[NFVS_SCTP_SHUTDOWN_RECEIVED] = "S-RECEIVED",
	[NFVS_SCTP_SHUTDOWN_ACK_SENT] = "S-ACK-SENT",
	[NFVS_SCTP_REJECTED] = "REJECTED",
	[NFVS_SCTP_CLOSED] = "CLOSED",
};

/* clang-format on */

static enum sctp_event sctp_event_of(u8 chunk)
{
	switch (chunk) {
	case NFVS_SCTP_CHUNK_INIT:
		return SCTP_INIT;
	case NFVS_SCTP_CHUNK_INIT_ACK:
		return SCTP_INIT_ACK;
	case NFVS_SCTP_CHUNK_COOKIE_ECHO:
		return SCTP_COOKIE_ECHO;
	case NFVS_SCTP_CHUNK_COOKIE_ACK:
		return SCTP_COOKIE_ACK;
	case NFVS_SCTP_CHUNK_SHUTDOWN:
		return SCTP_SHUT;
	case NFVS_SCTP_CHUNK_SHUTDOWN_ACK:
		return SCTP_SHUT_ACK;
	case NFVS_SCTP_CHUNK_SHUTDOWN_COMPLETE:
		return SCTP_SHUT_DONE;
	case NFVS_SCTP_CHUNK_ERROR:
		return SCTP_ERROR;
	case NFVS_SCTP_CHUNK_ABORT:
		return SCTP_ABORT;
	default:
		return SCTP_DATA;
	}
}

/**
 * nfvs_sctp_may_abort - whether an ABORT behind a chunk is what the packet means
 * @chunk: type of the packet's first chunk
 */
bool nfvs_sctp_may_abort(u8 chunk)
{
	return chunk == NFVS_SCTP_CHUNK_COOKIE_ECHO || chunk == NFVS_SCTP_CHUNK_COOKIE_ACK;
}

/**
 * nfvs_sctp_step - the state after one packet
 * @state: present state, an enum nfvs_sctp_state
 * @view: whose packet it is and whether both directions are seen
 * @chunk: type of its first chunk, or ABORT behind a chunk of nfvs_sctp_may_abort()
 *
 * Return: the next state; NFVS_SCTP_CLOSED for a @state or @view that does not exist, which can
 * only come from outside (a sync message).
 */
u8 nfvs_sctp_step(u8 state, enum nfvs_view view, u8 chunk)
{
	if (state >= NFVS_SCTP_STATES || (unsigned int)view >= NFVS_VIEWS)
		return NFVS_SCTP_CLOSED;
	return sctp_table[view][sctp_event_of(chunk)][state];
}

/**
 * nfvs_sctp_is_active - does a connection in this state count as active
 * @state: an enum nfvs_sctp_state
 *
 * Return: true for ESTABLISHED alone: what opens costs a real server nothing before.
 */
bool nfvs_sctp_is_active(u8 state)
{
	return state == NFVS_SCTP_ESTABLISHED;
}

/**
 * nfvs_sctp_state_name - name of a state as /proc shows it
 * @state: an enum nfvs_sctp_state
 *
 * Return: a constant string, "ERR!" for a state that does not exist.
 */
const char *nfvs_sctp_state_name(u8 state)
{
	return state < NFVS_SCTP_STATES ? sctp_state_names[state] : "ERR!";
}
