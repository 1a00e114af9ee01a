// SPDX-License-Identifier: GPL-2.0-only
/* Reasons to drop, counted and traced. */

#include <linux/in6.h>

#include "obj/drop.h"
#include "obj/netns.h"
#include "obj/packet.h"

#ifdef CONFIG_TRACEPOINTS
/* An end of a packet, as a socket address in the room for the longest. */
static void nfvs_trace_end(void *to, u8 af, const union nf_inet_addr *addr, __be16 port)
{
	struct sockaddr_in6 in6 = {
		.sin6_family = AF_INET6,
		.sin6_port = port,
		.sin6_addr = addr->in6,
	};
	struct sockaddr_in in = {
		.sin_family = AF_INET,
		.sin_port = port,
		.sin_addr.s_addr = addr->ip,
	};

	memset(to, 0, sizeof(in6));
	if (af == AF_INET6)
		memcpy(to, &in6, sizeof(in6));
	else
		memcpy(to, &in, sizeof(in));
}
#endif

#define CREATE_TRACE_POINTS
#include "obj/trace.h"

/**
 * nfvs_drop_note() - count and trace why a packet is not forwarded
 * @nn: namespace
 * @pkt: the packet, parsed, or NULL if it is not one packet that is to blame
 * @why: the reason, one of the drop counters; callers write nfvs_count_drop()
 *
 * Before the packet is freed: the tracepoint names its addresses, those it came with.
 *
 * Context: any.
 */
void nfvs_drop_note(struct nfvs_net *nn, const struct nfvs_pkt *pkt, enum nfvs_counter why)
{
	this_cpu_inc(nn->counters->value[why]);
	if (pkt)
		trace_nfvs_drop(nn, pkt, nfvs_counter_name(why));
}
