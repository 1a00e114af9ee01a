// SPDX-License-Identifier: LGPL-2.1-or-later
// Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead.
// clang-format off
#include "nfvs_attrs.hpp"

#include <linux/nfvs.h>

namespace ipvsctl::inline v1::detail {

void StatsAttrs::encode(AttrWriter& out) const {
    out.put_u32(NFVS_STATS_A_CONNS, conns);
    out.put_u32(NFVS_STATS_A_INPKTS, inpkts);
    out.put_u32(NFVS_STATS_A_OUTPKTS, outpkts);
    out.put_u64(NFVS_STATS_A_INBYTES, inbytes);
    out.put_u64(NFVS_STATS_A_OUTBYTES, outbytes);
    out.put_u32(NFVS_STATS_A_CPS, cps);
    out.put_u32(NFVS_STATS_A_INPPS, inpps);
    out.put_u32(NFVS_STATS_A_OUTPPS, outpps);
    out.put_u32(NFVS_STATS_A_INBPS, inbps);
    out.put_u32(NFVS_STATS_A_OUTBPS, outbps);
}

void Stats64Attrs::encode(AttrWriter& out) const {
    out.put_u64(NFVS_STATS_A_CONNS, conns);
    out.put_u64(NFVS_STATS_A_INPKTS, inpkts);
    out.put_u64(NFVS_STATS_A_OUTPKTS, outpkts);
    out.put_u64(NFVS_STATS_A_INBYTES, inbytes);
    out.put_u64(NFVS_STATS_A_OUTBYTES, outbytes);
    out.put_u64(NFVS_STATS_A_CPS, cps);
    out.put_u64(NFVS_STATS_A_INPPS, inpps);
    out.put_u64(NFVS_STATS_A_OUTPPS, outpps);
    out.put_u64(NFVS_STATS_A_INBPS, inbps);
    out.put_u64(NFVS_STATS_A_OUTBPS, outbps);
}

void SvcAttrs::encode(AttrWriter& out) const {
    out.put_u16(NFVS_SVC_A_AF, af);
    out.put_u16(NFVS_SVC_A_PROTOCOL, protocol);
    out.put_bytes(NFVS_SVC_A_ADDR, addr);
    out.put_u16_be(NFVS_SVC_A_PORT, port);
    out.put_u32(NFVS_SVC_A_FWMARK, fwmark);
    out.put_string(NFVS_SVC_A_SCHED_NAME, sched_name);
    out.put_struct(NFVS_SVC_A_FLAGS, flags);
    out.put_u32(NFVS_SVC_A_TIMEOUT, timeout);
    out.put_u32(NFVS_SVC_A_NETMASK, netmask);
    out.put_nest(NFVS_SVC_A_STATS, stats);
    out.put_string(NFVS_SVC_A_PE_NAME, pe_name);
    out.put_nest(NFVS_SVC_A_STATS64, stats64);
    out.put_u32(NFVS_SVC_A_ON_REMOVAL, on_removal);
    out.put_u32(NFVS_SVC_A_FASTPATH, fastpath);
}

void DestAttrs::encode(AttrWriter& out) const {
    out.put_bytes(NFVS_DEST_A_ADDR, addr);
    out.put_u16_be(NFVS_DEST_A_PORT, port);
    out.put_u32(NFVS_DEST_A_FWD_METHOD, fwd_method);
    out.put_u32(NFVS_DEST_A_WEIGHT, weight);
    out.put_u32(NFVS_DEST_A_U_THRESH, u_thresh);
    out.put_u32(NFVS_DEST_A_L_THRESH, l_thresh);
    out.put_u32(NFVS_DEST_A_ACTIVE_CONNS, active_conns);
    out.put_u32(NFVS_DEST_A_INACT_CONNS, inact_conns);
    out.put_u32(NFVS_DEST_A_PERSIST_CONNS, persist_conns);
    out.put_nest(NFVS_DEST_A_STATS, stats);
    out.put_u16(NFVS_DEST_A_ADDR_FAMILY, addr_family);
    out.put_nest(NFVS_DEST_A_STATS64, stats64);
    out.put_u8(NFVS_DEST_A_TUN_TYPE, tun_type);
    out.put_u16_be(NFVS_DEST_A_TUN_PORT, tun_port);
    out.put_u16(NFVS_DEST_A_TUN_FLAGS, tun_flags);
    out.put_u8(NFVS_DEST_A_OVERLOADED, overloaded);
}

void DaemonAttrs::encode(AttrWriter& out) const {
    out.put_u32(NFVS_DAEMON_A_STATE, state);
    out.put_string(NFVS_DAEMON_A_MCAST_IFN, mcast_ifn);
    out.put_u32(NFVS_DAEMON_A_SYNC_ID, sync_id);
    out.put_u16(NFVS_DAEMON_A_SYNC_MAXLEN, sync_maxlen);
    out.put_u32_be(NFVS_DAEMON_A_MCAST_GROUP, mcast_group);
    out.put_bytes(NFVS_DAEMON_A_MCAST_GROUP6, mcast_group6);
    out.put_u16(NFVS_DAEMON_A_MCAST_PORT, mcast_port);
    out.put_u8(NFVS_DAEMON_A_MCAST_TTL, mcast_ttl);
}

void CounterAttrs::encode(AttrWriter& out) const {
    out.put_string(NFVS_COUNTER_A_NAME, name);
    out.put_u64(NFVS_COUNTER_A_VALUE, value);
}

void ConnAttrs::encode(AttrWriter& out) const {
    out.put_u16(NFVS_CONN_A_AF, af);
    out.put_u16(NFVS_CONN_A_PROTOCOL, protocol);
    out.put_bytes(NFVS_CONN_A_CLIENT_ADDR, client_addr);
    out.put_u16_be(NFVS_CONN_A_CLIENT_PORT, client_port);
    out.put_bytes(NFVS_CONN_A_VIRTUAL_ADDR, virtual_addr);
    out.put_u16_be(NFVS_CONN_A_VIRTUAL_PORT, virtual_port);
    out.put_u16(NFVS_CONN_A_DEST_AF, dest_af);
    out.put_bytes(NFVS_CONN_A_DEST_ADDR, dest_addr);
    out.put_u16_be(NFVS_CONN_A_DEST_PORT, dest_port);
    out.put_string(NFVS_CONN_A_STATE_NAME, state_name);
    out.put_u32(NFVS_CONN_A_EXPIRES, expires);
    out.put_u32(NFVS_CONN_A_FWD_METHOD, fwd_method);
    out.put_u32(NFVS_CONN_A_FWMARK, fwmark);
    out.put_string(NFVS_CONN_A_PE_NAME, pe_name);
    out.put_bytes(NFVS_CONN_A_PE_DATA, pe_data);
    out.put_u8(NFVS_CONN_A_CLIENT_PREFIX, client_prefix);
    out.put_u8(NFVS_CONN_A_VIRTUAL_PREFIX, virtual_prefix);
    out.put_u8(NFVS_CONN_A_DEST_PREFIX, dest_prefix);
}

void ItemAttrs::encode(AttrWriter& out) const {
    out.put_u8(NFVS_ITEM_A_COMMAND, command);
    out.put_nest(NFVS_ITEM_A_SERVICE, service);
    out.put_nest(NFVS_ITEM_A_DEST, dest);
}

void LimitsAttrs::encode(AttrWriter& out) const {
    out.put_strings(NFVS_LIMITS_A_SCHED_NAME, sched_name);
    out.put_strings(NFVS_LIMITS_A_PE_NAME, pe_name);
    out.put_strings(NFVS_LIMITS_A_PROTOCOL, protocol);
    out.put_u32(NFVS_LIMITS_A_FWD_METHODS, fwd_methods);
    out.put_u32(NFVS_LIMITS_A_TUN_TYPES, tun_types);
    out.put_u32(NFVS_LIMITS_A_FEATURES, features);
}

void NfvsAttrs::encode(AttrWriter& out) const {
    out.put_nest(NFVS_A_SERVICE, service);
    out.put_nest(NFVS_A_DEST, dest);
    out.put_nest(NFVS_A_DAEMON, daemon);
    out.put_u32(NFVS_A_TIMEOUT_TCP, timeout_tcp);
    out.put_u32(NFVS_A_TIMEOUT_TCP_FIN, timeout_tcp_fin);
    out.put_u32(NFVS_A_TIMEOUT_UDP, timeout_udp);
    out.put_nests(NFVS_A_COUNTER, counter);
    out.put_nest(NFVS_A_CONN, conn);
    out.put_u8(NFVS_A_BRIEF, brief);
    out.put_u32(NFVS_A_COUNT, count);
    out.put_nests(NFVS_A_ITEM, item);
    out.put_u64(NFVS_A_GENERATION, generation);
    out.put_u32(NFVS_A_PORT_ID, port_id);
    out.put_u64(NFVS_A_EVENT, event);
    out.put_nest(NFVS_A_LIMITS, limits);
}

void InfoAttrs::encode(AttrWriter& out) const {
    out.put_u32(NFVS_INFO_A_VERSION, version);
    out.put_u32(NFVS_INFO_A_CONN_TAB_SIZE, conn_tab_size);
    out.put_string(NFVS_INFO_A_MODULE, module);
    out.put_u64(NFVS_INFO_A_CONNS, conns);
    out.put_u64(NFVS_INFO_A_CONN_MAX, conn_max);
    out.put_u64(NFVS_INFO_A_GENERATION, generation);
}

}  // namespace ipvsctl::inline v1::detail
