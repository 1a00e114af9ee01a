/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef NFVS_BENCH_INJECT_H
#define NFVS_BENCH_INJECT_H

#include <linux/if.h>
#include <linux/in6.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/types.h>

#define INJECT_PACKETS_MAX (4U << 20)
#define INJECT_PAYLOAD_MAX 1400U

/* IPv4 lives in s6_addr32[3], so that counting up an address is one addition for both families. */
struct inject_endpoint {
	struct in6_addr addr;
	u16 port;
};

/**
 * struct inject_request - one line written to the control file
 * @in: device the frames arrive on
 * @out: device they must leave by; its tx counter tells whether they did
 * @family: AF_INET or AF_INET6
 * @proto: IPPROTO_TCP or IPPROTO_UDP
 * @client: first client endpoint; flow n is address n % @clients, port n / @clients further up
 * @server: the fixed endpoint
 * @reply: the frames go from @server to the client
 * @tcp_flags: byte 13 of the TCP header
 * @seq: TCP sequence number
 * @ack: TCP acknowledgment number
 * @clients: number of client addresses
 * @first: index of the first flow
 * @flows: number of flows
 * @stride: distance of their indices; packet k belongs to flow @first + k % @flows * @stride
 * @shuffle: or else to any of the flows, by chance, and always the same
 * @packets: number of packets
 * @payload: bytes behind the transport header
 */
struct inject_request {
	char in[IFNAMSIZ];
	char out[IFNAMSIZ];
	int family;
	u8 proto;
	struct inject_endpoint client;
	struct inject_endpoint server;
	bool reply;
	u8 tcp_flags;
	u32 seq;
	u32 ack;
	u32 clients;
	u32 first;
	u32 flows;
	u32 stride;
	bool shuffle;
	u32 packets;
	u32 payload;
};

int inject_request_parse(struct inject_request *req, char *line);
struct sk_buff *inject_frame_build(const struct inject_request *req, struct net_device *dev,
				   u32 flow);

#endif
