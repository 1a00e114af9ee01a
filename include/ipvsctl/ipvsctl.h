/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libipvsctl for C: what the C++ headers offer, by handles and plain structs.
 *
 * Functions that can fail return 0, or -1 after they have filled in the error, which may be NULL
 * if nobody wants to know.  Strings in structs end with a NUL; ports and firewall marks are in
 * the order of the host.  A pointer that is taken as const is not kept; what a callback is given
 * is good until it returns.  Callbacks return 0 to go on, anything else to hear no more.
 *
 * Handles are independent of each other; one handle must not be used by two threads at a time.
 * All else is as the C++ headers say, at the functions of the same names.
 */
#ifndef IPVSCTL_IPVSCTL_H
#define IPVSCTL_IPVSCTL_H

#include <stddef.h>
#include <stdint.h>

#define IPVSCTL_C_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* --- errors --- */

enum ipvsctl_domain {
	IPVSCTL_USAGE = 0,     /* the caller asked for something that makes no sense */
	IPVSCTL_PARSE = 1,     /* a text could not be understood */
	IPVSCTL_TRANSPORT = 2, /* the message did not get to the kernel, or the answer not back */
	IPVSCTL_KERNEL = 3,    /* the kernel refused; code is its errno */
	IPVSCTL_PROTOCOL = 4,  /* the kernel answered with something that is not allowed */
};

#define IPVSCTL_NO_ITEM SIZE_MAX

struct ipvsctl_error {
	enum ipvsctl_domain domain;
	int code;            /* an errno, 0 where none applies */
	size_t item;         /* change of a transaction, counted from 0, or IPVSCTL_NO_ITEM */
	char message[256];   /* a sentence, cut where it is longer */
	char attribute[64];  /* what the kernel objected to, such as "dest.weight"; or empty */
};

/* For example "0.1.0". */
IPVSCTL_C_API const char *ipvsctl_version(void);

/* --- addresses --- */

struct ipvsctl_endpoint {
	uint16_t family;   /* AF_INET or AF_INET6 */
	uint16_t port;     /* 0 for every port */
	uint8_t address[16];
};

/* As "192.0.2.1:80" or "[2001:db8::1]:80"; the port may be left out and is 0 then. */
IPVSCTL_C_API int ipvsctl_parse_endpoint(const char *text, struct ipvsctl_endpoint *endpoint,
					 struct ipvsctl_error *error);

#define IPVSCTL_ENDPOINT_LENGTH 56

/* In the same form; returns its buffer. */
IPVSCTL_C_API const char *ipvsctl_format_endpoint(const struct ipvsctl_endpoint *endpoint,
						  char buffer[IPVSCTL_ENDPOINT_LENGTH]);

/* --- services and real servers --- */

/* By fwmark, if that is not 0, and the family of endpoint; else by protocol and endpoint. */
struct ipvsctl_key {
	struct ipvsctl_endpoint endpoint;
	uint32_t fwmark;
	uint16_t protocol; /* such as IPPROTO_TCP */
};

#define IPVSCTL_PERSISTENT 0x1
#define IPVSCTL_ONE_PACKET 0x4
#define IPVSCTL_SCHED_FLAG_1 0x8
#define IPVSCTL_SCHED_FLAG_2 0x10
#define IPVSCTL_SCHED_FLAG_3 0x20

struct ipvsctl_service {
	struct ipvsctl_key key;
	char scheduler[16];
	char persistence_engine[20]; /* empty for none */
	uint32_t flags;
	uint32_t flags_mask;          /* which of the flags a change touches */
	uint32_t persistence_timeout; /* seconds; counts with IPVSCTL_PERSISTENT */
	uint32_t netmask;             /* IPv4: the mask; IPv6: the length of the prefix */
	int on_removal;               /* 0 to 3 as enum class Removal; -1 leaves it as it is */
	int fastpath;                 /* 0 to 3 as enum class FastPath; likewise */
};

enum ipvsctl_method {
	IPVSCTL_MASQUERADE = 0,
	IPVSCTL_LOCAL = 1,
	IPVSCTL_TUNNEL = 2,
	IPVSCTL_DIRECT = 3,
	IPVSCTL_BYPASS = 4,
};

