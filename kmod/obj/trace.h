/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints.  Nobody includes this but obj/drop.c, which is where they are; the kernel's
 * headers read it several times over.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM nfvs

#if !defined(NFVS_OBJ_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define NFVS_OBJ_TRACE_H

#include <linux/in6.h>
#include <linux/tracepoint.h>

#include "obj/netns.h"
#include "obj/packet.h"

#define NFVS_TRACE_REASON_LEN 24

/* clang-format off */
/*
 * The fields are interface: filters and scripts name them.  Addresses are socket addresses,
 * padded to those of IPv6, as in the kernel's own tracepoints of TCP.
 */
TRACE_EVENT(nfvs_drop,
	TP_PROTO(const struct nfvs_net *nn, const struct nfvs_pkt *pkt, const char *reason),
	TP_ARGS(nn, pkt, reason),
	TP_STRUCT__entry(
		__array(char, reason, NFVS_TRACE_REASON_LEN)
		__field(u8, family)
		__field(u8, protocol)
		__field(u16, sport)
		__field(u16, dport)
		__array(u8, saddr, sizeof(struct sockaddr_in6))
		__array(u8, daddr, sizeof(struct sockaddr_in6))
		__field(unsigned int, netns)
		__field(const void *, skbaddr)
	),
	TP_fast_assign(
		strscpy(__entry->reason, reason, NFVS_TRACE_REASON_LEN);
		__entry->family = pkt->tuple.af;
		__entry->protocol = pkt->tuple.proto;
		__entry->sport = ntohs(pkt->tuple.sport);
		__entry->dport = ntohs(pkt->tuple.dport);
		nfvs_trace_end(__entry->saddr, pkt->tuple.af, &pkt->tuple.src, pkt->tuple.sport);
		nfvs_trace_end(__entry->daddr, pkt->tuple.af, &pkt->tuple.dst, pkt->tuple.dport);
		__entry->netns = nn->net->ns.inum;
		__entry->skbaddr = pkt->skb;
	),
	TP_printk("reason=%s protocol=%u src=%pISpc dst=%pISpc netns=%u skbaddr=%p",
		__entry->reason, __entry->protocol, __entry->saddr, __entry->daddr,
		__entry->netns, __entry->skbaddr)
);
/* clang-format on */

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH obj
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
