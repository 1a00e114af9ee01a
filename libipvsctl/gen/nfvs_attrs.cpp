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

Result<StatsAttrs> StatsAttrs::decode(ByteView in) {
    StatsAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_STATS_A_CONNS:
            return within(take(result.conns, attr.as_u32()), "conns");
        case NFVS_STATS_A_INPKTS:
            return within(take(result.inpkts, attr.as_u32()), "inpkts");
        case NFVS_STATS_A_OUTPKTS:
            return within(take(result.outpkts, attr.as_u32()), "outpkts");
        case NFVS_STATS_A_INBYTES:
            return within(take(result.inbytes, attr.as_u64()), "inbytes");
        case NFVS_STATS_A_OUTBYTES:
            return within(take(result.outbytes, attr.as_u64()), "outbytes");
        case NFVS_STATS_A_CPS:
            return within(take(result.cps, attr.as_u32()), "cps");
        case NFVS_STATS_A_INPPS:
            return within(take(result.inpps, attr.as_u32()), "inpps");
        case NFVS_STATS_A_OUTPPS:
            return within(take(result.outpps, attr.as_u32()), "outpps");
        case NFVS_STATS_A_INBPS:
            return within(take(result.inbps, attr.as_u32()), "inbps");
        case NFVS_STATS_A_OUTBPS:
            return within(take(result.outbps, attr.as_u32()), "outbps");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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

Result<Stats64Attrs> Stats64Attrs::decode(ByteView in) {
    Stats64Attrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_STATS_A_CONNS:
            return within(take(result.conns, attr.as_u64()), "conns");
        case NFVS_STATS_A_INPKTS:
            return within(take(result.inpkts, attr.as_u64()), "inpkts");
        case NFVS_STATS_A_OUTPKTS:
            return within(take(result.outpkts, attr.as_u64()), "outpkts");
        case NFVS_STATS_A_INBYTES:
            return within(take(result.inbytes, attr.as_u64()), "inbytes");
        case NFVS_STATS_A_OUTBYTES:
            return within(take(result.outbytes, attr.as_u64()), "outbytes");
        case NFVS_STATS_A_CPS:
            return within(take(result.cps, attr.as_u64()), "cps");
        case NFVS_STATS_A_INPPS:
            return within(take(result.inpps, attr.as_u64()), "inpps");
        case NFVS_STATS_A_OUTPPS:
            return within(take(result.outpps, attr.as_u64()), "outpps");
        case NFVS_STATS_A_INBPS:
            return within(take(result.inbps, attr.as_u64()), "inbps");
        case NFVS_STATS_A_OUTBPS:
            return within(take(result.outbps, attr.as_u64()), "outbps");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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
}

Result<SvcAttrs> SvcAttrs::decode(ByteView in) {
    SvcAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_SVC_A_AF:
            return within(take(result.af, attr.as_u16()), "af");
        case NFVS_SVC_A_PROTOCOL:
            return within(take(result.protocol, attr.as_u16()), "protocol");
        case NFVS_SVC_A_ADDR:
            return within(take(result.addr, attr.as_binary()), "addr");
        case NFVS_SVC_A_PORT:
            return within(take(result.port, attr.as_u16_be()), "port");
        case NFVS_SVC_A_FWMARK:
            return within(take(result.fwmark, attr.as_u32()), "fwmark");
        case NFVS_SVC_A_SCHED_NAME:
            return within(take(result.sched_name, attr.as_string()), "sched-name");
        case NFVS_SVC_A_FLAGS:
            return within(take(result.flags, attr.as_struct<Flags>()), "flags");
        case NFVS_SVC_A_TIMEOUT:
            return within(take(result.timeout, attr.as_u32()), "timeout");
        case NFVS_SVC_A_NETMASK:
            return within(take(result.netmask, attr.as_u32()), "netmask");
        case NFVS_SVC_A_STATS:
            return within(take(result.stats, StatsAttrs::decode(attr.payload)), "stats");
        case NFVS_SVC_A_PE_NAME:
            return within(take(result.pe_name, attr.as_string()), "pe-name");
        case NFVS_SVC_A_STATS64:
            return within(take(result.stats64, Stats64Attrs::decode(attr.payload)), "stats64");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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

Result<DestAttrs> DestAttrs::decode(ByteView in) {
    DestAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_DEST_A_ADDR:
            return within(take(result.addr, attr.as_binary()), "addr");
        case NFVS_DEST_A_PORT:
            return within(take(result.port, attr.as_u16_be()), "port");
        case NFVS_DEST_A_FWD_METHOD:
            return within(take(result.fwd_method, attr.as_u32()), "fwd-method");
        case NFVS_DEST_A_WEIGHT:
            return within(take(result.weight, attr.as_u32()), "weight");
        case NFVS_DEST_A_U_THRESH:
            return within(take(result.u_thresh, attr.as_u32()), "u-thresh");
        case NFVS_DEST_A_L_THRESH:
            return within(take(result.l_thresh, attr.as_u32()), "l-thresh");
        case NFVS_DEST_A_ACTIVE_CONNS:
            return within(take(result.active_conns, attr.as_u32()), "active-conns");
        case NFVS_DEST_A_INACT_CONNS:
            return within(take(result.inact_conns, attr.as_u32()), "inact-conns");
        case NFVS_DEST_A_PERSIST_CONNS:
            return within(take(result.persist_conns, attr.as_u32()), "persist-conns");
        case NFVS_DEST_A_STATS:
            return within(take(result.stats, StatsAttrs::decode(attr.payload)), "stats");
        case NFVS_DEST_A_ADDR_FAMILY:
            return within(take(result.addr_family, attr.as_u16()), "addr-family");
        case NFVS_DEST_A_STATS64:
            return within(take(result.stats64, Stats64Attrs::decode(attr.payload)), "stats64");
        case NFVS_DEST_A_TUN_TYPE:
            return within(take(result.tun_type, attr.as_u8()), "tun-type");
        case NFVS_DEST_A_TUN_PORT:
            return within(take(result.tun_port, attr.as_u16_be()), "tun-port");
        case NFVS_DEST_A_TUN_FLAGS:
            return within(take(result.tun_flags, attr.as_u16()), "tun-flags");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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

Result<DaemonAttrs> DaemonAttrs::decode(ByteView in) {
    DaemonAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_DAEMON_A_STATE:
            return within(take(result.state, attr.as_u32()), "state");
        case NFVS_DAEMON_A_MCAST_IFN:
            return within(take(result.mcast_ifn, attr.as_string()), "mcast-ifn");
        case NFVS_DAEMON_A_SYNC_ID:
            return within(take(result.sync_id, attr.as_u32()), "sync-id");
        case NFVS_DAEMON_A_SYNC_MAXLEN:
            return within(take(result.sync_maxlen, attr.as_u16()), "sync-maxlen");
        case NFVS_DAEMON_A_MCAST_GROUP:
            return within(take(result.mcast_group, attr.as_u32_be()), "mcast-group");
        case NFVS_DAEMON_A_MCAST_GROUP6:
            return within(take(result.mcast_group6, attr.as_binary()), "mcast-group6");
        case NFVS_DAEMON_A_MCAST_PORT:
            return within(take(result.mcast_port, attr.as_u16()), "mcast-port");
        case NFVS_DAEMON_A_MCAST_TTL:
            return within(take(result.mcast_ttl, attr.as_u8()), "mcast-ttl");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
}

void CounterAttrs::encode(AttrWriter& out) const {
    out.put_string(NFVS_COUNTER_A_NAME, name);
    out.put_u64(NFVS_COUNTER_A_VALUE, value);
}

Result<CounterAttrs> CounterAttrs::decode(ByteView in) {
    CounterAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_COUNTER_A_NAME:
            return within(take(result.name, attr.as_string()), "name");
        case NFVS_COUNTER_A_VALUE:
            return within(take(result.value, attr.as_u64()), "value");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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

Result<ConnAttrs> ConnAttrs::decode(ByteView in) {
    ConnAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_CONN_A_AF:
            return within(take(result.af, attr.as_u16()), "af");
        case NFVS_CONN_A_PROTOCOL:
            return within(take(result.protocol, attr.as_u16()), "protocol");
        case NFVS_CONN_A_CLIENT_ADDR:
            return within(take(result.client_addr, attr.as_binary()), "client-addr");
        case NFVS_CONN_A_CLIENT_PORT:
            return within(take(result.client_port, attr.as_u16_be()), "client-port");
        case NFVS_CONN_A_VIRTUAL_ADDR:
            return within(take(result.virtual_addr, attr.as_binary()), "virtual-addr");
        case NFVS_CONN_A_VIRTUAL_PORT:
            return within(take(result.virtual_port, attr.as_u16_be()), "virtual-port");
        case NFVS_CONN_A_DEST_AF:
            return within(take(result.dest_af, attr.as_u16()), "dest-af");
        case NFVS_CONN_A_DEST_ADDR:
            return within(take(result.dest_addr, attr.as_binary()), "dest-addr");
        case NFVS_CONN_A_DEST_PORT:
            return within(take(result.dest_port, attr.as_u16_be()), "dest-port");
        case NFVS_CONN_A_STATE_NAME:
            return within(take(result.state_name, attr.as_string()), "state-name");
        case NFVS_CONN_A_EXPIRES:
            return within(take(result.expires, attr.as_u32()), "expires");
        case NFVS_CONN_A_FWD_METHOD:
            return within(take(result.fwd_method, attr.as_u32()), "fwd-method");
        case NFVS_CONN_A_FWMARK:
            return within(take(result.fwmark, attr.as_u32()), "fwmark");
        case NFVS_CONN_A_PE_NAME:
            return within(take(result.pe_name, attr.as_string()), "pe-name");
        case NFVS_CONN_A_PE_DATA:
            return within(take(result.pe_data, attr.as_binary()), "pe-data");
        case NFVS_CONN_A_CLIENT_PREFIX:
            return within(take(result.client_prefix, attr.as_u8()), "client-prefix");
        case NFVS_CONN_A_VIRTUAL_PREFIX:
            return within(take(result.virtual_prefix, attr.as_u8()), "virtual-prefix");
        case NFVS_CONN_A_DEST_PREFIX:
            return within(take(result.dest_prefix, attr.as_u8()), "dest-prefix");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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

Result<NfvsAttrs> NfvsAttrs::decode(ByteView in) {
    NfvsAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_A_SERVICE:
            return within(take(result.service, SvcAttrs::decode(attr.payload)), "service");
        case NFVS_A_DEST:
            return within(take(result.dest, DestAttrs::decode(attr.payload)), "dest");
        case NFVS_A_DAEMON:
            return within(take(result.daemon, DaemonAttrs::decode(attr.payload)), "daemon");
        case NFVS_A_TIMEOUT_TCP:
            return within(take(result.timeout_tcp, attr.as_u32()), "timeout-tcp");
        case NFVS_A_TIMEOUT_TCP_FIN:
            return within(take(result.timeout_tcp_fin, attr.as_u32()), "timeout-tcp-fin");
        case NFVS_A_TIMEOUT_UDP:
            return within(take(result.timeout_udp, attr.as_u32()), "timeout-udp");
        case NFVS_A_COUNTER:
            return within(take_each(result.counter, CounterAttrs::decode(attr.payload)), "counter");
        case NFVS_A_CONN:
            return within(take(result.conn, ConnAttrs::decode(attr.payload)), "conn");
        case NFVS_A_BRIEF:
            return within(take(result.brief, attr.as_u8()), "brief");
        case NFVS_A_COUNT:
            return within(take(result.count, attr.as_u32()), "count");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
}

void InfoAttrs::encode(AttrWriter& out) const {
    out.put_u32(NFVS_INFO_A_VERSION, version);
    out.put_u32(NFVS_INFO_A_CONN_TAB_SIZE, conn_tab_size);
    out.put_string(NFVS_INFO_A_MODULE, module);
    out.put_u64(NFVS_INFO_A_CONNS, conns);
    out.put_u64(NFVS_INFO_A_CONN_MAX, conn_max);
}

Result<InfoAttrs> InfoAttrs::decode(ByteView in) {
    InfoAttrs result;
    auto status = each_attr(in, [&](const Attr& attr) -> Result<void> {
        switch (attr.type) {
        case NFVS_INFO_A_VERSION:
            return within(take(result.version, attr.as_u32()), "version");
        case NFVS_INFO_A_CONN_TAB_SIZE:
            return within(take(result.conn_tab_size, attr.as_u32()), "conn-tab-size");
        case NFVS_INFO_A_MODULE:
            return within(take(result.module, attr.as_string()), "module");
        case NFVS_INFO_A_CONNS:
            return within(take(result.conns, attr.as_u64()), "conns");
        case NFVS_INFO_A_CONN_MAX:
            return within(take(result.conn_max, attr.as_u64()), "conn-max");
        default:
            return {};
        }
    });
    if (!status) {
        return status.error();
    }
    return result;
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