struct ipvsctl_server {
	struct ipvsctl_endpoint endpoint;
	enum ipvsctl_method method;
	uint32_t weight;          /* 0: no new connections */
	uint32_t upper_threshold; /* connections; 0: no limit */
	uint32_t lower_threshold;
	uint16_t tunnel_type;     /* 0 IP in IP, 1 GUE, 2 GRE */
	uint16_t tunnel_port;     /* of GUE */
	uint16_t tunnel_checksum; /* 0 none, 1 present, 2 remote offload */
};

/* All as it is by default: weighted least connections; direct routing, weight 1. */
IPVSCTL_C_API void ipvsctl_init_service(struct ipvsctl_service *service,
					const struct ipvsctl_key *key);
IPVSCTL_C_API void ipvsctl_init_server(struct ipvsctl_server *server,
				       const struct ipvsctl_endpoint *endpoint);

/* --- the client --- */

struct ipvsctl_client;

struct ipvsctl_options {
	int load_module;               /* 1: load nfvs, else ip_vs, where neither is there */
	const char *network_namespace; /* a name of `ip netns`, or a path; NULL: the thread's */
};

/* Without options, a module is loaded. */
IPVSCTL_C_API int ipvsctl_open(const struct ipvsctl_options *options,
			       struct ipvsctl_client **client, struct ipvsctl_error *error);
IPVSCTL_C_API void ipvsctl_close(struct ipvsctl_client *client);

/* "NFVS" or "IPVS". */
IPVSCTL_C_API const char *ipvsctl_family(const struct ipvsctl_client *client);

/* By which events say who asked for a change. */
IPVSCTL_C_API uint32_t ipvsctl_port_id(const struct ipvsctl_client *client);

struct ipvsctl_info {
	char module[64]; /* "nfvs 0.1.0"; empty of ip_vs, where what has 64 bits is 0 */
	uint32_t version;          /* 0x010201 is 1.2.1 */
	uint32_t connection_table_size;
	uint64_t connections;
	uint64_t connection_limit;
	uint64_t generation; /* counts changes of services and real servers */
};

IPVSCTL_C_API int ipvsctl_get_info(struct ipvsctl_client *client, struct ipvsctl_info *info,
				   struct ipvsctl_error *error);

/* --- changes --- */

