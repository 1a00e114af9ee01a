// SPDX-License-Identifier: GPL-2.0-only
/* Packets in packets; tunnel.h says what. */

#include "core/tunnel.h"

/* Protocol numbers and Ethernet types of what is inside. */
#define NFVS_PROTO_IPIP 4
#define NFVS_PROTO_UDP 17
#define NFVS_PROTO_IPV6 41
#define NFVS_PROTO_GRE 47
#define NFVS_ETHERTYPE_IPV4 0x0800
#define NFVS_ETHERTYPE_IPV6 0x86dd

#define NFVS_UDP_LEN 8
#define NFVS_GRE_LEN 4
#define NFVS_GRE_CSUM 0x8000
#define NFVS_GRE_CSUM_LEN 4

/* The first byte of GUE: version in two bits, control in one, length of options in five. */
#define NFVS_GUE_VERSION_CONTROL 0xe0
#define NFVS_GUE_WORDS 0x1f
#define NFVS_GUE_FLAG_PRIVATE 0x01
#define NFVS_GUE_PRIVATE_REMCSUM 0x80

/* No link has to carry more than this in one piece. */
#define NFVS_MTU_MIN_V4 68
#define NFVS_MTU_MIN_V6 1280

enum {
	NFVS_ICMP_UNREACH = 3,
	NFVS_ICMP_UNREACH_HOST = 1,
	NFVS_ICMP_UNREACH_TOO_BIG = 4,
	NFVS_ICMP_EXCEEDED = 11,
	NFVS_ICMP6_UNREACH = 1,
	NFVS_ICMP6_UNREACH_ADDR = 3,
	NFVS_ICMP6_TOO_BIG = 2,
	NFVS_ICMP6_EXCEEDED = 3,
	NFVS_ICMP6_PARAMETER = 4,
	NFVS_ICMP_EXCEEDED_HOPS = 0, /* in both */
};

static u16 nfvs_read_be16(const u8 *bytes)
{
	return (u16)(bytes[0] << 8 | bytes[1]);
}

static void nfvs_write_be16(u8 *bytes, u16 value)
{
	bytes[0] = (u8)(value >> 8);
	bytes[1] = (u8)value;
}

/**
 * nfvs_gue_write() - write a GUE header
 * @gue: room for NFVS_GUE_LEN bytes
 * @proto: protocol number of what follows
 */
void nfvs_gue_write(u8 *gue, u8 proto)
{
	memset(gue, 0, NFVS_GUE_LEN);
	gue[1] = proto;
}

/**
 * nfvs_gue_write_remcsum() - write a GUE header that leaves the inner checksum to the receiver
 * @gue: room for NFVS_GUE_LEN + NFVS_GUE_REMCSUM_LEN bytes
 * @proto: protocol number of what follows
 * @start: where in what follows the checksum begins to be computed
 * @field: where it is to be written
 */
void nfvs_gue_write_remcsum(u8 *gue, u8 proto, u16 start, u16 field)
{
	nfvs_gue_write(gue, proto);
	gue[0] = NFVS_GUE_REMCSUM_LEN / 4;
	gue[3] = NFVS_GUE_FLAG_PRIVATE;
	memset(gue + NFVS_GUE_LEN, 0, NFVS_GUE_REMCSUM_LEN);
	gue[4] = NFVS_GUE_PRIVATE_REMCSUM;
	nfvs_write_be16(gue + 8, start);
	nfvs_write_be16(gue + 10, field);
}

static bool nfvs_inner_of(u8 proto, struct nfvs_tunnel_seen *seen)
{
	seen->inner_v6 = proto == NFVS_PROTO_IPV6;
	return proto == NFVS_PROTO_IPV6 || proto == NFVS_PROTO_IPIP;
}

static bool nfvs_gue_read(const u8 *bytes, u32 len, struct nfvs_tunnel_seen *seen)
{
	const u8 *gue = bytes + NFVS_UDP_LEN;

	if (len < NFVS_UDP_LEN + NFVS_GUE_LEN || gue[0] & NFVS_GUE_VERSION_CONTROL)
		return false;
	seen->type = NFVS_TUNNEL_GUE;
	seen->port = nfvs_read_be16(bytes + 2);
	seen->len = NFVS_UDP_LEN + NFVS_GUE_LEN + 4U * (gue[0] & NFVS_GUE_WORDS);
	return nfvs_inner_of(gue[1], seen);
}

static bool nfvs_gre_read(const u8 *bytes, u32 len, struct nfvs_tunnel_seen *seen)
{
	u16 flags, inner;

	if (len < NFVS_GRE_LEN)
		return false;
	flags = nfvs_read_be16(bytes);
	inner = nfvs_read_be16(bytes + 2);
	if (flags & ~NFVS_GRE_CSUM)
		return false;
	seen->type = NFVS_TUNNEL_GRE;
	seen->len = NFVS_GRE_LEN + (flags ? NFVS_GRE_CSUM_LEN : 0);
	seen->inner_v6 = inner == NFVS_ETHERTYPE_IPV6;
	return seen->inner_v6 || inner == NFVS_ETHERTYPE_IPV4;
}

