// SPDX-License-Identifier: GPL-2.0-only
/*
 * Address translation.  Checksums are adjusted by what changes, never computed anew, so a bad
 * one stays bad; the kernel's helpers know how for each state of offload.
 */

#include <linux/crc32.h>
#include <linux/crc32c.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/ip.h>

#include "xmit/xmit.h"

/**
 * struct nfvs_nat - one end of a packet is to be replaced
 * @addr: new address
 * @port: new port
 * @source: the source, not the destination
 */
struct nfvs_nat {
	union nf_inet_addr addr;
	__be16 port;
	bool source;
};

/* A request goes to the real server; a reply comes from the virtual service. */
static void nfvs_nat_of(const struct nfvs_conn *conn, enum nfvs_dir dir, struct nfvs_nat *nat)
{
	bool request = dir == NFVS_DIR_REQUEST;

	nat->source = !request;
	nat->port = request ? conn->dport : conn->vport;
	if (conn->af == AF_INET6)
		nat->addr.in6 = request ? conn->v6.daddr : conn->v6.vaddr;
	else
		nat->addr.ip = request ? conn->v4.daddr : conn->v4.vaddr;
}

/* The other end, too, of a hairpin packet: see nfvs_conn_is_hairpin(). */
static void nfvs_nat_back_of(const struct nfvs_conn *conn, enum nfvs_dir dir, struct nfvs_nat *nat)
{
	bool request = dir == NFVS_DIR_REQUEST;

	nat->source = request;
	nat->port = request ? nfvs_conn_lport(conn) : conn->cport;
	if (conn->af == AF_INET6)
		nat->addr.in6 = request ? conn->v6.vaddr : conn->v6.caddr;
	else
		nat->addr.ip = request ? conn->v4.vaddr : conn->v4.caddr;
}

static void nfvs_csum_replace_addr(__sum16 *sum, struct sk_buff *skb, u8 af,
				   const union nf_inet_addr *from, const union nf_inet_addr *to,
				   bool pseudo)
{
	if (af == AF_INET6)
		inet_proto_csum_replace16(sum, skb, from->in6.s6_addr32, to->in6.s6_addr32, pseudo);
	else
		inet_proto_csum_replace4(sum, skb, from->ip, to->ip, pseudo);
}

/* Write an address into a network header and return the one that was there. */
static void nfvs_swap_addr(void *l3, u8 af, const struct nfvs_nat *nat, union nf_inet_addr *old)
{
	if (af == AF_INET6) {
		struct ipv6hdr *ip6h = l3;
		struct in6_addr *addr = nat->source ? &ip6h->saddr : &ip6h->daddr;

		old->in6 = *addr;
		*addr = nat->addr.in6;
	} else {
		struct iphdr *iph = l3;
		__be32 *addr = nat->source ? &iph->saddr : &iph->daddr;

		old->ip = *addr;
		csum_replace4(&iph->check, *addr, nat->addr.ip);
		*addr = nat->addr.ip;
	}
}

static __be16 nfvs_swap_port(void *l4, const struct nfvs_nat *nat)
{
	__be16 *port = (__be16 *)l4 + !nat->source;
	__be16 old = *port;

	*port = nat->port;
	return old;
}

/*
 * The checksum of SCTP does not cover addresses.  A CRC of equally long packets differs by the CRC,
 * begun with zero, of their difference: a port, then zeros to the end of the packet.  Where the
 * checksum is left to the device, it is made there, of each segment.
 */
static void nfvs_sctp_csum_replace_port(const struct nfvs_pkt *pkt, struct sctphdr *sh,
					const __be16 old_ports[2])
{
	struct sk_buff *skb = pkt->skb;
	__be16 diff[2] = { sh->source ^ old_ports[0], sh->dest ^ old_ports[1] };
	u32 crc;

	if (skb->ip_summed == CHECKSUM_PARTIAL)
		return;
	crc = crc32c(0, diff, sizeof(diff));
	crc = __crc32c_le_combine(crc, 0, skb->len - pkt->l4_off - sizeof(diff));
	sh->checksum ^= cpu_to_le32(crc);
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
}

/* Where a transport header keeps its checksum, NULL if it has none to keep right. */
static __sum16 *nfvs_l4_checksum(const struct nfvs_pkt *pkt, void *l4)
{
	struct udphdr *uh = l4;

	if (pkt->tuple.proto == IPPROTO_TCP)
		return &((struct tcphdr *)l4)->check;
	if (!uh->check && pkt->skb->ip_summed != CHECKSUM_PARTIAL)
		return NULL;
	return &uh->check;
}

