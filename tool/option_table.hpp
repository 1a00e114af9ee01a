// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Every option with its names, its value and what it means: what the command line is read by,
 * and what help and completion are written from.
 */
#pragma once

#include "grammar.hpp"

namespace ipvsctl::tool {

// clang-format off
inline constexpr std::array option_specs{
    OptionSpec{OptionId::tcp_service, "tcp-service", 't', Argument::required, Group::service,
               "HOST[:PORT]", "a TCP service"},
    OptionSpec{OptionId::udp_service, "udp-service", 'u', Argument::required, Group::service,
               "HOST[:PORT]", "a UDP service"},
    OptionSpec{OptionId::sctp_service, "sctp-service", '\0', Argument::required, Group::service,
               "HOST[:PORT]", "an SCTP service"},
    OptionSpec{OptionId::fwmark_service, "fwmark-service", 'f', Argument::required, Group::service,
               "MARK", "packets with this firewall mark, greater than zero"},
    OptionSpec{OptionId::ipv6, "ipv6", '6', Argument::none, Group::unchecked,
               "", "after -f: IPv6 packets with this mark"},
    OptionSpec{OptionId::scheduler, "scheduler", 's', Argument::required, Group::scheduler,
               "NAME", "how real servers are chosen; default wlc"},
    OptionSpec{OptionId::persistent, "persistent", 'p', Argument::optional, Group::persistent,
               "SECONDS", "keep a client at its real server; default 360"},
    OptionSpec{OptionId::netmask, "netmask", 'M', Argument::required, Group::netmask,
               "MASK", "clients that count as one: IPv4 mask, IPv6 prefix length"},
    OptionSpec{OptionId::persistence_engine, "pe", '\0', Argument::required, Group::persistence_engine,
               "ENGINE", "persistence engine, such as sip"},
    OptionSpec{OptionId::sched_flags, "sched-flags", 'b', Argument::required, Group::sched_flags,
               "FLAGS", "flags of the scheduler, with commas between"},
    OptionSpec{OptionId::ops, "ops", 'o', Argument::none, Group::ops,
               "", "schedule each UDP packet by itself"},
    OptionSpec{OptionId::real_server, "real-server", 'r', Argument::required, Group::real_server,
               "HOST[:PORT]", "the real server"},
    OptionSpec{OptionId::gatewaying, "gatewaying", 'g', Argument::none, Group::forwarding,
               "", "direct routing, the default"},
    OptionSpec{OptionId::ipip, "ipip", 'i', Argument::none, Group::forwarding,
               "", "tunneling"},
    OptionSpec{OptionId::masquerading, "masquerading", 'm', Argument::none, Group::forwarding,
               "", "network address translation"},
    OptionSpec{OptionId::tun_type, "tun-type", '\0', Argument::required, Group::tun_type,
               "TYPE", "with -i: ipip (default), gue or gre"},
    OptionSpec{OptionId::tun_port, "tun-port", '\0', Argument::required, Group::tun_port,
               "PORT", "UDP port for gue"},
    OptionSpec{OptionId::tun_nocsum, "tun-nocsum", '\0', Argument::none, Group::tun_nocsum,
               "", "outer header without checksum"},
    OptionSpec{OptionId::tun_csum, "tun-csum", '\0', Argument::none, Group::tun_csum,
               "", "outer header with checksum"},
    OptionSpec{OptionId::tun_remcsum, "tun-remcsum", '\0', Argument::none, Group::tun_remcsum,
               "", "outer header with remote checksum offload"},
    OptionSpec{OptionId::weight, "weight", 'w', Argument::required, Group::weight,
               "NUMBER", "share of new connections, 0 for none; default 1"},
    OptionSpec{OptionId::upper_threshold, "u-threshold", 'x', Argument::required, Group::upper_threshold,
               "NUMBER", "connections at which it gets no more; default 0, no limit"},
    OptionSpec{OptionId::lower_threshold, "l-threshold", 'y', Argument::required, Group::lower_threshold,
               "NUMBER", "connections below which it gets some again"},
    OptionSpec{OptionId::mcast_interface, "mcast-interface", '\0', Argument::required, Group::mcast_interface,
               "NAME", "interface to the other director; default eth0"},
    OptionSpec{OptionId::sync_id, "syncid", '\0', Argument::required, Group::sync_id,
               "NUMBER", "number that both directors share, 0 to 255; default 0"},
    OptionSpec{OptionId::sync_maxlen, "sync-maxlen", '\0', Argument::required, Group::sync_maxlen,
               "BYTES", "longest message; default by the interface"},
    OptionSpec{OptionId::mcast_group, "mcast-group", '\0', Argument::required, Group::mcast_group,
               "ADDRESS", "IPv4 or IPv6 group; default 224.0.0.81"},
    OptionSpec{OptionId::mcast_port, "mcast-port", '\0', Argument::required, Group::mcast_port,
               "PORT", "UDP port; default 8848"},
    OptionSpec{OptionId::mcast_ttl, "mcast-ttl", '\0', Argument::required, Group::mcast_ttl,
               "NUMBER", "time to live; default 1"},
    OptionSpec{OptionId::numeric, "numeric", 'n', Argument::none, Group::numeric,
               "", "numbers instead of names"},
    OptionSpec{OptionId::connection, "connection", 'c', Argument::none, Group::connection,
               "", "connections"},
    OptionSpec{OptionId::timeout, "timeout", '\0', Argument::none, Group::timeout,
               "", "the timeouts that --set changes"},
    OptionSpec{OptionId::daemon, "daemon", '\0', Argument::none, Group::daemon,
               "", "sync daemons"},
    OptionSpec{OptionId::stats, "stats", '\0', Argument::none, Group::stats,
               "", "counters"},
    OptionSpec{OptionId::rate, "rate", '\0', Argument::none, Group::rate,
               "", "rates per second"},
    OptionSpec{OptionId::thresholds, "thresholds", '\0', Argument::none, Group::thresholds,
               "", "connection thresholds"},
    OptionSpec{OptionId::persistent_conn, "persistent-conn", '\0', Argument::none, Group::persistent_conn,
               "", "persistent connections; with -c, their engine data"},
    OptionSpec{OptionId::tun_info, "tun-info", '\0', Argument::none, Group::tun_info,
               "", "tunnels"},
    OptionSpec{OptionId::exact, "exact", 'X', Argument::none, Group::exact,
               "", "all digits of large numbers"},
    OptionSpec{OptionId::sort, "sort", '\0', Argument::none, Group::unchecked,
               "", "accepted, changes nothing"},
    OptionSpec{OptionId::nosort, "nosort", '\0', Argument::none, Group::nosort,
               "", "in the kernel's order"},
    OptionSpec{OptionId::on_removal, "on-removal", '\0', Argument::required, Group::on_removal,
               "POLICY", "what becomes of the connections of a removed real server"},
    OptionSpec{OptionId::fastpath, "fastpath", '\0', Argument::required, Group::fastpath,
               "WHEN", "when packets of its connections skip netfilter's hooks"},
    OptionSpec{OptionId::client, "client", '\0', Argument::required, Group::client,
               "HOST[/BITS][:PORT]", "connections of this client"},
    OptionSpec{OptionId::state, "state", '\0', Argument::required, Group::state,
               "NAME", "connections in this state, such as ESTABLISHED"},
    OptionSpec{OptionId::protocol, "protocol", '\0', Argument::required, Group::protocol,
               "NAME", "tcp, udp or sctp"},
    OptionSpec{OptionId::json, "json", '\0', Argument::none, Group::json,
               "", "a JSON document, of which ipvsctl(8) names the schema"},
    OptionSpec{OptionId::watch, "watch", '\0', Argument::optional, Group::watch,
               "SECONDS", "again and again; default 1"},
    OptionSpec{OptionId::interval, "interval", '\0', Argument::required, Group::interval,
               "SECONDS", "time from one reading to the next; default 2"},
    OptionSpec{OptionId::dry_run, "dry-run", '\0', Argument::none, Group::dry_run,
               "", "show what would change, as diff does"},
    OptionSpec{OptionId::quiet, "quiet", '\0', Argument::none, Group::quiet,
               "", "do not show what changes"},
    OptionSpec{OptionId::verbose, "verbose", '\0', Argument::none, Group::verbose,
               "", "say so where nothing has to change"},
    OptionSpec{OptionId::timestamp, "timestamp", '\0', Argument::none, Group::timestamp,
               "", "with the time (UTC) of each event"},
};
// clang-format on

// The table is in the order of the enumeration, so that an id finds its row.
constexpr const OptionSpec &spec_of(OptionId id) noexcept
{
    return option_specs[static_cast<std::size_t>(id)];
}
static_assert([] {
    for (std::size_t i = 0; i < option_specs.size(); i++) {
        if (static_cast<std::size_t>(option_specs[i].id) != i) {
            return false;
        }
    }
    return true;
}());

// By letter; nothing for a letter that is no option's.
inline constexpr auto options_by_letter = [] {
    std::array<const OptionSpec *, 128> table{};
    for (const OptionSpec &spec : option_specs) {
        if (spec.short_name != '\0') {
            table[static_cast<unsigned char>(spec.short_name)] = &spec;
        }
    }
    return table;
}();
constexpr const OptionSpec *option_of_letter(char letter) noexcept
{
    const auto code = static_cast<unsigned char>(letter);
    return code < options_by_letter.size() ? options_by_letter[code] : nullptr;
}

// The words that a value may be, where there is a list of them.
constexpr std::string_view choices_of(OptionId id) noexcept
{
    switch (id) {
    case OptionId::scheduler:
        return "rr wrr lc wlc sed nq dh sh mh lblc lblcr fo ovf twos";
    case OptionId::sched_flags:
        return "flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port";
    case OptionId::persistence_engine:
        return "sip";
    case OptionId::tun_type:
        return "ipip gue gre";
    case OptionId::on_removal:
        return "default resched drop reset";
    case OptionId::fastpath:
        return "off auto always default";
    case OptionId::protocol:
        return "tcp udp sctp";
    default:
        return {};
    }
}

} // namespace ipvsctl::tool
