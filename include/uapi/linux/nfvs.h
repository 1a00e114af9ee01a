/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/* Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead. */
#ifndef _UAPI_LINUX_NFVS_H
#define _UAPI_LINUX_NFVS_H

#include <linux/types.h>

/* The name of the family, which nfvs always has. */
#define NFVS_GENL_NAME "NFVS"
#define NFVS_GENL_VERSION 1

/* The second name of the family, taken when it is free. */
#define NFVS_GENL_COMPAT_NAME "IPVS"

/* Bytes of a scheduler's name, with its terminating NUL. */
#define NFVS_SCHEDNAME_MAXLEN 16

/* Bytes of a persistence engine's name, without a terminating NUL. */
#define NFVS_PENAME_MAXLEN 16

/* Bytes of a persistence engine's data. */
#define NFVS_PEDATA_MAXLEN 255

/* Bytes of an interface's name, with its terminating NUL. */
#define NFVS_IFNAME_MAXLEN 16

/* The IPVS version whose interface this is, one byte each for 1.2.1. */
#define NFVS_IPVS_VERSION 0x010201

/**
 * enum nfvs_svc_flags - Flags of a virtual service.
 *
 * @NFVS_SVC_F_PERSISTENT: Connections of one client (masked by the netmask) go
 *     to one real server.
 * @NFVS_SVC_F_HASHED: Set in every reply, ignored in requests.
 * @NFVS_SVC_F_ONEPACKET: Each datagram is scheduled by itself. For UDP and
 *     firewall marks; else EINVAL.
 * @NFVS_SVC_F_SCHED1: First flag of the scheduler; for sh and mh, fall back to
 *     another real server.
 * @NFVS_SVC_F_SCHED2: Second flag of the scheduler; for sh and mh, hash the
 *     source port as well.
 * @NFVS_SVC_F_SCHED3: Third flag of the scheduler.
 */
enum nfvs_svc_flags {
	NFVS_SVC_F_PERSISTENT = 1 << 0,
	NFVS_SVC_F_HASHED = 1 << 1,
	NFVS_SVC_F_ONEPACKET = 1 << 2,
	NFVS_SVC_F_SCHED1 = 1 << 3,
	NFVS_SVC_F_SCHED2 = 1 << 4,
	NFVS_SVC_F_SCHED3 = 1 << 5,
};

/**
 * enum nfvs_fwd_method - How packets reach a real server.
 *
 * @NFVS_FWD_MASQ: Address translation in both directions.
 * @NFVS_FWD_LOCALNODE: The real server is this host.
 * @NFVS_FWD_TUNNEL: Encapsulation, see tun-type.
 * @NFVS_FWD_DROUTE: Direct routing; only the link layer's destination changes.
 * @NFVS_FWD_BYPASS: Straight to the original destination; replies only.
 */
enum nfvs_fwd_method {
	NFVS_FWD_MASQ = 0,
	NFVS_FWD_LOCALNODE = 1,
	NFVS_FWD_TUNNEL = 2,
	NFVS_FWD_DROUTE = 3,
	NFVS_FWD_BYPASS = 4,
};

/* The bits of FWD_METHOD that are used. */
#define NFVS_FWD_MASK 7

/**
 * enum nfvs_tun_type - Encapsulation of a tunnelled real server.
 *
 * @NFVS_TUN_TYPE_IPIP: IP in IP.
 * @NFVS_TUN_TYPE_GUE: Generic UDP encapsulation.
 * @NFVS_TUN_TYPE_GRE: Generic routing encapsulation.
 */
enum nfvs_tun_type {
	NFVS_TUN_TYPE_IPIP = 0,
	NFVS_TUN_TYPE_GUE = 1,
	NFVS_TUN_TYPE_GRE = 2,
};

/**
 * enum nfvs_tun_csum - Checksum of the outer header.
 *
 * @NFVS_TUN_NOCSUM: None.
 * @NFVS_TUN_CSUM: Over the whole packet.
 * @NFVS_TUN_REMCSUM: Remote checksum offload, for GUE only.
 */
enum nfvs_tun_csum {
	NFVS_TUN_NOCSUM = 0,
	NFVS_TUN_CSUM = 1,
	NFVS_TUN_REMCSUM = 2,
};

/**
 * enum nfvs_removal - What becomes of packets whose real server was removed
 * while they had a connection to it.
 *
 * @NFVS_REMOVAL_DEFAULT: resched for UDP, and for all while expire_nodest_conn
 *     is set; else drop.
 * @NFVS_REMOVAL_RESCHED: Their connection ends, and they are treated as if
 *     they had had none.
 * @NFVS_REMOVAL_DROP: They are dropped.
 * @NFVS_REMOVAL_RESET: Their connection ends, and their sender is told: by a
 *     TCP reset, or ICMP port unreachable.
 */
enum nfvs_removal {
	NFVS_REMOVAL_DEFAULT = 0,
	NFVS_REMOVAL_RESCHED = 1,
	NFVS_REMOVAL_DROP = 2,
	NFVS_REMOVAL_RESET = 3,
};

