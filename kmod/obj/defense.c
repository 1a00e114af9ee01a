// SPDX-License-Identifier: GPL-2.0-only
/* Which defenses act; obj/defense.h lists them. */

#include <linux/limits.h>
#include <linux/mm.h>

#include "obj/defense.h"
#include "obj/netns.h"

/* Pages that nobody uses, as ip_vs counts them. */
static int nfvs_free_pages(void)
{
	struct sysinfo info;

	si_meminfo(&info);
	return min_t(u64, (u64)info.freeram + info.bufferram, INT_MAX);
}

/**
 * nfvs_defense_update() - switch defenses on and off
 * @nn: namespace; its cfg_lock is held
 *
 * By the settings and by the memory.  While a defense is on, the memory is looked at each second.
 *
 * Context: process context, may sleep.
 */
void nfvs_defense_update(struct nfvs_net *nn)
{
	struct nfvs_defenses *defenses = &nn->defenses;
	struct nfvs_sysctls *sysctls = &nn->sysctls;
	int wanted = max(READ_ONCE(sysctls->amemthresh), 0);
	int free = nfvs_free_pages();
	bool low = free < wanted;

	lockdep_assert_held(&nn->cfg_lock);
	WRITE_ONCE(sysctls->drop_entry, nfvs_defense_step(sysctls->drop_entry, low));
	WRITE_ONCE(sysctls->drop_packet, nfvs_defense_step(sysctls->drop_packet, low));
	WRITE_ONCE(sysctls->secure_tcp, nfvs_defense_step(sysctls->secure_tcp, low));

	WRITE_ONCE(defenses->drop_entries, nfvs_defense_acts(sysctls->drop_entry));
	WRITE_ONCE(defenses->secure_tcp, nfvs_defense_acts(sysctls->secure_tcp));
	WRITE_ONCE(defenses->drop_rate, nfvs_defense_drop_rate(sysctls->drop_packet, wanted, free,
							       READ_ONCE(sysctls->am_droprate)));

	if (sysctls->drop_entry || sysctls->drop_packet || sysctls->secure_tcp)
		queue_delayed_work(system_long_wq, &defenses->work, HZ);
}

/**
 * nfvs_defense_drops_packet() - whether a first packet is to be dropped
 * @nn: namespace
 *
 * The first, and from there on one of &nfvs_defenses.drop_rate, whichever CPU they come by.
 *
 * Context: any.
 */
bool nfvs_defense_drops_packet(struct nfvs_net *nn)
{
	u32 rate = READ_ONCE(nn->defenses.drop_rate);

	if (likely(!rate))
		return false;
	return !((u32)atomic_fetch_inc(&nn->defenses.first_packets) % rate);
}
