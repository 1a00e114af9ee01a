/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Event counters: one for each thing worth knowing that is not a packet forwarded, above
 * all one for each reason to drop.  The list below is the only place that names them.
 */
#ifndef NFVS_OBJ_COUNTER_H
#define NFVS_OBJ_COUNTER_H

#include <linux/percpu.h>
#include <linux/types.h>

/* clang-format off */
/* X(symbol, name shown to users) -- names are interface: add, never rename. */
#define NFVS_COUNTERS(X) \
	X(CONN_CREATED, "conn_created")			/* connections made */ \
	X(CONN_EXPIRED, "conn_expired")			/* connections ended by their timeout */ \
	X(CONN_FLUSHED, "conn_flushed")			/* ended early: by an administrator */ \
	X(CONN_REUSED, "conn_reused")			/* ended early: port reused by client */ \
	X(CONN_RESCHEDULED, "conn_rescheduled")		/* ended early: real server removed */ \
	X(CONN_RESET, "conn_reset")			/* ... and the client told so */ \
	X(CONN_DROPPED, "conn_dropped")			/* ended early: drop_entry */ \
	X(CONN_SWEPT, "conn_swept")			/* ended early: expire_nodest_conn */ \
	X(CONN_RACE, "conn_race")			/* two first packets at once: one kept */ \
	X(CONN_BYPASSED, "conn_bypassed")		/* connections past all real servers */ \
	X(TEMPLATE_CREATED, "template_created")		/* clients bound to a real server */ \
	X(TEMPLATE_EXPIRED, "template_expired")		/* ... no longer: timeout */ \
	X(TEMPLATE_INVALID, "template_invalid")		/* ... removed, or takes no clients */ \
	X(TABLE_RESIZED, "table_resized")		/* connection table grown or shrunk */ \
	X(TABLE_NOMEM, "table_nomem")			/* ... could not be: no memory */ \
	X(SCHED_CACHE_FULL, "sched_cache_full")		/* lblc: destination not remembered */ \
	X(SCHED_CACHE_NOMEM, "sched_cache_nomem")	/* ... no memory for it */ \
	X(FAST, "fast")					/* packets that took the fast path */ \
	X(BRIEF, "brief")				/* ... the brief path, with all hooks */ \
	X(SLOW_SETTING, "slow_setting")			/* not: fastpath=0 or conntrack=1 */ \
	X(SLOW_LISTENER, "slow_listener")		/* ... somebody listens at a hook */ \
	X(SLOW_STATE, "slow_state")			/* ... opens, closes, or was changed */ \
	X(SLOW_HEADER, "slow_header")			/* ... fragment, option, TTL used up */ \
	X(SLOW_SIZE, "slow_size")			/* ... too large, no room for headers */ \
	X(SLOW_WAY, "slow_way")				/* ... route or neighbour not known */ \
	X(DROP_CONN_LIMIT, "drop_conn_limit")		/* conn_max reached */ \
	X(DROP_CONN_NOMEM, "drop_conn_nomem")		/* no memory for a connection */ \
	X(DROP_NO_PORT, "drop_no_port")			/* hairpin: no port left */ \
	X(DROP_DEFENSE, "drop_defense")			/* drop_packet */ \
	X(DROP_NO_DEST, "drop_no_dest")			/* no real server to be had */ \
	X(DROP_DEST_GONE, "drop_dest_gone")		/* its real server was removed */ \
	X(DROP_STRAY, "drop_stray")			/* of a real server, no connection */ \
	X(DROP_CONNTRACK, "drop_conntrack")		/* conntrack would not take it anew */ \
	X(DROP_NO_ROUTE, "drop_no_route")		/* no route to real server or client */ \
	X(DROP_LOCAL_ROUTE, "drop_local_route")		/* route crosses local/non-local */ \
	X(DROP_TTL, "drop_ttl")				/* TTL or hop limit used up */ \
	X(DROP_TOO_BIG, "drop_too_big")			/* larger than the path MTU */ \
	X(DROP_NARROW, "drop_narrow")			/* route too narrow for a tunnel */ \
	X(DROP_MALFORMED, "drop_malformed")		/* cut short, bad ICMP checksum */ \
	X(DROP_UNTOLD, "drop_untold")			/* tunnel's ICMP error, client not told */ \
	X(DROP_NOMEM, "drop_nomem")			/* no memory to rewrite a packet */
/* clang-format on */

/* Index of an event counter; NFVS_COUNTER_COUNT is how many there are. */
enum nfvs_counter {
#define X(symbol, name) NFVS_CNT_##symbol,
	NFVS_COUNTERS(X)
#undef X
	NFVS_COUNTER_COUNT,
};

/**
 * struct nfvs_counters - one CPU's event counters
 * @value: indexed by &enum nfvs_counter
 */
struct nfvs_counters {
	unsigned long value[NFVS_COUNTER_COUNT];
};

const char *nfvs_counter_name(enum nfvs_counter which);
u64 nfvs_counter_read(const struct nfvs_counters __percpu *counters, enum nfvs_counter which);

#define nfvs_count(nn, which) this_cpu_inc((nn)->counters->value[NFVS_CNT_##which])
#define nfvs_count_n(nn, which, n) this_cpu_add((nn)->counters->value[NFVS_CNT_##which], n)

#endif