/**
 * enum nfvs_fastpath - When packets of established connections skip the
 * netfilter hooks that they would have passed; the first three as the setting
 * fastpath of a namespace.
 *
 * @NFVS_FASTPATH_OFF: Never.
 * @NFVS_FASTPATH_AUTO: Where nobody else listens there.
 * @NFVS_FASTPATH_ALWAYS: Whoever listens, once their connection is
 *     established.
 * @NFVS_FASTPATH_DEFAULT: As the namespace's setting says.
 */
enum nfvs_fastpath {
	NFVS_FASTPATH_OFF = 0,
	NFVS_FASTPATH_AUTO = 1,
	NFVS_FASTPATH_ALWAYS = 2,
	NFVS_FASTPATH_DEFAULT = 3,
};

/**
 * enum nfvs_daemon_state - Role of a synchronisation daemon.
 *
 * @NFVS_DAEMON_MASTER: Sends connections to the group.
 * @NFVS_DAEMON_BACKUP: Takes connections from the group.
 */
enum nfvs_daemon_state {
	NFVS_DAEMON_MASTER = 1,
	NFVS_DAEMON_BACKUP = 2,
};

/**
 * enum nfvs_features - What not every version of nfvs has.
 *
 * @NFVS_FEATURE_TABLE_DUMP: GET_TABLE.
 * @NFVS_FEATURE_CONN_DUMP: GET_CONN.
 * @NFVS_FEATURE_CONN_END: DEL_CONN.
 * @NFVS_FEATURE_COUNTERS: GET_COUNTERS.
 * @NFVS_FEATURE_ON_REMOVAL: ON_REMOVAL of services.
 * @NFVS_FEATURE_FASTPATH: FASTPATH of services.
 * @NFVS_FEATURE_TRANSACTIONS: COMMIT.
 * @NFVS_FEATURE_EVENTS: Multicast groups.
 */
enum nfvs_features {
	NFVS_FEATURE_TABLE_DUMP = 1 << 0,
	NFVS_FEATURE_CONN_DUMP = 1 << 1,
	NFVS_FEATURE_CONN_END = 1 << 2,
	NFVS_FEATURE_COUNTERS = 1 << 3,
	NFVS_FEATURE_ON_REMOVAL = 1 << 4,
	NFVS_FEATURE_FASTPATH = 1 << 5,
	NFVS_FEATURE_TRANSACTIONS = 1 << 6,
	NFVS_FEATURE_EVENTS = 1 << 7,
};

/**
 * struct nfvs_flags - A change of flags. The stored word becomes (old & ~mask)
 * | (flags & mask).
 *
 * @flags: Values of the bits selected by mask.
 * @mask: Bits to change; all ones in replies.
 */
struct nfvs_flags {
	__u32	flags;
	__u32	mask;
};

