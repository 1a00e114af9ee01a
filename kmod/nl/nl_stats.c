// SPDX-License-Identifier: GPL-2.0-only
/* Counters and rates as attributes: the old nest of mostly 32 bits, and the 64-bit one. */

#include "nl/nl.h"

static int nfvs_nl_put_narrow(struct sk_buff *skb, const struct nfvs_counts *counts,
			      const struct nfvs_counts *rates)
{
	return nla_put_u32(skb, NFVS_STATS_A_CONNS, (u32)counts->conns) ||
	       nla_put_u32(skb, NFVS_STATS_A_INPKTS, (u32)counts->inpkts) ||
	       nla_put_u32(skb, NFVS_STATS_A_OUTPKTS, (u32)counts->outpkts) ||
	       nla_put_u64_64bit(skb, NFVS_STATS_A_INBYTES, counts->inbytes, NFVS_STATS_A_PAD) ||
	       nla_put_u64_64bit(skb, NFVS_STATS_A_OUTBYTES, counts->outbytes, NFVS_STATS_A_PAD) ||
	       nla_put_u32(skb, NFVS_STATS_A_CPS, (u32)rates->conns) ||
	       nla_put_u32(skb, NFVS_STATS_A_INPPS, (u32)rates->inpkts) ||
	       nla_put_u32(skb, NFVS_STATS_A_OUTPPS, (u32)rates->outpkts) ||
	       nla_put_u32(skb, NFVS_STATS_A_INBPS, (u32)rates->inbytes) ||
	       nla_put_u32(skb, NFVS_STATS_A_OUTBPS, (u32)rates->outbytes);
}

static int nfvs_nl_put_wide(struct sk_buff *skb, const struct nfvs_counts *counts,
			    const struct nfvs_counts *rates)
{
	const u64 values[] = {
		[NFVS_STATS_A_CONNS] = counts->conns,
		[NFVS_STATS_A_INPKTS] = counts->inpkts,
		[NFVS_STATS_A_OUTPKTS] = counts->outpkts,
		[NFVS_STATS_A_INBYTES] = counts->inbytes,
		[NFVS_STATS_A_OUTBYTES] = counts->outbytes,
		[NFVS_STATS_A_CPS] = rates->conns,
		[NFVS_STATS_A_INPPS] = rates->inpkts,
		[NFVS_STATS_A_OUTPPS] = rates->outpkts,
		[NFVS_STATS_A_INBPS] = rates->inbytes,
		[NFVS_STATS_A_OUTBPS] = rates->outbytes,
	};
	int attr;

	for (attr = NFVS_STATS_A_CONNS; attr <= NFVS_STATS_A_OUTBPS; attr++)
		if (nla_put_u64_64bit(skb, attr, values[attr], NFVS_STATS_A_PAD))
			return -EMSGSIZE;
	return 0;
}

/**
 * nfvs_nl_put_stats() - append one nest of counters and rates
 * @skb: the message
 * @attr: type of the nest
 * @wide: all of 64 bits, else as in the oldest interface
 * @counts: counters
 * @rate: rates
 *
 * Return: 0 or -EMSGSIZE.
 */
int nfvs_nl_put_stats(struct sk_buff *skb, int attr, bool wide, const struct nfvs_counts *counts,
		      const struct nfvs_rate *rate)
{
	struct nfvs_counts rates;
	struct nlattr *nest;

	nfvs_rate_read(rate, &rates);
	nest = nla_nest_start_noflag(skb, attr);
	if (!nest)
		return -EMSGSIZE;
	if (wide ? nfvs_nl_put_wide(skb, counts, &rates) :
		   nfvs_nl_put_narrow(skb, counts, &rates)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}
