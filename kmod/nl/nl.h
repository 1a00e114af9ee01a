/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Generic netlink.  Handlers turn attributes into a validated configuration, call obj/ under
 * the namespace's cfg_lock, and turn objects into attributes.  gen.[ch] is made from the
 * specification.
 */
#ifndef NFVS_NL_NL_H
#define NFVS_NL_NL_H

#include <net/genetlink.h>
#include <net/sock.h>

#include "nl/gen.h"
#include "obj/event.h"
#include "obj/netns.h"
#include "obj/pool.h"
#include "obj/svc.h"

int nfvs_nl_init(bool take_ipvs_name);
void nfvs_nl_exit(void);

/**
 * struct nfvs_nl_reply - a reply under construction
 * @msg: the message
 * @hdr: its generic netlink header
 */
struct nfvs_nl_reply {
	struct sk_buff *msg;
	void *hdr;
};

int nfvs_nl_reply_start(struct nfvs_nl_reply *reply, struct genl_info *info, u8 cmd, size_t size);
int nfvs_nl_reply_send(struct nfvs_nl_reply *reply, struct genl_info *info);
void nfvs_nl_reply_cancel(struct nfvs_nl_reply *reply);
void nfvs_nl_dump_begin(struct netlink_callback *cb, const struct nfvs_net *nn);
void *nfvs_nl_dump_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd);
void nfvs_nl_dump_check(struct netlink_callback *cb, void *hdr);

struct nfvs_conn;

/**
 * struct nfvs_nl_burst - events of one group that are told together
 * @nn: namespace
 * @skb: messages that are still to be sent, or NULL
 * @generation: which the table has after the changes; 0 for what is no change of it
 * @port_id: who asked for them; 0 if nobody did
 * @gfp: how memory may be had
 * @group: NFVS_NL_GROUP_*
 * @wanted: somebody listens
 */
struct nfvs_nl_burst {
	struct nfvs_net *nn;
	struct sk_buff *skb;
	u64 generation;
	u32 port_id;
	gfp_t gfp;
	u8 group;
	bool wanted;
};

/**
 * struct nfvs_nl_event - what happened
 * @cmd: NFVS_CMD_* of its message
 * @svc: the service as it is, or
 * @svc_key: what it is called
 * @dest: the real server as it is, or
 * @dest_key: what it is called
 * @conn: the connection
 *
 * What the event is not about is NULL.
 */
struct nfvs_nl_event {
	u8 cmd;
	struct nfvs_svc *svc;
	const struct nfvs_svc_key *svc_key;
	const struct nfvs_dest *dest;
	const struct nfvs_dest_key *dest_key;
	const struct nfvs_conn *conn;
};

extern const struct nfvs_event_ops nfvs_nl_event_ops;

bool nfvs_nl_burst_init(struct nfvs_nl_burst *burst, struct nfvs_net *nn, u8 group, gfp_t gfp);
void nfvs_nl_burst_put(struct nfvs_nl_burst *burst, const struct nfvs_nl_event *event);
void nfvs_nl_burst_send(struct nfvs_nl_burst *burst);
void nfvs_nl_tell_begin(struct nfvs_nl_burst *burst, struct nfvs_net *nn,
			const struct genl_info *info, u64 generation);
void nfvs_nl_tell(struct nfvs_net *nn, const struct genl_info *info,
		  const struct nfvs_nl_event *event);

bool nfvs_nl_has_listeners(const struct nfvs_net *nn, u8 group);
void *nfvs_nl_event_put(struct sk_buff *skb, u8 cmd);
void nfvs_nl_multicast(const struct nfvs_net *nn, struct sk_buff *skb, u8 group, gfp_t gfp);
void nfvs_nl_multicast_lost(const struct nfvs_net *nn, u8 group);

int nfvs_nl_parse_nest(struct nlattr **tb, int max, const struct nlattr *nest,
		       const struct nla_policy *policy, const char *missing,
		       struct netlink_ext_ack *extack);
int nfvs_nl_parse_af(u16 *af, const struct nlattr *attr, struct netlink_ext_ack *extack);
int nfvs_nl_parse_addr(union nf_inet_addr *addr, u16 af, const struct nlattr *attr,
		       struct netlink_ext_ack *extack);
int nfvs_nl_parse_svc_key(struct nfvs_svc_key *key, struct nlattr **tb, const struct nlattr *nest,
			  struct netlink_ext_ack *extack);
struct nfvs_svc *nfvs_nl_get_svc(struct nfvs_net *nn, const struct nlattr *nest,
				 struct netlink_ext_ack *extack);

int nfvs_nl_need_full_svc(struct nlattr **tb, const struct nlattr *nest,
			  struct netlink_ext_ack *extack);
int nfvs_nl_parse_svc_cfg(struct nfvs_svc_cfg *cfg, const struct nfvs_svc_key *key,
			  struct nlattr **tb, const struct nfvs_svc_cfg *old,
			  struct netlink_ext_ack *extack);
int nfvs_nl_check_svc_fits(const struct nfvs_svc_cfg *cfg, u32 members, struct nlattr **tb,
			   struct netlink_ext_ack *extack);

/* The last attribute of a real server in requests; what comes after it is for replies. */
#define NFVS_NL_DEST_MAX NFVS_DEST_A_TUN_FLAGS

/**
 * struct nfvs_nl_dest - a real server in a request, parsed
 * @key: what it is called
 * @cfg: its settings, if the command carries them
 * @tb: all attributes of the nest
 */
struct nfvs_nl_dest {
	struct nfvs_dest_key key;
	struct nfvs_dest_cfg cfg;
	struct nlattr *tb[NFVS_NL_DEST_MAX + 1];
};

int nfvs_nl_parse_dest_key(struct nfvs_nl_dest *req, const struct nfvs_svc_key *svc,
			   const struct nlattr *nest, struct netlink_ext_ack *extack);
int nfvs_nl_parse_dest_cfg(struct nfvs_nl_dest *req, const struct nlattr *nest,
			   struct netlink_ext_ack *extack);
int nfvs_nl_check_dest_room(const struct nfvs_nl_dest *req, const struct nfvs_sched_ops *sched,
			    u32 members, struct netlink_ext_ack *extack);
int nfvs_nl_check_dest_addr(struct nfvs_net *nn, const struct nfvs_nl_dest *req,
			    struct netlink_ext_ack *extack);

int nfvs_nl_put_svc_name(struct sk_buff *skb, const struct nfvs_svc_key *key);
int nfvs_nl_put_dest_name(struct sk_buff *skb, const struct nfvs_dest_key *key);
int nfvs_nl_put_conn(struct sk_buff *skb, const struct nfvs_conn *conn);
int nfvs_nl_put_service(struct sk_buff *skb, struct nfvs_net *nn, struct nfvs_svc *svc, bool brief);
int nfvs_nl_put_dest(struct sk_buff *skb, const struct nfvs_dest *dest, bool brief);
u32 nfvs_nl_resume_dests(const struct nfvs_pool *pool, u64 after);
int nfvs_nl_put_stats(struct sk_buff *skb, int attr, bool wide, const struct nfvs_counts *counts,
		      const struct nfvs_rate *rate);

#endif
