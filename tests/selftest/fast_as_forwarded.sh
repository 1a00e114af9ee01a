#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the stack would do to a packet that takes the fast path: a reply of IPv4 gets the priority of
# its type of service, none of IPv6 passes a host that is no router any more, and a mark that came
# later has rules for routes asked.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh

require_command nft

# Packets to the client of the priority that goes with low delay.
interactive() {
	in_ns "$NS_D" nft -j list chain netdev watch leaving | sed 's/.*"packets": \([0-9]*\).*/\1/'
}

answer_is_not_sent_on() {
	[ "$(counter slow_way)" -gt "$before" ]
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
set_vs fastpath=1

balance -u "$VIP4" 80 rr -m
in_ns "${NS_S[1]}" nft "table ip tos {
	chain sent { type filter hook output priority 0; ip dscp set 0x04; }
}"
in_ns "$NS_D" nft "table netdev watch {
	chain leaving { type filter hook egress device d0 priority 0; meta priority 0:6 counter; }
}"
peers_give ok udp u "$VIP4" 80
wait_until 5 both_fast u
before=$(interactive)
both_fast u || fail "it takes another path now"
assert_eq "$(interactive)" $((before + 1)) "interactive replies"

in_ns "$NS_D" nft "table ip late {
	chain arriving { type filter hook prerouting priority -150; }
}"
ask u
assert_eq "$(took brief ask u)" 2 "packets that somebody listens to"
ip -n "$NS_D" rule add fwmark 9 lookup 100
ip -n "$NS_D" route add 10.0.2.0/24 dev d1 table 100
ask u
assert_eq "$(took brief ask u)" 1 "packets without a mark"
in_ns "$NS_D" nft add rule ip late arriving meta mark set 9
assert_eq "$(took brief ask u)" 1 "packets with a mark that is not asked"
set_vs route_by_mark=1
assert_eq "$(took brief ask u)" 0 "packets with a mark"
set_vs route_by_mark=0
in_ns "$NS_D" nft delete table ip late
ip -n "$NS_D" rule del fwmark 9

balance -t "$VIP6" 80 rr -m
peers_give rs1 open t "$VIP6" 80
peers_give same bulk t 20000 20000
before=$(counter slow_way)
set_in_ns "$NS_D" net.ipv6.conf.all.forwarding 0
peers_give sent tell t
wait_until 5 answer_is_not_sent_on
