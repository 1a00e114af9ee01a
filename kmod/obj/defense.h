/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Defenses of a director that is flooded with first packets: drop some (drop_packet), end
 * connections that are worth nothing (drop_entry), believe no client alone (secure_tcp).
 */
#ifndef NFVS_OBJ_DEFENSE_H
#define NFVS_OBJ_DEFENSE_H

#include <linux/atomic.h>
#include <linux/workqueue.h>

#include "core/defense.h"
#include "nfvs.h"
#include "obj/conn_walk.h"

/**
 * struct nfvs_defenses - what a namespace's defenses do
 * @secure_tcp: follow TCP with the table for times of attack.  This and the next two are
 *	written under &nfvs_net.cfg_lock and read anywhere.
 * @drop_entries: end connections that are worth nothing
 * @drop_rate: one of so many first packets is dropped, 0 for none
 * @first_packets: those that were counted for @drop_rate
 * @turns: see nfvs_defense_takes_idle().  @work only.
 * @walk: where the search for connections stands.  @work only.
 * @work: looks at the memory and ends connections; runs each second while a defense is on
 */
struct nfvs_defenses {
	bool secure_tcp;
	bool drop_entries;
	u32 drop_rate;
	atomic_t first_packets;
	u8 turns[NFVS_DEFENSE_FEW_PACKETS + 1];
	struct nfvs_conn_walk walk;
	struct delayed_work work;
};

void nfvs_defense_update(struct nfvs_net *nn);
bool nfvs_defense_drops_packet(struct nfvs_net *nn);

#endif
