/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happens in a namespace, for those who listen.
 *
 * Commands tell of what they change themselves (nl/).  What packets and time bring about is told
 * through here, since nl/ is above it.
 */
#ifndef NFVS_OBJ_EVENT_H
#define NFVS_OBJ_EVENT_H

#include <linux/types.h>

struct nfvs_conn;
struct nfvs_dest;
struct nfvs_net;

/**
 * struct nfvs_event_ops - how to tell it
 * @overload: a real server has become overloaded, or is no longer.  Bottom halves disabled, under
 *	its load_lock.
 * @conns_begin: before @conn is called, some times or not at all.  Process context, one at a time.
 *	False if nobody listens: then there is no @conns_end, either.
 * @conn: a connection was made, or has ended.  May not sleep; rcu_read_lock() held, or the
 *	connection cannot go.
 * @conns_end: afterwards.  Process context.
 */
struct nfvs_event_ops {
	void (*overload)(struct nfvs_net *nn, const struct nfvs_dest *dest);
	bool (*conns_begin)(struct nfvs_net *nn);
	void (*conn)(struct nfvs_net *nn, const struct nfvs_conn *conn, bool ended);
	void (*conns_end)(struct nfvs_net *nn);
};

#endif
