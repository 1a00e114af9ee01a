/* SPDX-License-Identifier: GPL-2.0-only */
/* The schedulers; obj/pool.h has their interface. */
#ifndef NFVS_SCHED_SCHED_H
#define NFVS_SCHED_SCHED_H

#include "obj/pool.h"

extern const struct nfvs_sched_ops nfvs_sched_dh;
extern const struct nfvs_sched_ops nfvs_sched_fo;
extern const struct nfvs_sched_ops nfvs_sched_lblc;
extern const struct nfvs_sched_ops nfvs_sched_lblcr;
extern const struct nfvs_sched_ops nfvs_sched_lc;
extern const struct nfvs_sched_ops nfvs_sched_mh;
extern const struct nfvs_sched_ops nfvs_sched_nq;
extern const struct nfvs_sched_ops nfvs_sched_ovf;
extern const struct nfvs_sched_ops nfvs_sched_rr;
extern const struct nfvs_sched_ops nfvs_sched_sed;
extern const struct nfvs_sched_ops nfvs_sched_sh;
extern const struct nfvs_sched_ops nfvs_sched_twos;
extern const struct nfvs_sched_ops nfvs_sched_wlc;
extern const struct nfvs_sched_ops nfvs_sched_wrr;

const struct nfvs_sched_ops *nfvs_sched_find(const char *name);
const struct nfvs_sched_ops *nfvs_sched_at(size_t index);

#endif
