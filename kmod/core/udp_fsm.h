/* SPDX-License-Identifier: GPL-2.0-only */
/* UDP has no connections; what the director keeps for it has one state and one timeout. */
#ifndef NFVS_CORE_UDP_FSM_H
#define NFVS_CORE_UDP_FSM_H

#include "core/kshim.h"

enum nfvs_udp_state {
	NFVS_UDP_NORMAL = 0,
	NFVS_UDP_STATES
};

/* Seconds a connection stays without a packet. */
extern const u32 nfvs_udp_timeout_default[NFVS_UDP_STATES];

u8 nfvs_udp_step(u8 state);
bool nfvs_udp_is_active(u8 state);
const char *nfvs_udp_state_name(u8 state);

#endif
