// SPDX-License-Identifier: LGPL-2.1-or-later
// Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead.
// clang-format off
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../codec/nla.hpp"

namespace ipvsctl::inline v1::detail {

struct Flags {
    std::uint32_t flags{};
    std::uint32_t mask{};

    bool operator==(const Flags&) const = default;
};

struct StatsAttrs {
    std::optional<std::uint32_t> conns;
    std::optional<std::uint32_t> inpkts;
    std::optional<std::uint32_t> outpkts;
    std::optional<std::uint64_t> inbytes;
    std::optional<std::uint64_t> outbytes;
    std::optional<std::uint32_t> cps;
    std::optional<std::uint32_t> inpps;
    std::optional<std::uint32_t> outpps;
    std::optional<std::uint32_t> inbps;
    std::optional<std::uint32_t> outbps;

    bool operator==(const StatsAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<StatsAttrs> decode(ByteView in) { return decoded<StatsAttrs>(in); }
};

struct Stats64Attrs {
    std::optional<std::uint64_t> conns;
    std::optional<std::uint64_t> inpkts;
    std::optional<std::uint64_t> outpkts;
    std::optional<std::uint64_t> inbytes;
    std::optional<std::uint64_t> outbytes;
    std::optional<std::uint64_t> cps;
    std::optional<std::uint64_t> inpps;
    std::optional<std::uint64_t> outpps;
    std::optional<std::uint64_t> inbps;
    std::optional<std::uint64_t> outbps;

    bool operator==(const Stats64Attrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<Stats64Attrs> decode(ByteView in) { return decoded<Stats64Attrs>(in); }
};

struct SvcAttrs {
    std::optional<std::uint16_t> af;
    std::optional<std::uint16_t> protocol;
    std::optional<Bytes> addr;
    std::optional<std::uint16_t> port;
    std::optional<std::uint32_t> fwmark;
    std::optional<std::string> sched_name;
    std::optional<Flags> flags;
    std::optional<std::uint32_t> timeout;
    std::optional<std::uint32_t> netmask;
    std::optional<StatsAttrs> stats;
    std::optional<std::string> pe_name;
    std::optional<Stats64Attrs> stats64;
    std::optional<std::uint32_t> on_removal;
    std::optional<std::uint32_t> fastpath;

    bool operator==(const SvcAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<SvcAttrs> decode(ByteView in) { return decoded<SvcAttrs>(in); }
};

struct DestAttrs {
    std::optional<Bytes> addr;
    std::optional<std::uint16_t> port;
    std::optional<std::uint32_t> fwd_method;
    std::optional<std::uint32_t> weight;
    std::optional<std::uint32_t> u_thresh;
    std::optional<std::uint32_t> l_thresh;
    std::optional<std::uint32_t> active_conns;
    std::optional<std::uint32_t> inact_conns;
    std::optional<std::uint32_t> persist_conns;
    std::optional<StatsAttrs> stats;
    std::optional<std::uint16_t> addr_family;
    std::optional<Stats64Attrs> stats64;
    std::optional<std::uint8_t> tun_type;
    std::optional<std::uint16_t> tun_port;
    std::optional<std::uint16_t> tun_flags;
    std::optional<std::uint8_t> overloaded;

    bool operator==(const DestAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<DestAttrs> decode(ByteView in) { return decoded<DestAttrs>(in); }
};

struct DaemonAttrs {
    std::optional<std::uint32_t> state;
    std::optional<std::string> mcast_ifn;
    std::optional<std::uint32_t> sync_id;
    std::optional<std::uint16_t> sync_maxlen;
    std::optional<std::uint32_t> mcast_group;
    std::optional<Bytes> mcast_group6;
    std::optional<std::uint16_t> mcast_port;
    std::optional<std::uint8_t> mcast_ttl;

    bool operator==(const DaemonAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<DaemonAttrs> decode(ByteView in) { return decoded<DaemonAttrs>(in); }
};

struct CounterAttrs {
    std::optional<std::string> name;
    std::optional<std::uint64_t> value;

    bool operator==(const CounterAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<CounterAttrs> decode(ByteView in) { return decoded<CounterAttrs>(in); }
};

struct ConnAttrs {
    std::optional<std::uint16_t> af;
    std::optional<std::uint16_t> protocol;
    std::optional<Bytes> client_addr;
    std::optional<std::uint16_t> client_port;
    std::optional<Bytes> virtual_addr;
    std::optional<std::uint16_t> virtual_port;
    std::optional<std::uint16_t> dest_af;
    std::optional<Bytes> dest_addr;
    std::optional<std::uint16_t> dest_port;
    std::optional<std::string> state_name;
    std::optional<std::uint32_t> expires;
    std::optional<std::uint32_t> fwd_method;
    std::optional<std::uint32_t> fwmark;
    std::optional<std::string> pe_name;
    std::optional<Bytes> pe_data;
    std::optional<std::uint8_t> client_prefix;
    std::optional<std::uint8_t> virtual_prefix;
    std::optional<std::uint8_t> dest_prefix;

    bool operator==(const ConnAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<ConnAttrs> decode(ByteView in) { return decoded<ConnAttrs>(in); }
};

struct ItemAttrs {
    std::optional<std::uint8_t> command;
    std::optional<SvcAttrs> service;
    std::optional<DestAttrs> dest;

    bool operator==(const ItemAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<ItemAttrs> decode(ByteView in) { return decoded<ItemAttrs>(in); }
};

struct LimitsAttrs {
    std::vector<std::string> sched_name;
    std::vector<std::string> pe_name;
    std::vector<std::string> protocol;
    std::optional<std::uint32_t> fwd_methods;
    std::optional<std::uint32_t> tun_types;
    std::optional<std::uint32_t> features;

    bool operator==(const LimitsAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<LimitsAttrs> decode(ByteView in) { return decoded<LimitsAttrs>(in); }
};

struct NfvsAttrs {
    std::optional<SvcAttrs> service;
    std::optional<DestAttrs> dest;
    std::optional<DaemonAttrs> daemon;
    std::optional<std::uint32_t> timeout_tcp;
    std::optional<std::uint32_t> timeout_tcp_fin;
    std::optional<std::uint32_t> timeout_udp;
    std::vector<CounterAttrs> counter;
    std::optional<ConnAttrs> conn;
    std::optional<std::uint8_t> brief;
    std::optional<std::uint32_t> count;
    std::vector<ItemAttrs> item;
    std::optional<std::uint64_t> generation;
    std::optional<std::uint32_t> port_id;
    std::optional<std::uint64_t> event;
    std::optional<LimitsAttrs> limits;

    bool operator==(const NfvsAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<NfvsAttrs> decode(ByteView in) { return decoded<NfvsAttrs>(in); }
};

struct InfoAttrs {
    std::optional<std::uint32_t> version;
    std::optional<std::uint32_t> conn_tab_size;
    std::optional<std::string> module;
    std::optional<std::uint64_t> conns;
    std::optional<std::uint64_t> conn_max;
    std::optional<std::uint64_t> generation;

    bool operator==(const InfoAttrs&) const = default;
    void encode(AttrWriter& out) const;
    void take(AttrReader& in);
    static Result<InfoAttrs> decode(ByteView in) { return decoded<InfoAttrs>(in); }
};

// The attributes that a request of this command may hold, for naming them in errors.
const AttrTable& attributes_of(std::uint8_t command) noexcept;

}  // namespace ipvsctl::inline v1::detail
