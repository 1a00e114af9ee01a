/* SPDX-License-Identifier: GPL-2.0-only */
/* Traffic of a namespace: the sum over its real servers, those that are gone included. */
#ifndef NFVS_OBJ_TOTALS_H
#define NFVS_OBJ_TOTALS_H

#include "nfvs.h"
#include "obj/stats.h"

struct nfvs_dest;

void nfvs_totals_by_cpu(struct nfvs_net *nn, struct nfvs_counts *by_cpu);
void nfvs_totals(struct nfvs_net *nn, struct nfvs_counts *shown);
void nfvs_totals_zero(struct nfvs_net *nn);
void nfvs_totals_keep(struct nfvs_net *nn, const struct nfvs_dest *dest);

#endif