/**
 * enum nfvs_commands - Commands.
 *
 * @NFVS_CMD_UNSPEC: Never used.
 * @NFVS_CMD_NEW_SERVICE: Adds a virtual service. EEXIST: it exists. ENOENT: no
 *     such scheduler or persistence engine. As a reply: one service of
 *     GET_SERVICE.
 * @NFVS_CMD_SET_SERVICE: Edits a virtual service; real servers and connections
 *     stay. ESRCH: no such service. ENOENT: no such scheduler or persistence
 *     engine.
 * @NFVS_CMD_DEL_SERVICE: Deletes a virtual service with its real servers.
 *     ESRCH is returned where there is none.
 * @NFVS_CMD_GET_SERVICE: Returns one virtual service, or dumps all of them.
 *     ESRCH: no such service.
 * @NFVS_CMD_NEW_DEST: Adds a real server to a virtual service. ESRCH: no such
 *     service. EEXIST: it has this real server. ERANGE: weight or thresholds
 *     out of range. EINVAL: address not unicast, or tunnel options that do not
 *     fit. As a reply: one real server of GET_DEST.
 * @NFVS_CMD_SET_DEST: Edits a real server; its connections stay. ESRCH: no
 *     such service. ENOENT: no such real server. Otherwise as NEW_DEST.
 * @NFVS_CMD_DEL_DEST: Deletes a real server. ESRCH: no such service. ENOENT:
 *     no such real server.
 * @NFVS_CMD_GET_DEST: Dumps the real servers of one virtual service. Where
 *     there is no such service the dump is empty and succeeds.
 * @NFVS_CMD_NEW_DAEMON: Starts a synchronisation daemon; STATE, MCAST_IFN and
 *     SYNC_ID are needed. EEXIST: one of this role runs. ENODEV: no such
 *     interface. EINVAL: group not multicast, or a real server of another
 *     family than its service exists. As a reply: one daemon of GET_DAEMON.
 * @NFVS_CMD_DEL_DAEMON: Stops a synchronisation daemon; STATE is needed. ESRCH
 *     is returned where none runs.
 * @NFVS_CMD_GET_DAEMON: Dumps the synchronisation daemons that run, the master
 *     first.
 * @NFVS_CMD_SET_CONFIG: Sets any of the three timeouts, in seconds; 0 keeps a
 *     value. EINVAL: a value that the kernel's clock cannot hold. As a reply:
 *     the answer to GET_CONFIG.
 * @NFVS_CMD_GET_CONFIG: Returns the three timeouts, in seconds.
 * @NFVS_CMD_SET_INFO: The answer to GET_INFO; EOPNOTSUPP as a request.
 * @NFVS_CMD_GET_INFO: Returns the version and the size of the connection
 *     table.
 * @NFVS_CMD_ZERO: Zeroes the statistics of one virtual service and its real
 *     servers; without a service, those of all and the totals. ESRCH: no such
 *     service.
 * @NFVS_CMD_FLUSH: Deletes all virtual services with their real servers.
 * @NFVS_CMD_GET_COUNTERS: Returns the event counters of the network namespace,
 *     in one message.
 * @NFVS_CMD_GET_TABLE: Dumps services, each followed by its real servers: as
 *     they were at one moment, or with NLM_F_DUMP_INTR set. With SERVICE, that
 *     one (an empty answer where there is none); with DEST, real servers of
 *     this ADDR, and of this PORT if given, in whichever services have them,
 *     and no other services.
 * @NFVS_CMD_GET_CONN: Dumps connections, or those that match CONN. One that
 *     exists from the beginning to the end of the dump is listed.
 * @NFVS_CMD_DEL_CONN: Ends the connections that match CONN, which must be
 *     there and may be empty to end all; returns their number. Packets that
 *     follow are scheduled like first ones.
 * @NFVS_CMD_COMMIT: A transaction: carries all of its items out, or none of
 *     them. All are checked first, each as if those before it had been carried
 *     out; then packets and listings find what comes of them all, of each
 *     service at once. An item that is refused is refused with what its
 *     command says (EEXIST, ENOENT, ESRCH and others), and the attribute that
 *     the acknowledgement points to lies in that item. What is deleted and
 *     added again has not been away: its connections, counters and ways stay,
 *     and what is left as it was is not touched. So FLUSH and everything that
 *     shall be replaces a table. ESTALE: the table has changed since
 *     GENERATION. Returns the new generation, and the number of services and
 *     real servers that changed.
 * @NFVS_CMD_OVERLOAD: An event: a real server has reached its upper threshold,
 *     and then OVERLOADED is set; or fallen below its lower one.
 * @NFVS_CMD_NEW_CONN: An event: a connection has been made. It comes within
 *     two seconds; connections of one packet and templates of persistence are
 *     not told of.
 * @NFVS_CMD_GET_LIMITS: Returns what this version of nfvs can do.
 */
enum nfvs_commands {
	NFVS_CMD_UNSPEC = 0,
	NFVS_CMD_NEW_SERVICE = 1,
	NFVS_CMD_SET_SERVICE = 2,
	NFVS_CMD_DEL_SERVICE = 3,
	NFVS_CMD_GET_SERVICE = 4,
	NFVS_CMD_NEW_DEST = 5,
	NFVS_CMD_SET_DEST = 6,
	NFVS_CMD_DEL_DEST = 7,
	NFVS_CMD_GET_DEST = 8,
	NFVS_CMD_NEW_DAEMON = 9,
	NFVS_CMD_DEL_DAEMON = 10,
	NFVS_CMD_GET_DAEMON = 11,
	NFVS_CMD_SET_CONFIG = 12,
	NFVS_CMD_GET_CONFIG = 13,
	NFVS_CMD_SET_INFO = 14,
	NFVS_CMD_GET_INFO = 15,
	NFVS_CMD_ZERO = 16,
	NFVS_CMD_FLUSH = 17,
	NFVS_CMD_GET_COUNTERS = 64,
	NFVS_CMD_GET_TABLE = 65,
	NFVS_CMD_GET_CONN = 66,
	NFVS_CMD_DEL_CONN = 67,
	NFVS_CMD_COMMIT = 68,
	NFVS_CMD_OVERLOAD = 69,
	NFVS_CMD_NEW_CONN = 70,
	NFVS_CMD_GET_LIMITS = 71,
};

#define NFVS_CMD_MAX NFVS_CMD_GET_LIMITS