/**
 * nfvs_tunnel_read() - see through the headers between an outer and an inner IP header
 * @outer_proto: protocol number in the outer IP header
 * @bytes: what follows that header, up to NFVS_TUNNEL_READ_MAX bytes of it
 * @len: how many of them there are
 * @seen: result
 *
 * Return: whether these are headers such as a tunnel of ours has.
 */
bool nfvs_tunnel_read(u8 outer_proto, const u8 *bytes, u32 len, struct nfvs_tunnel_seen *seen)
{
	memset(seen, 0, sizeof(*seen));
	switch (outer_proto) {
	case NFVS_PROTO_UDP:
		return nfvs_gue_read(bytes, len, seen);
	case NFVS_PROTO_GRE:
		return nfvs_gre_read(bytes, len, seen);
	default:
		seen->type = NFVS_TUNNEL_IPIP;
		return nfvs_inner_of(outer_proto, seen);
	}
}

/**
 * nfvs_tunnel_mtu() - how large a packet fits through a tunnel
 * @route_mtu: MTU of the route to its other end
 * @overhead: length of all headers before the inner IP header
 * @outer_v6: the tunnel is of IPv6
 * @inner_v6: the packet is of IPv6, whose sender need not make packets of less than 1280 bytes:
 *	where the outer IPv4 packet is too large then, it travels in fragments
 *
 * Return: bytes, or 0 if the route is too narrow for a tunnel.
 */
u32 nfvs_tunnel_mtu(u32 route_mtu, u32 overhead, bool outer_v6, bool inner_v6)
{
	u32 least = outer_v6 ? NFVS_MTU_MIN_V6 : NFVS_MTU_MIN_V4;

	if (route_mtu < overhead + least)
		return 0;
	if (inner_v6)
		return max(route_mtu - overhead, (u32)NFVS_MTU_MIN_V6);
	return route_mtu - overhead;
}

/**
 * nfvs_icmp_is_too_big() - whether an error says that a packet does not fit through a link
 * @v6: it is of ICMPv6
 * @note: its type and code
 */
bool nfvs_icmp_is_too_big(bool v6, struct nfvs_icmp_note note)
{
	if (v6)
		return note.type == NFVS_ICMP6_TOO_BIG;
	return note.type == NFVS_ICMP_UNREACH && note.code == NFVS_ICMP_UNREACH_TOO_BIG;
}

static void nfvs_icmp_note(bool v6, struct nfvs_icmp_note *note, u8 type, u8 code, u8 type6,
			   u8 code6)
{
	note->type = v6 ? type6 : type;
	note->code = v6 ? code6 : code;
}

/**
 * nfvs_icmp_relay() - what an error about an outer packet means to the sender of the inner one
 * @outer_v6: the error is of ICMPv6
 * @inner_v6: what it becomes is to be of ICMPv6
 * @outer: type and code of the error
 * @inner: result
 *
 * Within a family it stays what it is, but for a bad parameter: that is in a header which the
 * sender does not know.  Since the outer TTL is that of the inner packet, it is used up in both.
 *
 * Return: false if there is nothing to say.
 */
bool nfvs_icmp_relay(bool outer_v6, bool inner_v6, struct nfvs_icmp_note outer,
		     struct nfvs_icmp_note *inner)
{
	u8 exceeded = outer_v6 ? NFVS_ICMP6_EXCEEDED : NFVS_ICMP_EXCEEDED;
	u8 unreachable = outer_v6 ? NFVS_ICMP6_UNREACH : NFVS_ICMP_UNREACH;
	bool parameter = outer_v6 && outer.type == NFVS_ICMP6_PARAMETER;

	if (outer_v6 == inner_v6 && !parameter) {
		*inner = outer;
		return !outer_v6 || outer.type <= NFVS_ICMP6_EXCEEDED;
	}
	if (nfvs_icmp_is_too_big(outer_v6, outer))
		nfvs_icmp_note(inner_v6, inner, NFVS_ICMP_UNREACH, NFVS_ICMP_UNREACH_TOO_BIG,
			       NFVS_ICMP6_TOO_BIG, 0);
	else if (outer.type == exceeded && outer.code == NFVS_ICMP_EXCEEDED_HOPS)
		nfvs_icmp_note(inner_v6, inner, NFVS_ICMP_EXCEEDED, NFVS_ICMP_EXCEEDED_HOPS,
			       NFVS_ICMP6_EXCEEDED, NFVS_ICMP_EXCEEDED_HOPS);
	else if (outer.type == unreachable || outer.type == exceeded || parameter)
		nfvs_icmp_note(inner_v6, inner, NFVS_ICMP_UNREACH, NFVS_ICMP_UNREACH_HOST,
			       NFVS_ICMP6_UNREACH, NFVS_ICMP6_UNREACH_ADDR);
	else
		return false;
	return true;
}
