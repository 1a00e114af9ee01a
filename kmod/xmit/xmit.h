/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways to bring a packet to its real server, and a reply to its client. */
#ifndef NFVS_XMIT_XMIT_H
#define NFVS_XMIT_XMIT_H

#include "nfvs.h"
#include "obj/conn.h"
#include "obj/packet.h"
#include "obj/way.h"

/**
 * enum nfvs_route - where a packet to a real server goes
 * @NFVS_ROUTE_REMOTE: out of a device; the packet has the route
 * @NFVS_ROUTE_LOCAL: to this host; the packet keeps the route that it came with
 * @NFVS_ROUTE_NONE: nowhere; the packet must be dropped, and has been counted
 */
enum nfvs_route {
	NFVS_ROUTE_REMOTE,
	NFVS_ROUTE_LOCAL,
	NFVS_ROUTE_NONE,
};

/**
 * struct nfvs_path - a packet's way to its real server
 * @dst: route
 * @saddr: source address of packets made here; valid for tunnels
 * @tunnel: how it is to be wrapped, if it is
 * @overhead: length of all headers that this takes
 * @counted: @dst is a reference; else it is valid under RCU
 * @remcsum: the inner checksum is left to the receiver
 */
struct nfvs_path {
	struct dst_entry *dst;
	union nf_inet_addr saddr;
	union nfvs_tunnel tunnel;
	unsigned int overhead;
	bool counted;
	bool remcsum;
};

int nfvs_route_init(void);
void nfvs_route_exit(void);
enum nfvs_route nfvs_route_request(struct nfvs_net *nn, const struct nfvs_conn *conn,
				   const struct nfvs_pkt *pkt, struct nfvs_path *path);
unsigned int nfvs_route_mtu(struct nfvs_net *nn, const struct nfvs_conn *conn);
int nfvs_route_reply(const struct nfvs_net *nn, const struct nfvs_pkt *pkt);

u8 nfvs_tunnel_proto(union nfvs_tunnel tunnel, u8 inner_af);
bool nfvs_tunnel_wants_segments(const struct sk_buff *skb, union nfvs_tunnel tunnel);
void nfvs_tunnel_measure(const struct nfvs_conn *conn, const struct sk_buff *skb,
			 struct nfvs_path *path);
int nfvs_tunnel_wrap(struct nfvs_net *nn, const struct nfvs_conn *conn, struct sk_buff *skb,
		     const struct nfvs_path *path);

int nfvs_nat_rewrite(const struct nfvs_pkt *pkt, const struct nfvs_conn *conn, enum nfvs_dir dir);
int nfvs_nat_rewrite_icmp(const struct nfvs_pkt *icmp, const struct nfvs_pkt *quoted,
			  const struct nfvs_conn *conn, enum nfvs_dir dir);

unsigned int nfvs_xmit_request(struct nfvs_net *nn, const struct nfvs_conn *conn,
			       const struct nfvs_pkt *pkt, const struct nfvs_pkt *quoted);
unsigned int nfvs_xmit_reply(struct nfvs_net *nn, const struct nfvs_conn *conn,
			     const struct nfvs_pkt *pkt, const struct nfvs_pkt *quoted);

#endif