/**
 * enum nfvs_attrs - Top level of a message. GET_INFO alone uses the space
 * "info" there.
 *
 * @NFVS_A_UNSPEC: Never used.
 * @NFVS_A_SERVICE: (nest of svc) A virtual service. Comes first in replies.
 * @NFVS_A_DEST: (nest of dest) A real server of the service.
 * @NFVS_A_DAEMON: (nest of daemon) A synchronisation daemon.
 * @NFVS_A_TIMEOUT_TCP: (u32) Seconds an established TCP connection may be
 *     idle; 0 keeps the present value.
 * @NFVS_A_TIMEOUT_TCP_FIN: (u32) Seconds a TCP connection stays after a FIN; 0
 *     keeps the present value.
 * @NFVS_A_TIMEOUT_UDP: (u32) Seconds a UDP flow may be idle; 0 keeps the
 *     present value.
 * @NFVS_A_COUNTER: (nest of counter, repeated) One event counter of the
 *     network namespace. Replies only, once per counter.
 * @NFVS_A_CONN: (nest of conn) A connection; in requests, what it must be
 *     like.
 * @NFVS_A_BRIEF: (u8) Other than 0 leaves statistics out of the answer.
 * @NFVS_A_COUNT: (u32) How many objects the command changed. Replies only.
 * @NFVS_A_ITEM: (nest of item, repeated) One change of a transaction, in the
 *     order in which they are to be seen.
 * @NFVS_A_GENERATION: (u64) Counts the changes of services and real servers; a
 *     transaction is one, unless all was as it wants it. In COMMIT: only if it
 *     still is this number, else ESTALE.
 * @NFVS_A_PORT_ID: (u32) Netlink port of the socket that asked for what an
 *     event tells. Replies only.
 * @NFVS_A_EVENT: (u64) Number of an event, of those that its group announced
 *     in the network namespace; who finds a gap has missed as many. Replies
 *     only.
 * @NFVS_A_PAD: (pad) Aligns 64-bit values.
 * @NFVS_A_LIMITS: (nest of limits) What nfvs can do. Replies only.
 */
enum nfvs_attrs {
	NFVS_A_UNSPEC = 0,
	NFVS_A_SERVICE = 1,
	NFVS_A_DEST = 2,
	NFVS_A_DAEMON = 3,
	NFVS_A_TIMEOUT_TCP = 4,
	NFVS_A_TIMEOUT_TCP_FIN = 5,
	NFVS_A_TIMEOUT_UDP = 6,
	NFVS_A_COUNTER = 64,
	NFVS_A_CONN = 65,
	NFVS_A_BRIEF = 66,
	NFVS_A_COUNT = 67,
	NFVS_A_ITEM = 68,
	NFVS_A_GENERATION = 69,
	NFVS_A_PORT_ID = 70,
	NFVS_A_EVENT = 71,
	NFVS_A_PAD = 72,
	NFVS_A_LIMITS = 73,
};

#define NFVS_A_MAX NFVS_A_LIMITS

/**
 * enum nfvs_item_attrs - One change of a transaction. One that lacks SERVICE
 * means the service of the item before it.
 *
 * @NFVS_ITEM_A_UNSPEC: Never used.
 * @NFVS_ITEM_A_COMMAND: (u8) What to do: one of NEW_SERVICE, SET_SERVICE,
 *     DEL_SERVICE, NEW_DEST, SET_DEST, DEL_DEST, and FLUSH, with the meaning
 *     and the refusals of those commands; anything else is refused with
 *     EOPNOTSUPP.
 * @NFVS_ITEM_A_SERVICE: (nest of svc) The service, as in that command.
 * @NFVS_ITEM_A_DEST: (nest of dest) The real server, as in that command. A new
 *     or edited one may leave out WEIGHT, which is 1 then, and U_THRESH and
 *     L_THRESH, which are 0.
 */
enum nfvs_item_attrs {
	NFVS_ITEM_A_UNSPEC = 0,
	NFVS_ITEM_A_COMMAND = 1,
	NFVS_ITEM_A_SERVICE = 2,
	NFVS_ITEM_A_DEST = 3,
};

#define NFVS_ITEM_A_MAX NFVS_ITEM_A_DEST