IPVSCTL_C_API int ipvsctl_add_service(struct ipvsctl_client *client,
				      const struct ipvsctl_service *service,
				      struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_edit_service(struct ipvsctl_client *client,
				       const struct ipvsctl_service *service,
				       struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_delete_service(struct ipvsctl_client *client,
					 const struct ipvsctl_key *key,
					 struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_add_server(struct ipvsctl_client *client, const struct ipvsctl_key *key,
				     const struct ipvsctl_server *server,
				     struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_edit_server(struct ipvsctl_client *client, const struct ipvsctl_key *key,
				      const struct ipvsctl_server *server,
				      struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_delete_server(struct ipvsctl_client *client,
					const struct ipvsctl_key *key,
					const struct ipvsctl_endpoint *endpoint,
					struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_flush(struct ipvsctl_client *client, struct ipvsctl_error *error);

/* Of one service and its real servers, or of all where the key is NULL. */
IPVSCTL_C_API int ipvsctl_zero(struct ipvsctl_client *client, const struct ipvsctl_key *key,
			       struct ipvsctl_error *error);

/* Changes that happen together, or not at all; each means what the function above means. */
struct ipvsctl_transaction;

struct ipvsctl_commit_result {
	uint64_t generation; /* of the table since */
	uint32_t count;      /* services and real servers that changed */
};

/* NULL: out of memory. */
IPVSCTL_C_API struct ipvsctl_transaction *ipvsctl_new_transaction(void);
IPVSCTL_C_API void ipvsctl_free_transaction(struct ipvsctl_transaction *transaction);

IPVSCTL_C_API int ipvsctl_then_add_service(struct ipvsctl_transaction *transaction,
					   const struct ipvsctl_service *service,
					   struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_then_edit_service(struct ipvsctl_transaction *transaction,
					    const struct ipvsctl_service *service,
					    struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_then_delete_service(struct ipvsctl_transaction *transaction,
					      const struct ipvsctl_key *key,
					      struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_then_add_server(struct ipvsctl_transaction *transaction,
					  const struct ipvsctl_key *key,
					  const struct ipvsctl_server *server,
					  struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_then_edit_server(struct ipvsctl_transaction *transaction,
					   const struct ipvsctl_key *key,
					   const struct ipvsctl_server *server,
					   struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_then_delete_server(struct ipvsctl_transaction *transaction,
					     const struct ipvsctl_key *key,
					     const struct ipvsctl_endpoint *endpoint,
					     struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_then_flush(struct ipvsctl_transaction *transaction,
				     struct ipvsctl_error *error);

/* Only if the table is still of this generation, see struct ipvsctl_info; else ESTALE. */
IPVSCTL_C_API void ipvsctl_expect_generation(struct ipvsctl_transaction *transaction,
					     uint64_t generation);
IPVSCTL_C_API size_t ipvsctl_transaction_size(const struct ipvsctl_transaction *transaction);
IPVSCTL_C_API void ipvsctl_clear_transaction(struct ipvsctl_transaction *transaction);

/* An error that is due to one of the changes says which, by its item.  result may be NULL. */
IPVSCTL_C_API int ipvsctl_commit(struct ipvsctl_client *client,
				 const struct ipvsctl_transaction *transaction,
				 struct ipvsctl_commit_result *result,
				 struct ipvsctl_error *error);

struct ipvsctl_timeouts {
	uint32_t tcp; /* seconds; 0 keeps one */
	uint32_t tcp_fin;
	uint32_t udp;
};

IPVSCTL_C_API int ipvsctl_get_timeouts(struct ipvsctl_client *client,
				       struct ipvsctl_timeouts *timeouts,
				       struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_set_timeouts(struct ipvsctl_client *client,
				       const struct ipvsctl_timeouts *timeouts,
				       struct ipvsctl_error *error);

/* --- listings --- */

struct ipvsctl_stats {
	uint64_t connections;
	uint64_t incoming_packets;
	uint64_t outgoing_packets;
	uint64_t incoming_bytes;
	uint64_t outgoing_bytes;
	uint64_t connection_rate; /* from here on, per second */
	uint64_t incoming_packet_rate;
	uint64_t outgoing_packet_rate;
	uint64_t incoming_byte_rate;
	uint64_t outgoing_byte_rate;
};

/* A service, or a real server of the service that came last. */
struct ipvsctl_row {
	const struct ipvsctl_service *service;
	const struct ipvsctl_server *server; /* NULL: the service itself */
	uint32_t active_connections;         /* of a real server, these three */
	uint32_t inactive_connections;
	uint32_t persistent_connections;
	struct ipvsctl_stats stats;
};

/* Which part of the table is wanted; all of it where all members are 0. */
struct ipvsctl_query {
	const struct ipvsctl_key *service;     /* this one alone */
	const struct ipvsctl_endpoint *server; /* real servers of this address, and its services */
	int brief;                             /* 1: no statistics, which is much cheaper */
};

typedef int (*ipvsctl_visit_row)(const struct ipvsctl_row *row, void *context);

IPVSCTL_C_API int ipvsctl_list(struct ipvsctl_client *client, const struct ipvsctl_query *query,
			       ipvsctl_visit_row visit, void *context,
			       struct ipvsctl_error *error);

struct ipvsctl_connection {
	struct ipvsctl_endpoint client;
	struct ipvsctl_endpoint virtual_server;
	struct ipvsctl_endpoint real_server;
	uint32_t expires;  /* seconds */
	uint32_t fwmark;   /* of its service, or 0 */
	uint16_t protocol;
	int16_t method;    /* enum ipvsctl_method, or -1: ip_vs does not say */
	char state[32];
};

/* What connections must be like; any where all members are 0. */
struct ipvsctl_connection_filter {
	const struct ipvsctl_endpoint *client; /* of this address, and port if that is not 0 */
	const struct ipvsctl_endpoint *virtual_server;
	const struct ipvsctl_endpoint *real_server;
	const char *state;
	uint16_t protocol;
};

typedef int (*ipvsctl_visit_connection)(const struct ipvsctl_connection *connection,
					void *context);

IPVSCTL_C_API int ipvsctl_list_connections(struct ipvsctl_client *client,
					   const struct ipvsctl_connection_filter *filter,
					   ipvsctl_visit_connection visit, void *context,
					   struct ipvsctl_error *error);

/* Ends them; count, which may be NULL, says how many they were. */
IPVSCTL_C_API int ipvsctl_end_connections(struct ipvsctl_client *client,
					  const struct ipvsctl_connection_filter *filter,
					  uint32_t *count, struct ipvsctl_error *error);

typedef int (*ipvsctl_visit_counter)(const char *name, uint64_t value, void *context);

IPVSCTL_C_API int ipvsctl_list_counters(struct ipvsctl_client *client, ipvsctl_visit_counter visit,
					void *context, struct ipvsctl_error *error);

/* --- sync daemons --- */

enum ipvsctl_role {
	IPVSCTL_MASTER = 1,
	IPVSCTL_BACKUP = 2,
};

struct ipvsctl_daemon {
	enum ipvsctl_role role;
	char interface[16];
	uint32_t sync_id;
	struct ipvsctl_endpoint group; /* family 0, and port 0: the kernel's own */
	uint16_t max_length;           /* 0 follows the interface */
	uint8_t ttl;                   /* 0: the kernel's own */
};

typedef int (*ipvsctl_visit_daemon)(const struct ipvsctl_daemon *daemon, void *context);

IPVSCTL_C_API int ipvsctl_list_daemons(struct ipvsctl_client *client, ipvsctl_visit_daemon visit,
				       void *context, struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_start_daemon(struct ipvsctl_client *client,
				       const struct ipvsctl_daemon *daemon,
				       struct ipvsctl_error *error);
IPVSCTL_C_API int ipvsctl_stop_daemon(struct ipvsctl_client *client, enum ipvsctl_role role,
				      struct ipvsctl_error *error);

/* --- events --- */

struct ipvsctl_monitor;

enum ipvsctl_group {
	IPVSCTL_CONFIG = 1 << 0,
	IPVSCTL_OVERLOAD = 1 << 1,
	IPVSCTL_CONNECTIONS = 1 << 2,
};

struct ipvsctl_monitor_options {
	unsigned groups;       /* of enum ipvsctl_group */
	size_t receive_buffer; /* bytes; 0 for 4 MiB */
	struct ipvsctl_options where;
};

enum ipvsctl_event_kind {
	IPVSCTL_SERVICE_EVENT = 0,    /* change, service */
	IPVSCTL_SERVER_EVENT = 1,     /* change, service by its key, server */
	IPVSCTL_OVERLOAD_EVENT = 2,   /* begins, service by its key, server by its endpoint */
	IPVSCTL_CONNECTION_EVENT = 3, /* begins, connection */
	IPVSCTL_MISSED_EVENTS = 4,    /* group and missed, or both 0 if they are not known yet */
};

enum ipvsctl_change {
	IPVSCTL_ADDED = 0,
	IPVSCTL_CHANGED = 1,
	IPVSCTL_REMOVED = 2, /* what is removed has only key or endpoint */
};

struct ipvsctl_event {
	enum ipvsctl_event_kind kind;
	enum ipvsctl_change change;
	int begins; /* overload, or connection: 1 begins, 0 ends */
	unsigned group;
	uint32_t port_id;
	uint64_t number;
	uint64_t generation;
	uint64_t missed;
	struct ipvsctl_service service;
	struct ipvsctl_server server;
	struct ipvsctl_connection connection;
};

IPVSCTL_C_API int ipvsctl_open_monitor(const struct ipvsctl_monitor_options *options,
				       struct ipvsctl_monitor **monitor,
				       struct ipvsctl_error *error);
IPVSCTL_C_API void ipvsctl_close_monitor(struct ipvsctl_monitor *monitor);

/* For poll and its kin; it stays the monitor's own. */
IPVSCTL_C_API int ipvsctl_monitor_descriptor(const struct ipvsctl_monitor *monitor);

/* Returns 1 with the next event, 0 where none is at hand, or -1. */
IPVSCTL_C_API int ipvsctl_next_event(struct ipvsctl_monitor *monitor, struct ipvsctl_event *event,
				     struct ipvsctl_error *error);

#ifdef __cplusplus
}
#endif

#endif
