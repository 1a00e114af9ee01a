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

void StatsAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_STATS_A_CONNS:
            in.take_u32(conns, "conns");
            break;
        case NFVS_STATS_A_INPKTS:
            in.take_u32(inpkts, "inpkts");
            break;
        case NFVS_STATS_A_OUTPKTS:
            in.take_u32(outpkts, "outpkts");
            break;
        case NFVS_STATS_A_INBYTES:
            in.take_u64(inbytes, "inbytes");
            break;
        case NFVS_STATS_A_OUTBYTES:
            in.take_u64(outbytes, "outbytes");
            break;
        case NFVS_STATS_A_CPS:
            in.take_u32(cps, "cps");
            break;
        case NFVS_STATS_A_INPPS:
            in.take_u32(inpps, "inpps");
            break;
        case NFVS_STATS_A_OUTPPS:
            in.take_u32(outpps, "outpps");
            break;
        case NFVS_STATS_A_INBPS:
            in.take_u32(inbps, "inbps");
            break;
        case NFVS_STATS_A_OUTBPS:
            in.take_u32(outbps, "outbps");
            break;
        default:
            break;
        }
    }
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

void Stats64Attrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_STATS_A_CONNS:
            in.take_u64(conns, "conns");
            break;
        case NFVS_STATS_A_INPKTS:
            in.take_u64(inpkts, "inpkts");
            break;
        case NFVS_STATS_A_OUTPKTS:
            in.take_u64(outpkts, "outpkts");
            break;
        case NFVS_STATS_A_INBYTES:
            in.take_u64(inbytes, "inbytes");
            break;
        case NFVS_STATS_A_OUTBYTES:
            in.take_u64(outbytes, "outbytes");
            break;
        case NFVS_STATS_A_CPS:
            in.take_u64(cps, "cps");
            break;
        case NFVS_STATS_A_INPPS:
            in.take_u64(inpps, "inpps");
            break;
        case NFVS_STATS_A_OUTPPS:
            in.take_u64(outpps, "outpps");
            break;
        case NFVS_STATS_A_INBPS:
            in.take_u64(inbps, "inbps");
            break;
        case NFVS_STATS_A_OUTBPS:
            in.take_u64(outbps, "outbps");
            break;
        default:
            break;
        }
    }
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
}

void SvcAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_SVC_A_AF:
            in.take_u16(af, "af");
            break;
        case NFVS_SVC_A_PROTOCOL:
            in.take_u16(protocol, "protocol");
            break;
        case NFVS_SVC_A_ADDR:
            in.take_bytes(addr, "addr");
            break;
        case NFVS_SVC_A_PORT:
            in.take_u16_be(port, "port");
            break;
        case NFVS_SVC_A_FWMARK:
            in.take_u32(fwmark, "fwmark");
            break;
        case NFVS_SVC_A_SCHED_NAME:
            in.take_string(sched_name, "sched-name");
            break;
        case NFVS_SVC_A_FLAGS:
            in.take_struct(flags, "flags");
            break;
        case NFVS_SVC_A_TIMEOUT:
            in.take_u32(timeout, "timeout");
            break;
        case NFVS_SVC_A_NETMASK:
            in.take_u32(netmask, "netmask");
            break;
        case NFVS_SVC_A_STATS:
            in.take_nest(stats, "stats");
            break;
        case NFVS_SVC_A_PE_NAME:
            in.take_string(pe_name, "pe-name");
            break;
        case NFVS_SVC_A_STATS64:
            in.take_nest(stats64, "stats64");
            break;
        case NFVS_SVC_A_ON_REMOVAL:
            in.take_u32(on_removal, "on-removal");
            break;
        default:
            break;
        }
    }
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
}

void DestAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_DEST_A_ADDR:
            in.take_bytes(addr, "addr");
            break;
        case NFVS_DEST_A_PORT:
            in.take_u16_be(port, "port");
            break;
        case NFVS_DEST_A_FWD_METHOD:
            in.take_u32(fwd_method, "fwd-method");
            break;
        case NFVS_DEST_A_WEIGHT:
            in.take_u32(weight, "weight");
            break;
        case NFVS_DEST_A_U_THRESH:
            in.take_u32(u_thresh, "u-thresh");
            break;
        case NFVS_DEST_A_L_THRESH:
            in.take_u32(l_thresh, "l-thresh");
            break;
        case NFVS_DEST_A_ACTIVE_CONNS:
            in.take_u32(active_conns, "active-conns");
            break;
        case NFVS_DEST_A_INACT_CONNS:
            in.take_u32(inact_conns, "inact-conns");
            break;
        case NFVS_DEST_A_PERSIST_CONNS:
            in.take_u32(persist_conns, "persist-conns");
            break;
        case NFVS_DEST_A_STATS:
            in.take_nest(stats, "stats");
            break;
        case NFVS_DEST_A_ADDR_FAMILY:
            in.take_u16(addr_family, "addr-family");
            break;
        case NFVS_DEST_A_STATS64:
            in.take_nest(stats64, "stats64");
            break;
        case NFVS_DEST_A_TUN_TYPE:
            in.take_u8(tun_type, "tun-type");
            break;
        case NFVS_DEST_A_TUN_PORT:
            in.take_u16_be(tun_port, "tun-port");
            break;
        case NFVS_DEST_A_TUN_FLAGS:
            in.take_u16(tun_flags, "tun-flags");
            break;
        default:
            break;
        }
    }
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

void DaemonAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_DAEMON_A_STATE:
            in.take_u32(state, "state");
            break;
        case NFVS_DAEMON_A_MCAST_IFN:
            in.take_string(mcast_ifn, "mcast-ifn");
            break;
        case NFVS_DAEMON_A_SYNC_ID:
            in.take_u32(sync_id, "sync-id");
            break;
        case NFVS_DAEMON_A_SYNC_MAXLEN:
            in.take_u16(sync_maxlen, "sync-maxlen");
            break;
        case NFVS_DAEMON_A_MCAST_GROUP:
            in.take_u32_be(mcast_group, "mcast-group");
            break;
        case NFVS_DAEMON_A_MCAST_GROUP6:
            in.take_bytes(mcast_group6, "mcast-group6");
            break;
        case NFVS_DAEMON_A_MCAST_PORT:
            in.take_u16(mcast_port, "mcast-port");
            break;
        case NFVS_DAEMON_A_MCAST_TTL:
            in.take_u8(mcast_ttl, "mcast-ttl");
            break;
        default:
            break;
        }
    }
}

void CounterAttrs::encode(AttrWriter& out) const {
    out.put_string(NFVS_COUNTER_A_NAME, name);
    out.put_u64(NFVS_COUNTER_A_VALUE, value);
}

void CounterAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_COUNTER_A_NAME:
            in.take_string(name, "name");
            break;
        case NFVS_COUNTER_A_VALUE:
            in.take_u64(value, "value");
            break;
        default:
            break;
        }
    }
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

void ConnAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_CONN_A_AF:
            in.take_u16(af, "af");
            break;
        case NFVS_CONN_A_PROTOCOL:
            in.take_u16(protocol, "protocol");
            break;
        case NFVS_CONN_A_CLIENT_ADDR:
            in.take_bytes(client_addr, "client-addr");
            break;
        case NFVS_CONN_A_CLIENT_PORT:
            in.take_u16_be(client_port, "client-port");
            break;
        case NFVS_CONN_A_VIRTUAL_ADDR:
            in.take_bytes(virtual_addr, "virtual-addr");
            break;
        case NFVS_CONN_A_VIRTUAL_PORT:
            in.take_u16_be(virtual_port, "virtual-port");
            break;
        case NFVS_CONN_A_DEST_AF:
            in.take_u16(dest_af, "dest-af");
            break;
        case NFVS_CONN_A_DEST_ADDR:
            in.take_bytes(dest_addr, "dest-addr");
            break;
        case NFVS_CONN_A_DEST_PORT:
            in.take_u16_be(dest_port, "dest-port");
            break;
        case NFVS_CONN_A_STATE_NAME:
            in.take_string(state_name, "state-name");
            break;
        case NFVS_CONN_A_EXPIRES:
            in.take_u32(expires, "expires");
            break;
        case NFVS_CONN_A_FWD_METHOD:
            in.take_u32(fwd_method, "fwd-method");
            break;
        case NFVS_CONN_A_FWMARK:
            in.take_u32(fwmark, "fwmark");
            break;
        case NFVS_CONN_A_PE_NAME:
            in.take_string(pe_name, "pe-name");
            break;
        case NFVS_CONN_A_PE_DATA:
            in.take_bytes(pe_data, "pe-data");
            break;
        case NFVS_CONN_A_CLIENT_PREFIX:
            in.take_u8(client_prefix, "client-prefix");
            break;
        case NFVS_CONN_A_VIRTUAL_PREFIX:
            in.take_u8(virtual_prefix, "virtual-prefix");
            break;
        case NFVS_CONN_A_DEST_PREFIX:
            in.take_u8(dest_prefix, "dest-prefix");
            break;
        default:
            break;
        }
    }
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
}

void NfvsAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_A_SERVICE:
            in.take_nest(service, "service");
            break;
        case NFVS_A_DEST:
            in.take_nest(dest, "dest");
            break;
        case NFVS_A_DAEMON:
            in.take_nest(daemon, "daemon");
            break;
        case NFVS_A_TIMEOUT_TCP:
            in.take_u32(timeout_tcp, "timeout-tcp");
            break;
        case NFVS_A_TIMEOUT_TCP_FIN:
            in.take_u32(timeout_tcp_fin, "timeout-tcp-fin");
            break;
        case NFVS_A_TIMEOUT_UDP:
            in.take_u32(timeout_udp, "timeout-udp");
            break;
        case NFVS_A_COUNTER:
            in.take_nests(counter, "counter");
            break;
        case NFVS_A_CONN:
            in.take_nest(conn, "conn");
            break;
        case NFVS_A_BRIEF:
            in.take_u8(brief, "brief");
            break;
        case NFVS_A_COUNT:
            in.take_u32(count, "count");
            break;
        default:
            break;
        }
    }
}

void InfoAttrs::encode(AttrWriter& out) const {
    out.put_u32(NFVS_INFO_A_VERSION, version);
    out.put_u32(NFVS_INFO_A_CONN_TAB_SIZE, conn_tab_size);
    out.put_string(NFVS_INFO_A_MODULE, module);
    out.put_u64(NFVS_INFO_A_CONNS, conns);
    out.put_u64(NFVS_INFO_A_CONN_MAX, conn_max);
}

void InfoAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_INFO_A_VERSION:
            in.take_u32(version, "version");
            break;
        case NFVS_INFO_A_CONN_TAB_SIZE:
            in.take_u32(conn_tab_size, "conn-tab-size");
            break;
        case NFVS_INFO_A_MODULE:
            in.take_string(module, "module");
            break;
        case NFVS_INFO_A_CONNS:
            in.take_u64(conns, "conns");
            break;
        case NFVS_INFO_A_CONN_MAX:
            in.take_u64(conn_max, "conn-max");
            break;
        default:
            break;
        }
    }
}

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
};
constexpr AttrTable nfvs_table{nfvs_names};

constexpr AttrName info_names[] = {
    {NFVS_INFO_A_VERSION, "version", nullptr},
    {NFVS_INFO_A_CONN_TAB_SIZE, "conn-tab-size", nullptr},
    {NFVS_INFO_A_MODULE, "module", nullptr},
    {NFVS_INFO_A_CONNS, "conns", nullptr},
    {NFVS_INFO_A_CONN_MAX, "conn-max", nullptr},
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
