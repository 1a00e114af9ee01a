/* SPDX-License-Identifier: GPL-2.0-only */
/* Settings under /proc/sys/net. */
#ifndef NFVS_PROC_SYSCTL_H
#define NFVS_PROC_SYSCTL_H

#include "nfvs.h"

int nfvs_sysctl_net_init(struct nfvs_net *nn, bool take_ipvs_name);
void nfvs_sysctl_net_exit(struct nfvs_net *nn);

#endif
