/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets in packets: how long the headers between outer and inner IP header are, GUE headers to
 * write and to read, and what an error about an outer packet means to the sender of the inner one.
 */
#ifndef NFVS_CORE_TUNNEL_H
#define NFVS_CORE_TUNNEL_H

#include "core/kshim.h"

/**
 * enum nfvs_tunnel_type - what is between the IP headers; numbers of the netlink ABI
 * @NFVS_TUNNEL_IPIP: nothing
 * @NFVS_TUNNEL_GUE: UDP and GUE, version 0
 * @NFVS_TUNNEL_GRE: GRE, version 0, without key
 * @NFVS_TUNNEL_TYPES: number of types
 */
enum nfvs_tunnel_type {
	NFVS_TUNNEL_IPIP,
	NFVS_TUNNEL_GUE,
	NFVS_TUNNEL_GRE,
	NFVS_TUNNEL_TYPES,
};

#define NFVS_GUE_LEN 4
#define NFVS_GUE_REMCSUM_LEN 8
/* The longest that nfvs_tunnel_read() wants to see: UDP, GUE without options. */
#define NFVS_TUNNEL_READ_MAX 12

/**
 * struct nfvs_tunnel_seen - headers that were found behind an outer IP header
 * @type: &enum nfvs_tunnel_type
 * @inner_v6: the packet inside is of IPv6
 * @port: UDP destination port, host order; only with GUE
 * @len: length of the headers; the inner IP header follows
 */
struct nfvs_tunnel_seen {
	u8 type;
	bool inner_v6;
	u16 port;
	u32 len;
};

/**
 * struct nfvs_icmp_note - type and code of an ICMP or ICMPv6 error
 * @type: type
 * @code: code
 */
struct nfvs_icmp_note {
	u8 type;
	u8 code;
};

void nfvs_gue_write(u8 *gue, u8 proto);
void nfvs_gue_write_remcsum(u8 *gue, u8 proto, u16 start, u16 field);
bool nfvs_tunnel_read(u8 outer_proto, const u8 *bytes, u32 len, struct nfvs_tunnel_seen *seen);
u32 nfvs_tunnel_mtu(u32 route_mtu, u32 overhead, bool outer_v6, bool inner_v6);
bool nfvs_icmp_is_too_big(bool v6, struct nfvs_icmp_note note);
bool nfvs_icmp_relay(bool outer_v6, bool inner_v6, struct nfvs_icmp_note outer,
		     struct nfvs_icmp_note *inner);

#endif
