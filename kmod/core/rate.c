// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rate estimation.
 *
 * The average moves by a quarter of its distance to the newest value, rounded towards minus
 * infinity. That rounding is why a rate sinks all the way to 0 once traffic stops, while a rising
 * one stays up to three units of the last place short; reading adds just under half a unit.
 */
#include "core/rate.h"

#define EVENT_SCALE 10
#define BYTE_SCALE 5
#define INTERVAL_SHIFT 1 /* dividing by NFVS_RATE_INTERVAL */
#define GAIN_SHIFT 2

/*
 * Differences are taken modulo 2^64: a counter that wrapped gives the right gain. The shift of a
 * negative number is the arithmetic one in every compiler the kernel is built with.
 */
static u64 averaged(u64 avg, u64 last, u64 now, unsigned int scale)
{
	u64 newest = (now - last) << (scale - INTERVAL_SHIFT);

	return avg + (u64)((s64)(newest - avg) >> GAIN_SHIFT);
}

static u64 rounded(u64 avg, unsigned int scale)
{
	return (avg + ((u64)1 << (scale - 1)) - 1) >> scale;
}

/**
 * nfvs_rate_step - take one measurement
 * @rate: the estimator
 * @now: counters as they stand, NFVS_RATE_INTERVAL seconds after the last step
 */
void nfvs_rate_step(struct nfvs_rate *rate, const struct nfvs_counts *now)
{
	struct nfvs_counts *avg = &rate->avg;
	const struct nfvs_counts *last = &rate->last;

	avg->conns = averaged(avg->conns, last->conns, now->conns, EVENT_SCALE);
	avg->inpkts = averaged(avg->inpkts, last->inpkts, now->inpkts, EVENT_SCALE);
	avg->outpkts = averaged(avg->outpkts, last->outpkts, now->outpkts, EVENT_SCALE);
	avg->inbytes = averaged(avg->inbytes, last->inbytes, now->inbytes, BYTE_SCALE);
	avg->outbytes = averaged(avg->outbytes, last->outbytes, now->outbytes, BYTE_SCALE);
	rate->last = *now;
}

/**
 * nfvs_rate_zero - forget all rates
 * @rate: the estimator
 * @now: counters as they stand; what they hold already is not counted again
 */
void nfvs_rate_zero(struct nfvs_rate *rate, const struct nfvs_counts *now)
{
	memset(&rate->avg, 0, sizeof(rate->avg));
	rate->last = *now;
}

/**
 * nfvs_rate_read - rates for showing
 * @rate: the estimator
 * @per_second: where they go, in whole events and bytes a second
 */
void nfvs_rate_read(const struct nfvs_rate *rate, struct nfvs_counts *per_second)
{
	per_second->conns = rounded(rate->avg.conns, EVENT_SCALE);
	per_second->inpkts = rounded(rate->avg.inpkts, EVENT_SCALE);
	per_second->outpkts = rounded(rate->avg.outpkts, EVENT_SCALE);
	per_second->inbytes = rounded(rate->avg.inbytes, BYTE_SCALE);
	per_second->outbytes = rounded(rate->avg.outbytes, BYTE_SCALE);
}