/**
 * enum nfvs_svc_attrs - A virtual service. AF with FWMARK, or AF with
 * PROTOCOL, ADDR and PORT, identify it; where a command only looks a service
 * up, everything else in the nest is ignored. Adding and editing also need
 * SCHED_NAME, FLAGS, TIMEOUT and NETMASK. A missing attribute is refused with
 * EINVAL.
 *
 * @NFVS_SVC_A_UNSPEC: Never used.
 * @NFVS_SVC_A_AF: (u16) AF_INET (2) or AF_INET6 (10); anything else is refused
 *     with EAFNOSUPPORT.
 * @NFVS_SVC_A_PROTOCOL: (u16) IP protocol number, TCP (6), UDP (17) or SCTP
 *     (132). Another one, or one that this version does not balance, is
 *     refused with EPROTONOSUPPORT, and more than 255 with EINVAL.
 * @NFVS_SVC_A_ADDR: (binary, up to 16 bytes) Virtual address in network order.
 *     16 bytes, of which IPv4 uses the first four; 4 bytes are taken for IPv4
 *     as well, any other length is refused with EINVAL. Replies carry 16.
 * @NFVS_SVC_A_PORT: (be16) Virtual port; 0 means all ports.
 * @NFVS_SVC_A_FWMARK: (u32) Firewall mark; identifies the service instead of
 *     protocol, address and port.
 * @NFVS_SVC_A_SCHED_NAME: (string, up to 15 bytes) Scheduler. "none" stands
 *     for no scheduler; an unknown name is refused with ENOENT. May be empty
 *     where the nest only looks the service up.
 * @NFVS_SVC_A_FLAGS: (struct nfvs_flags, 8 bytes) Flags with the mask of those
 *     to change. Replies have NFVS_SVC_F_HASHED set.
 * @NFVS_SVC_A_TIMEOUT: (u32) Persistence timeout in seconds, at most 2678400
 *     (31 days); more is refused with EINVAL.
 * @NFVS_SVC_A_NETMASK: (u32) Granularity of persistence. IPv4: a mask, its
 *     four bytes in network order. IPv6: a prefix length from 1 to 128, in
 *     host order; anything else is refused with EINVAL, persistent or not.
 * @NFVS_SVC_A_STATS: (nest of stats) Statistics in 32 bits; wrap. Replies
 *     only, ignored in requests.
 * @NFVS_SVC_A_PE_NAME: (string, up to 16 bytes) Persistence engine; an unknown
 *     one is refused with ENOENT. In replies only when there is one.
 * @NFVS_SVC_A_STATS64: (nest of stats64) Statistics in 64 bits. Replies only,
 *     ignored in requests.
 * @NFVS_SVC_A_ON_REMOVAL: (u32, see removal) What becomes of the connections
 *     of a real server that is removed; more than NFVS_REMOVAL_RESET is
 *     refused with EINVAL. Absent where a service is added it is
 *     NFVS_REMOVAL_DEFAULT, and where one is edited it stays. In replies only
 *     when it is not the default.
 * @NFVS_SVC_A_FASTPATH: (u32, see fastpath) When packets of the service's
 *     connections take the fast path; more than NFVS_FASTPATH_DEFAULT is
 *     refused with EINVAL. Absent where a service is added it is
 *     NFVS_FASTPATH_DEFAULT, and where one is edited it stays. In replies only
 *     when it is not the default.
 */
enum nfvs_svc_attrs {
	NFVS_SVC_A_UNSPEC = 0,
	NFVS_SVC_A_AF = 1,
	NFVS_SVC_A_PROTOCOL = 2,
	NFVS_SVC_A_ADDR = 3,
	NFVS_SVC_A_PORT = 4,
	NFVS_SVC_A_FWMARK = 5,
	NFVS_SVC_A_SCHED_NAME = 6,
	NFVS_SVC_A_FLAGS = 7,
	NFVS_SVC_A_TIMEOUT = 8,
	NFVS_SVC_A_NETMASK = 9,
	NFVS_SVC_A_STATS = 10,
	NFVS_SVC_A_PE_NAME = 11,
	NFVS_SVC_A_STATS64 = 12,
	NFVS_SVC_A_ON_REMOVAL = 64,
	NFVS_SVC_A_FASTPATH = 65,
};

#define NFVS_SVC_A_MAX NFVS_SVC_A_FASTPATH

/**
 * enum nfvs_dest_attrs - A real server. ADDR, PORT and, where it differs from
 * the service's, ADDR_FAMILY identify it. Adding and editing also need
 * FWD_METHOD, WEIGHT, U_THRESH and L_THRESH. A missing attribute is refused
 * with EINVAL.
 *
 * @NFVS_DEST_A_UNSPEC: Never used.
 * @NFVS_DEST_A_ADDR: (binary, up to 16 bytes) Address, in the form of the
 *     service's ADDR. When added it must be unicast, else EINVAL. Until the
 *     network namespace has its first address, broadcast addresses cannot be
 *     told from others. The address of another real server is not looked at
 *     again.
 * @NFVS_DEST_A_PORT: (be16) Port; 0 keeps the port of the packet.
 * @NFVS_DEST_A_FWD_METHOD: (u32, see fwd-method) Forwarding method; only the
 *     bits of NFVS_FWD_MASK are used.
 * @NFVS_DEST_A_WEIGHT: (u32) Share of new connections, 0 to 2147483647; more
 *     is refused with ERANGE. 0 takes no new connections.
 * @NFVS_DEST_A_U_THRESH: (u32) Connections at which the real server is
 *     overloaded, up to 2147483647, else EINVAL; 0 is no limit.
 * @NFVS_DEST_A_L_THRESH: (u32) Connections below which overload ends; more
 *     than U_THRESH is refused with ERANGE. 0 is three quarters of U_THRESH.
 * @NFVS_DEST_A_ACTIVE_CONNS: (u32) Active connections. Replies only.
 * @NFVS_DEST_A_INACT_CONNS: (u32) Inactive connections. Replies only.
 * @NFVS_DEST_A_PERSIST_CONNS: (u32) Persistence templates. Replies only.
 * @NFVS_DEST_A_STATS: (nest of stats) Statistics in 32 bits; wrap. Replies
 *     only, ignored in requests.
 * @NFVS_DEST_A_ADDR_FAMILY: (u16) Family of ADDR; absent or 0 means the
 *     service's. Another one is accepted with NFVS_FWD_TUNNEL, else EINVAL.
 * @NFVS_DEST_A_STATS64: (nest of stats64) Statistics in 64 bits. Replies only,
 *     ignored in requests.
 * @NFVS_DEST_A_TUN_TYPE: (u8, see tun-type) Encapsulation with
 *     NFVS_FWD_TUNNEL; IPIP where absent.
 * @NFVS_DEST_A_TUN_PORT: (be16) UDP destination port of GUE; 0 is refused with
 *     EINVAL there.
 * @NFVS_DEST_A_TUN_FLAGS: (u16, see tun-csum) Checksum of the outer header.
 * @NFVS_DEST_A_OVERLOADED: (u8) 1 while it takes no new connections because it
 *     has too many, see U_THRESH; else absent. Replies only.
 */
