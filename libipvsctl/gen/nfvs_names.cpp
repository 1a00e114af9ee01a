// SPDX-License-Identifier: LGPL-2.1-or-later
// Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead.
// clang-format off
#include "nfvs_attrs.hpp"

#include <linux/nfvs.h>

namespace ipvsctl::inline v1::detail {

namespace {

constexpr AttrName stats_names[] = {
    {NFVS_STATS_A_CONNS, "conns", nullptr},
    {NFVS_STATS_A_INPKTS, "inpkts", nullptr},
    {NFVS_STATS_A_OUTPKTS, "outpkts", nullptr},
    {NFVS_STATS_A_INBYTES, "inbytes", nullptr},
    {NFVS_STATS_A_OUTBYTES, "outbytes", nullptr},
    {NFVS_STATS_A_CPS, "cps", nullptr},
    {NFVS_STATS_A_INPPS, "inpps", nullptr},
    {NFVS_STATS_A_OUTPPS, "outpps", nullptr},
    {NFVS_STATS_A_INBPS, "inbps", nullptr},
    {NFVS_STATS_A_OUTBPS, "outbps", nullptr},
};
constexpr AttrTable stats_table{stats_names};

constexpr AttrName stats64_names[] = {
    {NFVS_STATS_A_CONNS, "conns", nullptr},
    {NFVS_STATS_A_INPKTS, "inpkts", nullptr},
    {NFVS_STATS_A_OUTPKTS, "outpkts", nullptr},
    {NFVS_STATS_A_INBYTES, "inbytes", nullptr},
    {NFVS_STATS_A_OUTBYTES, "outbytes", nullptr},
    {NFVS_STATS_A_CPS, "cps", nullptr},
    {NFVS_STATS_A_INPPS, "inpps", nullptr},
    {NFVS_STATS_A_OUTPPS, "outpps", nullptr},
    {NFVS_STATS_A_INBPS, "inbps", nullptr},
    {NFVS_STATS_A_OUTBPS, "outbps", nullptr},
};
constexpr AttrTable stats64_table{stats64_names};

constexpr AttrName svc_names[] = {
    {NFVS_SVC_A_AF, "af", nullptr},
    {NFVS_SVC_A_PROTOCOL, "protocol", nullptr},
    {NFVS_SVC_A_ADDR, "addr", nullptr},
    {NFVS_SVC_A_PORT, "port", nullptr},
    {NFVS_SVC_A_FWMARK, "fwmark", nullptr},
    {NFVS_SVC_A_SCHED_NAME, "sched-name", nullptr},
    {NFVS_SVC_A_FLAGS, "flags", nullptr},
    {NFVS_SVC_A_TIMEOUT, "timeout", nullptr},
    {NFVS_SVC_A_NETMASK, "netmask", nullptr},
    {NFVS_SVC_A_STATS, "stats", &stats_table},
    {NFVS_SVC_A_PE_NAME, "pe-name", nullptr},
    {NFVS_SVC_A_STATS64, "stats64", &stats64_table},
    {NFVS_SVC_A_ON_REMOVAL, "on-removal", nullptr},
    {NFVS_SVC_A_FASTPATH, "fastpath", nullptr},
};
constexpr AttrTable svc_table{svc_names};

constexpr AttrName dest_names[] = {
    {NFVS_DEST_A_ADDR, "addr", nullptr},
    {NFVS_DEST_A_PORT, "port", nullptr},
    {NFVS_DEST_A_FWD_METHOD, "fwd-method", nullptr},
    {NFVS_DEST_A_WEIGHT, "weight", nullptr},
    {NFVS_DEST_A_U_THRESH, "u-thresh", nullptr},
    {NFVS_DEST_A_L_THRESH, "l-thresh", nullptr},
    {NFVS_DEST_A_ACTIVE_CONNS, "active-conns", nullptr},
    {NFVS_DEST_A_INACT_CONNS, "inact-conns", nullptr},
    {NFVS_DEST_A_PERSIST_CONNS, "persist-conns", nullptr},
    {NFVS_DEST_A_STATS, "stats", &stats_table},
    {NFVS_DEST_A_ADDR_FAMILY, "addr-family", nullptr},
    {NFVS_DEST_A_STATS64, "stats64", &stats64_table},
    {NFVS_DEST_A_TUN_TYPE, "tun-type", nullptr},
    {NFVS_DEST_A_TUN_PORT, "tun-port", nullptr},
    {NFVS_DEST_A_TUN_FLAGS, "tun-flags", nullptr},
    {NFVS_DEST_A_OVERLOADED, "overloaded", nullptr},
};
constexpr AttrTable dest_table{dest_names};

constexpr AttrName daemon_names[] = {
    {NFVS_DAEMON_A_STATE, "state", nullptr},
    {NFVS_DAEMON_A_MCAST_IFN, "mcast-ifn", nullptr},
    {NFVS_DAEMON_A_SYNC_ID, "sync-id", nullptr},
    {NFVS_DAEMON_A_SYNC_MAXLEN, "sync-maxlen", nullptr},
    {NFVS_DAEMON_A_MCAST_GROUP, "mcast-group", nullptr},
    {NFVS_DAEMON_A_MCAST_GROUP6, "mcast-group6", nullptr},
    {NFVS_DAEMON_A_MCAST_PORT, "mcast-port", nullptr},
    {NFVS_DAEMON_A_MCAST_TTL, "mcast-ttl", nullptr},
};
constexpr AttrTable daemon_table{daemon_names};

constexpr AttrName counter_names[] = {
    {NFVS_COUNTER_A_NAME, "name", nullptr},
    {NFVS_COUNTER_A_VALUE, "value", nullptr},
};
constexpr AttrTable counter_table{counter_names};

constexpr AttrName conn_names[] = {
    {NFVS_CONN_A_AF, "af", nullptr},
    {NFVS_CONN_A_PROTOCOL, "protocol", nullptr},
    {NFVS_CONN_A_CLIENT_ADDR, "client-addr", nullptr},
    {NFVS_CONN_A_CLIENT_PORT, "client-port", nullptr},
    {NFVS_CONN_A_VIRTUAL_ADDR, "virtual-addr", nullptr},
    {NFVS_CONN_A_VIRTUAL_PORT, "virtual-port", nullptr},
    {NFVS_CONN_A_DEST_AF, "dest-af", nullptr},
    {NFVS_CONN_A_DEST_ADDR, "dest-addr", nullptr},
    {NFVS_CONN_A_DEST_PORT, "dest-port", nullptr},
    {NFVS_CONN_A_STATE_NAME, "state-name", nullptr},
    {NFVS_CONN_A_EXPIRES, "expires", nullptr},
    {NFVS_CONN_A_FWD_METHOD, "fwd-method", nullptr},
    {NFVS_CONN_A_FWMARK, "fwmark", nullptr},
    {NFVS_CONN_A_PE_NAME, "pe-name", nullptr},
    {NFVS_CONN_A_PE_DATA, "pe-data", nullptr},
    {NFVS_CONN_A_CLIENT_PREFIX, "client-prefix", nullptr},
    {NFVS_CONN_A_VIRTUAL_PREFIX, "virtual-prefix", nullptr},
    {NFVS_CONN_A_DEST_PREFIX, "dest-prefix", nullptr},
};
constexpr AttrTable conn_table{conn_names};

constexpr AttrName item_names[] = {
    {NFVS_ITEM_A_COMMAND, "command", nullptr},
    {NFVS_ITEM_A_SERVICE, "service", &svc_table},
    {NFVS_ITEM_A_DEST, "dest", &dest_table},
};
constexpr AttrTable item_table{item_names};

constexpr AttrName limits_names[] = {
    {NFVS_LIMITS_A_SCHED_NAME, "sched-name", nullptr},
    {NFVS_LIMITS_A_PE_NAME, "pe-name", nullptr},
    {NFVS_LIMITS_A_PROTOCOL, "protocol", nullptr},
    {NFVS_LIMITS_A_FWD_METHODS, "fwd-methods", nullptr},
    {NFVS_LIMITS_A_TUN_TYPES, "tun-types", nullptr},
    {NFVS_LIMITS_A_FEATURES, "features", nullptr},
};
constexpr AttrTable limits_table{limits_names};

constexpr AttrName nfvs_names[] = {
    {NFVS_A_SERVICE, "service", &svc_table},
    {NFVS_A_DEST, "dest", &dest_table},
    {NFVS_A_DAEMON, "daemon", &daemon_table},
    {NFVS_A_TIMEOUT_TCP, "timeout-tcp", nullptr},
    {NFVS_A_TIMEOUT_TCP_FIN, "timeout-tcp-fin", nullptr},
    {NFVS_A_TIMEOUT_UDP, "timeout-udp", nullptr},
    {NFVS_A_COUNTER, "counter", &counter_table},
    {NFVS_A_CONN, "conn", &conn_table},
    {NFVS_A_BRIEF, "brief", nullptr},
    {NFVS_A_COUNT, "count", nullptr},
    {NFVS_A_ITEM, "item", &item_table},
    {NFVS_A_GENERATION, "generation", nullptr},
    {NFVS_A_PORT_ID, "port-id", nullptr},
    {NFVS_A_EVENT, "event", nullptr},
    {NFVS_A_LIMITS, "limits", &limits_table},
};
constexpr AttrTable nfvs_table{nfvs_names};

constexpr AttrName info_names[] = {
    {NFVS_INFO_A_VERSION, "version", nullptr},
    {NFVS_INFO_A_CONN_TAB_SIZE, "conn-tab-size", nullptr},
    {NFVS_INFO_A_MODULE, "module", nullptr},
    {NFVS_INFO_A_CONNS, "conns", nullptr},
    {NFVS_INFO_A_CONN_MAX, "conn-max", nullptr},
    {NFVS_INFO_A_GENERATION, "generation", nullptr},
};
constexpr AttrTable info_table{info_names};

}  // namespace

const AttrTable& attributes_of(std::uint8_t command) noexcept {
    switch (command) {
    case NFVS_CMD_SET_INFO:
    case NFVS_CMD_GET_INFO:
        return info_table;
    default:
        return nfvs_table;
    }
}

}  // namespace ipvsctl::inline v1::detail
