// SPDX-License-Identifier: GPL-2.0-only
/*
 * The UDP counterpart of tcp_fsm.c, with the same three questions, so that the protocol tables of
 * the module have the same shape for both.
 */
#include "core/udp_fsm.h"

const u32 nfvs_udp_timeout_default[NFVS_UDP_STATES] = {
	[NFVS_UDP_NORMAL] = 300,
};

/**
 * nfvs_udp_step - the state after one datagram
 * @state: present state; whatever it is, a datagram leads to the one state there is
 *
 * Return: NFVS_UDP_NORMAL.
 */
u8 nfvs_udp_step(u8 state)
{
	(void)state;
	return NFVS_UDP_NORMAL;
}

/**
 * nfvs_udp_is_active - does a UDP connection count as active
 * @state: an enum nfvs_udp_state
 *
 * Return: false always: nothing tells a live conversation from one that is over.
 */
bool nfvs_udp_is_active(u8 state)
{
	(void)state;
	return false;
}

/**
 * nfvs_udp_state_name - name of a state as /proc shows it
 * @state: an enum nfvs_udp_state
 *
 * Return: a constant string, "ERR!" for a state that does not exist.
 */
const char *nfvs_udp_state_name(u8 state)
{
	return state < NFVS_UDP_STATES ? "UDP" : "ERR!";
}