enum nfvs_dest_attrs {
	NFVS_DEST_A_UNSPEC = 0,
	NFVS_DEST_A_ADDR = 1,
	NFVS_DEST_A_PORT = 2,
	NFVS_DEST_A_FWD_METHOD = 3,
	NFVS_DEST_A_WEIGHT = 4,
	NFVS_DEST_A_U_THRESH = 5,
	NFVS_DEST_A_L_THRESH = 6,
	NFVS_DEST_A_ACTIVE_CONNS = 7,
	NFVS_DEST_A_INACT_CONNS = 8,
	NFVS_DEST_A_PERSIST_CONNS = 9,
	NFVS_DEST_A_STATS = 10,
	NFVS_DEST_A_ADDR_FAMILY = 11,
	NFVS_DEST_A_STATS64 = 12,
	NFVS_DEST_A_TUN_TYPE = 13,
	NFVS_DEST_A_TUN_PORT = 14,
	NFVS_DEST_A_TUN_FLAGS = 15,
	NFVS_DEST_A_OVERLOADED = 64,
};

#define NFVS_DEST_A_MAX NFVS_DEST_A_OVERLOADED

/**
 * enum nfvs_daemon_attrs - A synchronisation daemon, one per role and network
 * namespace.
 *
 * @NFVS_DAEMON_A_UNSPEC: Never used.
 * @NFVS_DAEMON_A_STATE: (u32, see daemon-state) Role; anything but master or
 *     backup is refused with EINVAL.
 * @NFVS_DAEMON_A_MCAST_IFN: (string, up to 15 bytes) Interface; an unknown one
 *     is refused with ENODEV.
 * @NFVS_DAEMON_A_SYNC_ID: (u32) Number that both ends share, 0 to 255.
 * @NFVS_DAEMON_A_SYNC_MAXLEN: (u16) Largest message in bytes, 1 to 65507;
 *     absent or 0 follows the interface's MTU.
 * @NFVS_DAEMON_A_MCAST_GROUP: (be32) IPv4 multicast group; another address is
 *     refused with EINVAL.
 * @NFVS_DAEMON_A_MCAST_GROUP6: (binary, 16 bytes) IPv6 multicast group;
 *     another address is refused with EINVAL.
 * @NFVS_DAEMON_A_MCAST_PORT: (u16) UDP port, in host order, 1 to 65535; absent
 *     or 0 means 8848.
 * @NFVS_DAEMON_A_MCAST_TTL: (u8) TTL or hop limit, 1 to 255; absent or 0 means
 *     1.
 */
enum nfvs_daemon_attrs {
	NFVS_DAEMON_A_UNSPEC = 0,
	NFVS_DAEMON_A_STATE = 1,
	NFVS_DAEMON_A_MCAST_IFN = 2,
	NFVS_DAEMON_A_SYNC_ID = 3,
	NFVS_DAEMON_A_SYNC_MAXLEN = 4,
	NFVS_DAEMON_A_MCAST_GROUP = 5,
	NFVS_DAEMON_A_MCAST_GROUP6 = 6,
	NFVS_DAEMON_A_MCAST_PORT = 7,
	NFVS_DAEMON_A_MCAST_TTL = 8,
};

#define NFVS_DAEMON_A_MAX NFVS_DAEMON_A_MCAST_TTL

/**
 * enum nfvs_stats_attrs - Statistics of a service or a real server. The rates
 * are averages over some seconds.
 *
 * @NFVS_STATS_A_UNSPEC: Never used.
 * @NFVS_STATS_A_CONNS: (u32) Connections scheduled.
 * @NFVS_STATS_A_INPKTS: (u32) Packets from clients.
 * @NFVS_STATS_A_OUTPKTS: (u32) Packets to clients, as far as they pass here.
 * @NFVS_STATS_A_INBYTES: (u64) Bytes from clients, from the network header on.
 * @NFVS_STATS_A_OUTBYTES: (u64) Bytes to clients, from the network header on.
 * @NFVS_STATS_A_CPS: (u32) Connections per second.
 * @NFVS_STATS_A_INPPS: (u32) Packets per second from clients.
 * @NFVS_STATS_A_OUTPPS: (u32) Packets per second to clients.
 * @NFVS_STATS_A_INBPS: (u32) Bytes per second from clients.
 * @NFVS_STATS_A_OUTBPS: (u32) Bytes per second to clients.
 * @NFVS_STATS_A_PAD: (pad) Aligns 64-bit values.
 */
