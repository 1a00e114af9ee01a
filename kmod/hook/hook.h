/* SPDX-License-Identifier: GPL-2.0-only */
/* Where packets come in: netfilter hooks, and the verdicts on what they bring. */
#ifndef NFVS_HOOK_HOOK_H
#define NFVS_HOOK_HOOK_H

#include <linux/netfilter.h>

#include "nfvs.h"
#include "obj/packet.h"

struct net_device;
struct nfvs_proto_ops;
struct nfvs_svc;

int nfvs_hooks_enable(struct nfvs_net *nn, u8 af);
void nfvs_hooks_disable(struct nfvs_net *nn);

bool nfvs_hook_is_own(nf_hookfn *fn);
int nfvs_ingress_init(void);
void nfvs_ingress_exit(void);
void nfvs_ingress_net_init(struct nfvs_net *nn);
void nfvs_ingress_net_exit(struct nfvs_net *nn);
void nfvs_ingress_enable(struct nfvs_net *nn);
void nfvs_ingress_disable(struct nfvs_net *nn);
void nfvs_ingress_in_vain(struct nfvs_net *nn, bool v6);
void nfvs_ingress_missed(struct nfvs_net *nn);
unsigned int nfvs_hook_ingress(void *priv, struct sk_buff *skb, const struct nf_hook_state *state);
int nfvs_early_init(void);
void nfvs_early_exit(void);
void nfvs_early_note_device(struct nfvs_net *nn, const struct net_device *dev);
bool nfvs_brief_local_in(struct nfvs_net *nn, struct sk_buff *skb, bool v6);
bool nfvs_brief_forward(struct nfvs_net *nn, struct sk_buff *skb, bool v6, unsigned int *verdict);
bool nfvs_brief_xmit(struct nfvs_net *nn, const struct nfvs_conn *conn, const struct nfvs_pkt *pkt);
void nfvs_fast_learn(struct nfvs_net *nn, struct nfvs_conn *conn, const struct sk_buff *skb);

void nfvs_defense_net_init(struct nfvs_net *nn);
void nfvs_defense_net_exit(struct nfvs_net *nn);

unsigned int nfvs_handle_request(struct nfvs_net *nn, struct nfvs_conn *conn,
				 const struct nfvs_pkt *pkt);
struct nfvs_conn *nfvs_schedule(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				const struct nfvs_proto_ops *proto, unsigned int *verdict);
struct nfvs_conn *nfvs_schedule_early(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
				      const struct nfvs_proto_ops *proto, unsigned int *verdict);
bool nfvs_is_delivered(const struct nfvs_net *nn, const struct nfvs_pkt *pkt, struct nfvs_svc *svc);
unsigned int nfvs_refuse(struct nfvs_net *nn, const struct nfvs_pkt *pkt);
unsigned int nfvs_handle_reply(struct nfvs_net *nn, struct nfvs_conn *conn,
			       const struct nfvs_pkt *pkt);
bool nfvs_icmp_checksum_is_bad(const struct nfvs_pkt *pkt);
bool nfvs_handle_tunnel_icmp(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
			     unsigned int *verdict);
unsigned int nfvs_handle_icmp(struct nfvs_net *nn, const struct nfvs_pkt *pkt);

#endif
