/* SPDX-License-Identifier: GPL-2.0-only */
/* The settings of a namespace that administrators change through /proc/sys. */
#ifndef NFVS_OBJ_SETTINGS_H
#define NFVS_OBJ_SETTINGS_H

/*
 * Documentation/man/nfvs.7 says what each means.  Written by the sysctl handlers, read anywhere
 * with READ_ONCE().
 */
struct nfvs_sysctls {
	int amemthresh;
	int am_droprate;
	int drop_entry;
	int drop_packet;
	int secure_tcp;
	int conntrack;
	int snat_reroute;
	int sync_version;
	int sync_ports;
	int sync_persist_mode;
	unsigned long sync_qlen_max;
	int sync_sock_size;
	int cache_bypass;
	int expire_nodest_conn;
	int expire_quiescent_template;
	int sloppy_tcp;
	int sloppy_sctp;
	int sync_threshold[2];
	int sync_refresh_period; /* jiffies */
	int sync_retries;
	int nat_icmp_send;
	int pmtu_disc;
	int backup_only;
	int conn_reuse_mode;
	int schedule_icmp;
	int ignore_tunneled;
	int run_estimation;
	int lblc_expiration; /* jiffies */
	int lblcr_expiration; /* jiffies */
	int route_by_mark;
	int fastpath; /* enum nfvs_fastpath, but for NFVS_FASTPATH_DEFAULT */
};

void nfvs_sysctls_init(struct nfvs_sysctls *sysctls);

#endif
