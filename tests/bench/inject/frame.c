// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds one Ethernet frame as a network card with checksum offload hands it over: linear, MAC
 * header pulled, transport checksum right and marked as verified.  DF is set, as every TCP sender
 * sets it.
 */
#include <linux/etherdevice.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>

#include "inject.h"

#define INJECT_HOP_LIMIT 64
#define INJECT_WINDOW 0xffff

static struct inject_endpoint inject_client_nth(const struct inject_request *req, u32 flow)
{
	struct inject_endpoint nth = req->client;

	be32_add_cpu(&nth.addr.s6_addr32[3], flow % req->clients);
	nth.port += flow / req->clients;
	return nth;
}

static __sum16 inject_csum(const struct inject_request *req, const struct inject_endpoint *src,
			   const struct inject_endpoint *dst, const void *l4, u32 len)
{
	__wsum sum = csum_partial(l4, len, 0);

	if (req->family == AF_INET)
		return csum_tcpudp_magic(src->addr.s6_addr32[3], dst->addr.s6_addr32[3], len,
					 req->proto, sum);
	return csum_ipv6_magic(&src->addr, &dst->addr, len, req->proto, sum);
}

static void inject_tcp_put(const struct inject_request *req, struct sk_buff *skb,
			   const struct inject_endpoint *src, const struct inject_endpoint *dst)
{
	struct tcphdr *th = skb_put_zero(skb, sizeof(*th) + req->payload);

	th->source = htons(src->port);
	th->dest = htons(dst->port);
	th->seq = htonl(req->seq);
	th->ack_seq = htonl(req->ack);
	th->doff = sizeof(*th) / 4;
	tcp_flag_word(th) |= htonl(req->tcp_flags << 16);
	th->window = htons(INJECT_WINDOW);
	th->check = inject_csum(req, src, dst, th, sizeof(*th) + req->payload);
}

static void inject_udp_put(const struct inject_request *req, struct sk_buff *skb,
			   const struct inject_endpoint *src, const struct inject_endpoint *dst)
{
	struct udphdr *uh = skb_put_zero(skb, sizeof(*uh) + req->payload);

	uh->source = htons(src->port);
	uh->dest = htons(dst->port);
	uh->len = htons(sizeof(*uh) + req->payload);
	uh->check = inject_csum(req, src, dst, uh, sizeof(*uh) + req->payload) ?: CSUM_MANGLED_0;
}

static void inject_ipv4_put(const struct inject_request *req, struct sk_buff *skb, u32 l4_len,
			    const struct inject_endpoint *src, const struct inject_endpoint *dst)
{
	struct iphdr *iph = skb_put_zero(skb, sizeof(*iph));

	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tot_len = htons(sizeof(*iph) + l4_len);
	iph->frag_off = htons(IP_DF);
	iph->ttl = INJECT_HOP_LIMIT;
	iph->protocol = req->proto;
	iph->saddr = src->addr.s6_addr32[3];
	iph->daddr = dst->addr.s6_addr32[3];
	ip_send_check(iph);
}

static void inject_ipv6_put(const struct inject_request *req, struct sk_buff *skb, u32 l4_len,
			    const struct inject_endpoint *src, const struct inject_endpoint *dst)
{
	struct ipv6hdr *ip6h = skb_put_zero(skb, sizeof(*ip6h));

	ip6h->version = 6;
	ip6h->payload_len = htons(l4_len);
	ip6h->nexthdr = req->proto;
	ip6h->hop_limit = INJECT_HOP_LIMIT;
	ip6h->saddr = src->addr;
	ip6h->daddr = dst->addr;
}

/**
 * inject_frame_build - make the next frame of a flow
 * @req: what to build
 * @dev: the device it seems to have arrived on
 * @flow: index of the flow
 *
 * Return: the skb, ready for netif_receive_skb(), or NULL without memory.
 */
struct sk_buff *inject_frame_build(const struct inject_request *req, struct net_device *dev,
				   u32 flow)
{
	static const u8 neighbour[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 0x01 };
	struct inject_endpoint client = inject_client_nth(req, flow);
	const struct inject_endpoint *src = req->reply ? &req->server : &client;
	const struct inject_endpoint *dst = req->reply ? &client : &req->server;
	bool tcp = req->proto == IPPROTO_TCP;
	u32 l4_len = (tcp ? sizeof(struct tcphdr) : sizeof(struct udphdr)) + req->payload;
	struct ethhdr *eth;
	struct sk_buff *skb;

	skb = netdev_alloc_skb(dev, ETH_HLEN + sizeof(struct ipv6hdr) + l4_len);
	if (!skb)
		return NULL;

	eth = skb_put(skb, ETH_HLEN);
	ether_addr_copy(eth->h_dest, dev->dev_addr);
	ether_addr_copy(eth->h_source, neighbour);
	if (req->family == AF_INET) {
		eth->h_proto = htons(ETH_P_IP);
		inject_ipv4_put(req, skb, l4_len, src, dst);
	} else {
		eth->h_proto = htons(ETH_P_IPV6);
		inject_ipv6_put(req, skb, l4_len, src, dst);
	}
	if (tcp)
		inject_tcp_put(req, skb, src, dst);
	else
		inject_udp_put(req, skb, src, dst);

	skb->protocol = eth_type_trans(skb, dev);
	skb->ip_summed = CHECKSUM_UNNECESSARY;
	return skb;
}