enum nfvs_stats_attrs {
	NFVS_STATS_A_UNSPEC = 0,
	NFVS_STATS_A_CONNS = 1,
	NFVS_STATS_A_INPKTS = 2,
	NFVS_STATS_A_OUTPKTS = 3,
	NFVS_STATS_A_INBYTES = 4,
	NFVS_STATS_A_OUTBYTES = 5,
	NFVS_STATS_A_CPS = 6,
	NFVS_STATS_A_INPPS = 7,
	NFVS_STATS_A_OUTPPS = 8,
	NFVS_STATS_A_INBPS = 9,
	NFVS_STATS_A_OUTBPS = 10,
	NFVS_STATS_A_PAD = 11,
};

#define NFVS_STATS_A_MAX NFVS_STATS_A_PAD

/**
 * enum nfvs_info_attrs - The top level of a GET_INFO reply.
 *
 * @NFVS_INFO_A_UNSPEC: Never used.
 * @NFVS_INFO_A_VERSION: (u32) Version of the interface, NFVS_IPVS_VERSION.
 * @NFVS_INFO_A_CONN_TAB_SIZE: (u32) Buckets of the connection table.
 * @NFVS_INFO_A_MODULE: (string) The module and its version, "nfvs" and a
 *     number.
 * @NFVS_INFO_A_CONNS: (u64) Connections that exist in the network namespace.
 * @NFVS_INFO_A_CONN_MAX: (u64) Bound of that number.
 * @NFVS_INFO_A_PAD: (pad) Aligns 64-bit values.
 * @NFVS_INFO_A_GENERATION: (u64) Counts the changes of services and real
 *     servers in the network namespace.
 */
enum nfvs_info_attrs {
	NFVS_INFO_A_UNSPEC = 0,
	NFVS_INFO_A_VERSION = 1,
	NFVS_INFO_A_CONN_TAB_SIZE = 2,
	NFVS_INFO_A_MODULE = 64,
	NFVS_INFO_A_CONNS = 65,
	NFVS_INFO_A_CONN_MAX = 66,
	NFVS_INFO_A_PAD = 67,
	NFVS_INFO_A_GENERATION = 68,
};

#define NFVS_INFO_A_MAX NFVS_INFO_A_GENERATION

/**
 * enum nfvs_limits_attrs - What this version of nfvs can do.
 *
 * @NFVS_LIMITS_A_UNSPEC: Never used.
 * @NFVS_LIMITS_A_SCHED_NAME: (string, repeated) A scheduler, once for each.
 * @NFVS_LIMITS_A_PE_NAME: (string, repeated) A persistence engine, once for
 *     each.
 * @NFVS_LIMITS_A_PROTOCOL: (string, repeated) A protocol that services may
 *     have, as TCP, once for each.
 * @NFVS_LIMITS_A_FWD_METHODS: (u32) Bit 1 << NFVS_FWD_... for each forwarding
 *     method that a real server may have.
 * @NFVS_LIMITS_A_TUN_TYPES: (u32) Bit 1 << NFVS_TUN_TYPE_... for each
 *     encapsulation that a real server may have.
 * @NFVS_LIMITS_A_FEATURES: (u32, see features) What not every version has.
 */
enum nfvs_limits_attrs {
	NFVS_LIMITS_A_UNSPEC = 0,
	NFVS_LIMITS_A_SCHED_NAME = 1,
	NFVS_LIMITS_A_PE_NAME = 2,
	NFVS_LIMITS_A_PROTOCOL = 3,
	NFVS_LIMITS_A_FWD_METHODS = 4,
	NFVS_LIMITS_A_TUN_TYPES = 5,
	NFVS_LIMITS_A_FEATURES = 6,
};

#define NFVS_LIMITS_A_MAX NFVS_LIMITS_A_FEATURES

/**
 * enum nfvs_counter_attrs - One event counter.
 *
 * @NFVS_COUNTER_A_UNSPEC: Never used.
 * @NFVS_COUNTER_A_NAME: (string) Its name; what it counts is documented there.
 * @NFVS_COUNTER_A_VALUE: (u64) Events since the network namespace began.
 * @NFVS_COUNTER_A_PAD: (pad) Aligns 64-bit values.
 */
enum nfvs_counter_attrs {
	NFVS_COUNTER_A_UNSPEC = 0,
	NFVS_COUNTER_A_NAME = 1,
	NFVS_COUNTER_A_VALUE = 2,
	NFVS_COUNTER_A_PAD = 3,
};

#define NFVS_COUNTER_A_MAX NFVS_COUNTER_A_PAD

