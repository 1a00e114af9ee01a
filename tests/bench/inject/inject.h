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
#define INJECT_WORKERS_MAX 64U
#define INJECT_DURING_MAX 60000U

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
 * @every: nanoseconds from one packet to the next, 0 for one after the other
 * @workers: processors that send at the same time, as many @packets as go, each @flows of its own;
 *	0 for one that sends @packets
 * @during: milliseconds that they do so
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
	u32 every;
	u32 workers;
	u32 during;
};

/**
 * struct inject_rate - what workers sent
 * @packets: all together
 * @nanoseconds: in which time
 */
struct inject_rate {
	u64 packets;
	u64 nanoseconds;
};

/**
 * struct inject_samples - what packets took
 * @packet: each, in instructions
 * @late: by how many nanoseconds each came too late; NULL where none is due at a time
 */
struct inject_samples {
	u32 *packet;
	u32 *late;
};

int inject_request_parse(struct inject_request *req, char *line);
struct sk_buff *inject_frame_build(const struct inject_request *req, struct net_device *dev,
				   u32 flow);
u32 inject_flow(const struct inject_request *req, u32 packet);
u32 inject_packet_time(struct sk_buff *skb);
int inject_timed_packets(const struct inject_request *req, struct net_device *dev,
			 const struct inject_samples *samples);
int inject_rate(const struct inject_request *req, struct net_device *dev, struct inject_rate *rate);

#endif
