#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fast path into tunnels of the other family, IPv4 in IPv6 and the reverse: whoever listens
# where the outer packet passes is asked, of its own family.  He judges all packets with fastpath=1,
# and the first ones of connections with fastpath=2.
#
# module: nfvs
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh
. tests/selftest/tunnels.sh

require_command nft

# How many tunneled packets he has seen.
judged() {
	in_ns "$NS_D" nft -j list chain "$outer" judge postrouting |
		sed 's/.*"packets": \([0-9]*\).*/\1/'
}

# A datagram from another port.
first() {
	peers_give ok udp "$1" "$vip" 80
	ask "$1"
}

# expect FAST JUDGED COMMAND...: packets on the fast path, and that he sees.
expect() {
	local before

	before=$(judged)
	assert_eq "$(took fast "${@:3}")" "$1" "${*:3}, fastpath=$fastpath: packets on the fast path"
	assert_eq "$(judged)" $((before + $2)) "${*:3}, fastpath=$fastpath: packets that he sees"
}

topo_up 2
set_vs fastpath=1
topo_direct $VIP4 $VIP6
tunnel_ends
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	outer=ip6 tunneled="ip6 nexthdr 4" server=${RS6[1]}
	[ "$vip" = "$VIP4" ] || outer=ip tunneled="ip protocol 41" server=${RS4[1]}
	serve "$vip" 80 "$server" -i -w 1 | ctl_lines
	first way
	assert_eq "$(took fast first free)" 1 "a first packet where nobody listens"

	in_ns "$NS_D" nft "table $outer judge {
		chain postrouting { type filter hook postrouting priority 0; $tunneled counter; }
	}"
	fastpath=1
	expect 0 1 first a
	expect 0 1 ask a
	fastpath=2
	set_vs fastpath=2
	expect 0 1 first b
	expect 1 0 ask b
	expect 1 0 ask a
	in_ns "$NS_D" nft delete table "$outer" judge
	set_vs fastpath=1
done