static void nfvs_nat_apply(const struct nfvs_pkt *pkt, const struct nfvs_nat *nat)
{
	struct sk_buff *skb = pkt->skb;
	void *l4 = skb->data + pkt->l4_off;
	union nf_inet_addr old_addr;
	__be16 old_ports[2];
	__sum16 *sum;
	__be16 old_port;

	nfvs_swap_addr(skb_network_header(skb), pkt->tuple.af, nat, &old_addr);
	if (!nfvs_pkt_has_ports(pkt))
		return;
	memcpy(old_ports, l4, sizeof(old_ports));
	old_port = nfvs_swap_port(l4, nat);
	if (pkt->tuple.proto == IPPROTO_SCTP) {
		nfvs_sctp_csum_replace_port(pkt, l4, old_ports);
		return;
	}

	sum = nfvs_l4_checksum(pkt, l4);
	if (!sum)
		return;
	nfvs_csum_replace_addr(sum, skb, pkt->tuple.af, &old_addr, &nat->addr, true);
	inet_proto_csum_replace2(sum, skb, old_port, nat->port, false);
	if (pkt->tuple.proto == IPPROTO_UDP && !*sum)
		*sum = CSUM_MANGLED_0;
}

/**
 * nfvs_nat_rewrite() - translate a packet
 * @pkt: the packet, not cut short
 * @conn: its connection
 * @dir: its direction
 *
 * Context: any.
 * Return: 0, or -ENOMEM and nothing is changed.
 */
int nfvs_nat_rewrite(const struct nfvs_pkt *pkt, const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	struct nfvs_nat nat;

	if (skb_ensure_writable(pkt->skb, pkt->l4_off + nfvs_pkt_l4_len(pkt)))
		return -ENOMEM;
	nfvs_nat_of(conn, dir, &nat);
	nfvs_nat_apply(pkt, &nat);
	if (unlikely(nfvs_conn_is_hairpin(conn))) {
		nfvs_nat_back_of(conn, dir, &nat);
		nfvs_nat_apply(pkt, &nat);
	}
	return 0;
}

/* What an error quotes begins behind either header at the same place. */
static_assert(sizeof(struct icmphdr) == sizeof(struct icmp6hdr));

/*
 * The quoted packet went the other way: what is a destination outside is a source inside.
 * The checksum of an IPv4 error covers what it quotes; that of an ICMPv6 one the outer
 * addresses too.  Quoted transport checksums are left alone: nobody can verify a fragment.
 */
static void nfvs_nat_apply_icmp(const struct nfvs_pkt *icmp, const struct nfvs_pkt *quoted,
				const struct nfvs_nat *nat)
{
	struct nfvs_nat inner = { .addr = nat->addr, .port = nat->port, .source = !nat->source };
	struct sk_buff *skb = icmp->skb;
	bool v6 = nfvs_tuple_is_v6(&icmp->tuple);
	void *inner_l3 = skb->data + icmp->l4_off + sizeof(struct icmphdr);
	__sum16 *sum = v6 ? &((struct icmp6hdr *)(skb->data + icmp->l4_off))->icmp6_cksum :
			    &((struct icmphdr *)(skb->data + icmp->l4_off))->checksum;
	__sum16 inner_check = v6 ? 0 : ((struct iphdr *)inner_l3)->check;
	union nf_inet_addr old_addr;
	__be16 old_port;

	nfvs_swap_addr(skb_network_header(skb), icmp->tuple.af, nat, &old_addr);
	if (v6)
		nfvs_csum_replace_addr(sum, skb, AF_INET6, &old_addr, &nat->addr, true);

	nfvs_swap_addr(inner_l3, icmp->tuple.af, &inner, &old_addr);
	nfvs_csum_replace_addr(sum, skb, icmp->tuple.af, &old_addr, &nat->addr, false);
	if (!v6)
		inet_proto_csum_replace2(sum, skb, (__force __be16)inner_check,
					 (__force __be16)((struct iphdr *)inner_l3)->check, false);

	if (!nfvs_pkt_has_ports(quoted))
		return;
	old_port = nfvs_swap_port(skb->data + quoted->l4_off, &inner);
	inet_proto_csum_replace2(sum, skb, old_port, nat->port, false);
}

/**
 * nfvs_nat_rewrite_icmp() - translate an ICMP error and the packet that it quotes
 * @icmp: the error
 * @quoted: the quoted packet, parsed; not a later fragment
 * @conn: the connection of the quoted packet
 * @dir: direction of the error itself
 *
 * Context: any.
 * Return: 0, or -ENOMEM and nothing is changed.
 */
int nfvs_nat_rewrite_icmp(const struct nfvs_pkt *icmp, const struct nfvs_pkt *quoted,
			  const struct nfvs_conn *conn, enum nfvs_dir dir)
{
	unsigned int ports = nfvs_pkt_has_ports(quoted) ? 2 * sizeof(__be16) : 0;
	struct nfvs_nat nat;

	if (skb_ensure_writable(icmp->skb, quoted->l4_off + ports))
		return -ENOMEM;
	nfvs_nat_of(conn, dir, &nat);
	nfvs_nat_apply_icmp(icmp, quoted, &nat);
	if (unlikely(nfvs_conn_is_hairpin(conn))) {
		nfvs_nat_back_of(conn, dir, &nat);
		nfvs_nat_apply_icmp(icmp, quoted, &nat);
	}
	return 0;
}
