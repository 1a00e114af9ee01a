/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rates worked out from counters: an exponentially weighted average, renewed every two seconds
 * with a quarter of the new value. Averages are kept as fixed-point numbers, 10 binary places for
 * connections and packets and 5 for bytes, and agree bit for bit with in-tree IPVS.
 */
#ifndef NFVS_CORE_RATE_H
#define NFVS_CORE_RATE_H

#include "core/kshim.h"

#define NFVS_RATE_INTERVAL 2 /* seconds from step to step */

/* Counters as they stand, or, as the result of nfvs_rate_read(), what they gain per second. */
struct nfvs_counts {
	u64 conns;
	u64 inpkts;
	u64 outpkts;
	u64 inbytes;
	u64 outbytes;
};

/**
 * struct nfvs_rate - one estimator; all zero is a valid start
 * @last: counters at the last step
 * @avg: averages, scaled
 */
struct nfvs_rate {
	struct nfvs_counts last;
	struct nfvs_counts avg;
};

void nfvs_rate_step(struct nfvs_rate *rate, const struct nfvs_counts *now);
void nfvs_rate_zero(struct nfvs_rate *rate, const struct nfvs_counts *now);
void nfvs_rate_read(const struct nfvs_rate *rate, struct nfvs_counts *per_second);

#endif
