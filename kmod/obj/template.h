/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Templates: what keeps a client at its real server.
 *
 * A template is a struct nfvs_conn in the same table, found by the client's network instead of
 * a packet's addresses.  Each connection that is made by it has a reference, so it outlives
 * them; it ends of old age only when it has none.  One that is ended sooner (by hand, or because
 * its real server takes no more clients) leaves the table at once, and its memory goes with its
 * last connection.
 */
#ifndef NFVS_OBJ_TEMPLATE_H
#define NFVS_OBJ_TEMPLATE_H

#include "nfvs.h"
#include "obj/conn.h"

/**
 * enum nfvs_template_state - nfvs_conn.state of a template
 * @NFVS_TEMPLATE_NONE: nobody knows whether there is a client at that address
 * @NFVS_TEMPLATE_ASSURED: a connection was established, or answered
 */
enum nfvs_template_state {
	NFVS_TEMPLATE_NONE,
	NFVS_TEMPLATE_ASSURED,
};

struct nfvs_conn *nfvs_template_lookup_rcu(struct nfvs_net *nn, struct nfvs_tuple *tuple);
struct nfvs_conn *nfvs_template_create_rcu(struct nfvs_net *nn, const struct nfvs_pkt *pkt,
					   const struct nfvs_tuple *tuple, struct nfvs_dest *dest,
					   __be16 dport, u32 timeout);
bool nfvs_template_get(struct nfvs_conn *template);
void nfvs_template_put(struct nfvs_net *nn, struct nfvs_conn *template);
bool nfvs_template_extend_locked(struct nfvs_conn *conn);
void nfvs_template_assure(struct nfvs_conn *conn);
const char *nfvs_template_state_name(u8 state);

#endif
