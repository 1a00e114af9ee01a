// SPDX-License-Identifier: GPL-2.0-only
/* Settings of a new namespace: those of ip_vs. */

#include <linux/jiffies.h>
#include <linux/swap.h>

#include "nfvs.h"
#include "obj/settings.h"

/**
 * nfvs_sysctls_init() - set the defaults
 * @sysctls: zeroed settings
 */
void nfvs_sysctls_init(struct nfvs_sysctls *sysctls)
{
	sysctls->amemthresh = 1024;
	sysctls->am_droprate = 10;
	sysctls->snat_reroute = 1;
	sysctls->sync_version = 1;
	sysctls->sync_ports = 1;
	sysctls->sync_qlen_max = nr_free_buffer_pages() / 32;
	sysctls->sync_threshold[0] = 3;
	sysctls->sync_threshold[1] = 50;
	sysctls->pmtu_disc = 1;
	sysctls->conn_reuse_mode = 1;
	sysctls->run_estimation = 1;
	sysctls->lblc_expiration = 24 * 60 * 60 * HZ;
	sysctls->lblcr_expiration = 24 * 60 * 60 * HZ;
	sysctls->fastpath = NFVS_FASTPATH_AUTO;
}
