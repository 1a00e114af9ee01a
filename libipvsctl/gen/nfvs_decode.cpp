// SPDX-License-Identifier: LGPL-2.1-or-later
// Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead.
// clang-format off
#include "nfvs_attrs.hpp"

#include <linux/nfvs.h>

namespace ipvsctl::inline v1::detail {

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
        case NFVS_SVC_A_FASTPATH:
            in.take_u32(fastpath, "fastpath");
            break;
        default:
            break;
        }
    }
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
        case NFVS_DEST_A_OVERLOADED:
            in.take_u8(overloaded, "overloaded");
            break;
        default:
            break;
        }
    }
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

void ItemAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_ITEM_A_COMMAND:
            in.take_u8(command, "command");
            break;
        case NFVS_ITEM_A_SERVICE:
            in.take_nest(service, "service");
            break;
        case NFVS_ITEM_A_DEST:
            in.take_nest(dest, "dest");
            break;
        default:
            break;
        }
    }
}

void LimitsAttrs::take(AttrReader& in) {
    while (in.next()) {
        switch (in.type()) {
        case NFVS_LIMITS_A_SCHED_NAME:
            in.take_strings(sched_name, "sched-name");
            break;
        case NFVS_LIMITS_A_PE_NAME:
            in.take_strings(pe_name, "pe-name");
            break;
        case NFVS_LIMITS_A_PROTOCOL:
            in.take_strings(protocol, "protocol");
            break;
        case NFVS_LIMITS_A_FWD_METHODS:
            in.take_u32(fwd_methods, "fwd-methods");
            break;
        case NFVS_LIMITS_A_TUN_TYPES:
            in.take_u32(tun_types, "tun-types");
            break;
        case NFVS_LIMITS_A_FEATURES:
            in.take_u32(features, "features");
            break;
        default:
            break;
        }
    }
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
        case NFVS_A_ITEM:
            in.take_nests(item, "item");
            break;
        case NFVS_A_GENERATION:
            in.take_u64(generation, "generation");
            break;
        case NFVS_A_PORT_ID:
            in.take_u32(port_id, "port-id");
            break;
        case NFVS_A_EVENT:
            in.take_u64(event, "event");
            break;
        case NFVS_A_LIMITS:
            in.take_nest(limits, "limits");
            break;
        default:
            break;
        }
    }
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
        case NFVS_INFO_A_GENERATION:
            in.take_u64(generation, "generation");
            break;
        default:
            break;
        }
    }
}

}  // namespace ipvsctl::inline v1::detail