/**
 * enum nfvs_conn_attrs - A connection. Requests choose connections by any of
 * AF, PROTOCOL, the three addresses, each with its prefix length, the three
 * ports, and STATE_NAME; those that match all that is given are meant. EINVAL:
 * an address without AF (of the real server DEST_AF, where that differs), a
 * prefix length or DEST_AF without its address, or an attribute that is for
 * replies only.
 *
 * @NFVS_CONN_A_UNSPEC: Never used.
 * @NFVS_CONN_A_AF: (u16) Family of client and virtual address, AF_INET (2) or
 *     AF_INET6 (10); anything else is refused with EAFNOSUPPORT.
 * @NFVS_CONN_A_PROTOCOL: (u16) IP protocol number.
 * @NFVS_CONN_A_CLIENT_ADDR: (binary, up to 16 bytes) The client's address, in
 *     the form of a service's ADDR.
 * @NFVS_CONN_A_CLIENT_PORT: (be16) The client's port.
 * @NFVS_CONN_A_VIRTUAL_ADDR: (binary, up to 16 bytes) The virtual address.
 * @NFVS_CONN_A_VIRTUAL_PORT: (be16) The virtual port.
 * @NFVS_CONN_A_DEST_AF: (u16) Family of the real server, as AF; where a
 *     request lacks it, AF.
 * @NFVS_CONN_A_DEST_ADDR: (binary, up to 16 bytes) The real server's address.
 * @NFVS_CONN_A_DEST_PORT: (be16) The real server's port.
 * @NFVS_CONN_A_STATE_NAME: (string, up to 15 bytes) State, by the name that
 *     /proc/net/ip_vs_conn shows, as ESTABLISHED or UDP.
 * @NFVS_CONN_A_EXPIRES: (u32) Seconds until it ends unless a packet comes.
 *     Replies only.
 * @NFVS_CONN_A_FWD_METHOD: (u32, see fwd-method) How its packets reach the
 *     real server. Replies only.
 * @NFVS_CONN_A_FWMARK: (u32) Firewall mark of its service, 0 for none. Replies
 *     only.
 * @NFVS_CONN_A_PE_NAME: (string, up to 16 bytes) Persistence engine, where
 *     there is one. Replies only.
 * @NFVS_CONN_A_PE_DATA: (binary, up to 255 bytes) What the persistence engine
 *     goes by. Replies only.
 * @NFVS_CONN_A_CLIENT_PREFIX: (u8) Leading bits of CLIENT_ADDR that count, 0
 *     to 32 or 128; all where absent.
 * @NFVS_CONN_A_VIRTUAL_PREFIX: (u8) The same for VIRTUAL_ADDR.
 * @NFVS_CONN_A_DEST_PREFIX: (u8) The same for DEST_ADDR.
 */
enum nfvs_conn_attrs {
	NFVS_CONN_A_UNSPEC = 0,
	NFVS_CONN_A_AF = 1,
	NFVS_CONN_A_PROTOCOL = 2,
	NFVS_CONN_A_CLIENT_ADDR = 3,
	NFVS_CONN_A_CLIENT_PORT = 4,
	NFVS_CONN_A_VIRTUAL_ADDR = 5,
	NFVS_CONN_A_VIRTUAL_PORT = 6,
	NFVS_CONN_A_DEST_AF = 7,
	NFVS_CONN_A_DEST_ADDR = 8,
	NFVS_CONN_A_DEST_PORT = 9,
	NFVS_CONN_A_STATE_NAME = 10,
	NFVS_CONN_A_EXPIRES = 11,
	NFVS_CONN_A_FWD_METHOD = 12,
	NFVS_CONN_A_FWMARK = 13,
	NFVS_CONN_A_PE_NAME = 14,
	NFVS_CONN_A_PE_DATA = 15,
	NFVS_CONN_A_CLIENT_PREFIX = 16,
	NFVS_CONN_A_VIRTUAL_PREFIX = 17,
	NFVS_CONN_A_DEST_PREFIX = 18,
};

#define NFVS_CONN_A_MAX NFVS_CONN_A_DEST_PREFIX

/*
 * Multicast group: Changes of services and real servers, after they have been made:
 * NEW_SERVICE, SET_SERVICE, DEL_SERVICE, NEW_DEST, SET_DEST and DEL_DEST, with what is
 * configured since, with the GENERATION that it belongs to, and the PORT_ID of who asked for
 * it. Of a transaction all events have the same generation. A service that goes takes its
 * real servers with it: DEL_DEST comes for none of them.
 */
#define NFVS_MCGRP_CONFIG "config"

/*
 * Multicast group: OVERLOAD, with service and real server.
 */
#define NFVS_MCGRP_OVERLOAD "overload"

/*
 * Multicast group: NEW_CONN, and DEL_CONN with the state in which a connection ended, each
 * with CONN.
 */
#define NFVS_MCGRP_CONN "conn"

#endif /* _UAPI_LINUX_NFVS_H */
