/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only place that knows how kernels differ.  Features are probed (is the macro there?),
 * versions are never compared: stable kernels carry backports.
 */
#ifndef NFVS_COMPAT_H
#define NFVS_COMPAT_H

#include <linux/sysctl.h>
#include <net/genetlink.h>
#include <net/gre.h>
#include <net/inet_dscp.h>
#include <net/inet_sock.h>
#include <net/route.h>
#ifdef NFVS_HAVE_NET_GSO_H
#include <net/gso.h>
#endif

/*
 * Newer kernels register sysctl tables by size and refuse a terminating empty entry; older
 * ones need it.  Callers keep the terminator and pass the number of real entries.
 */
#ifdef register_net_sysctl
#define nfvs_register_sysctl(net, path, table, entries) \
	register_net_sysctl_sz(net, path, table, entries)
#else
#define nfvs_register_sysctl(net, path, table, entries) register_net_sysctl(net, path, table)
#endif

/* The table became const for its handlers. */
#ifdef NFVS_CONST_CTL_TABLE
#define NFVS_CTL_CONST const
#else
#define NFVS_CTL_CONST
#endif

/* For what is filled in before it is read, where kernels set all variables to zero. */
#if __has_attribute(__uninitialized__)
#define nfvs_uninitialized __attribute__((__uninitialized__))
#else
#define nfvs_uninitialized
#endif

/* The bitfields of struct inet_sock became atomic flags with accessors. */
#ifdef inet_test_bit
#define nfvs_sk_nodefrag(sk) inet_test_bit(NODEFRAG, sk)
#else
#define nfvs_sk_nodefrag(sk) (inet_sk(sk)->nodefrag)
#endif

/* Who may hear a multicast group was first said with the flags of commands. */
#ifndef GENL_MCAST_CAP_NET_ADMIN
#define GENL_MCAST_CAP_NET_ADMIN GENL_UNS_ADMIN_PERM
#endif

/* Which bits of a packet's TOS tell routes apart. */
#ifdef IPTOS_RT_MASK
#define nfvs_route_tos(tos) (IPTOS_RT_MASK & (tos))
#else
#define nfvs_route_tos(tos) (INET_DSCP_MASK & (tos))
#endif

/* Flags of tunnels became a bitmap. */
#ifdef IP_TUNNEL_DECLARE_FLAGS
#define nfvs_gre_push(skb, len, csum, proto)                     \
	do {                                                     \
		IP_TUNNEL_DECLARE_FLAGS(flags_) = {};            \
		__assign_bit(IP_TUNNEL_CSUM_BIT, flags_, csum);  \
		gre_build_header(skb, len, flags_, proto, 0, 0); \
	} while (0)
#else
#define nfvs_gre_push(skb, len, csum, proto) \
	gre_build_header(skb, len, (csum) ? TUNNEL_CSUM : 0, proto, 0, 0)
#endif

#endif
