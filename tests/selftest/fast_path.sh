#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fast path: which packets take it, by the setting fastpath and by who else listens; and that
# nobody's rule is skipped, be it added under way.
#
# module: nfvs
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command nft

# took COUNTER COMMAND...: by how much the command raises a counter.
took() {
	local name=$1 before

	before=$(counter "$name")
	"${@:2}" >/dev/null
	echo $(($(counter "$name") - before))
}

# Two packets of a connection that is known: a datagram and its echo.
ask() {
	peers_give rs1 ask "$1"
}

# By a socket that has not heard yet of what became of the packets before.
answers() {
	peers_give ok udp "$1" "$vip" 80
	[ "$(peers ask "$1")" = rs1 ]
}

both_fast() {
	[ "$(took fast ask "$1")" = 2 ]
}

# How many packets a chain of the firewall has seen.
seen_by() {
	in_ns "$NS_D" nft -j list chain inet watch "$1" | sed 's/.*"packets": \([0-9]*\).*/\1/'
}

# watch HOOK: somebody else listens from now on.
watch() {
	in_ns "$NS_D" nft "table inet watch {
		chain $1 { type filter hook $1 priority 0; meta l4proto udp counter; }
	}"
}

# Neighbours that need not be asked for while the case runs.
keep_neighbours() {
	ip -n "$NS_D" neigh show | awk '$4 == "lladdr" {
		print "neigh replace", $1, "lladdr", $5, "dev", $3, "nud permanent"
	}' | ip -n "$NS_D" -batch -
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -u "$vip" 80 rr -m
	balance -t "$vip" 80 rr -m
	peers_give ok udp u "$vip" 80
	ask u
	keep_neighbours
	ask u
	assert_eq "$(took fast ask u)" 2 "request and reply with nobody else there"

	# A connection opens and closes on the other path; what it carries need not.
	assert_between "$(took slow_state peers_give rs1 open t "$vip" 80)" 1 3 "packets that open it"
	assert_between "$(took fast peers_give same bulk t 200000 200000)" 10 1000 "packets of data"
	assert_between "$(took slow_state peers_give closed close t)" 1 4 "packets that close it"

	# In pieces; the reply is whole again when nfvs sees it.
	assert_eq "$(took fast peers_give rs1 ask u 3000)" 0 "fragments"

	# Whoever listens where a request passes sees the next one, and the one after.
	watch input
	assert_eq "$(took slow_listener ask u)" 1 "requests beside a listener"
	assert_eq "$(took fast ask u)" 1 "replies that he does not listen to"
	assert_eq "$(seen_by input)" 2 "requests that he sees"
	in_ns "$NS_D" nft delete table inet watch
	watch forward
	assert_eq "$(took fast ask u)" 1 "requests that nobody listens to"
	assert_eq "$(seen_by forward)" 1 "replies that he sees"
	in_ns "$NS_D" nft delete table inet watch
	watch postrouting
	assert_eq "$(took fast ask u)" 0 "packets that somebody sees leave"
	assert_eq "$(seen_by postrouting)" 2 "packets that he sees leave"

	set_vs fastpath=2
	assert_eq "$(took fast ask u)" 2 "packets that skip his rules"
	assert_eq "$(seen_by postrouting)" 2 "packets that he sees then"
	set_vs fastpath=0
	in_ns "$NS_D" nft delete table inet watch
	assert_eq "$(took fast ask u)" 0 "packets with fastpath=0"
	set_vs fastpath=1
	assert_eq "$(took fast ask u)" 2 "with fastpath=1 again"

	# A neighbour that is forgotten is asked for again, and found.
	ip -n "$NS_D" neigh flush nud permanent
	ask u
	keep_neighbours
	ask u
	assert_eq "$(took fast ask u)" 2 "when the neighbours are back"

	# A device that goes takes the ways over it along; and its IPv6 addresses with it.
	ip -n "$NS_D" -batch - <<-END
		link set d0 down
		link set d0 up
		address replace fd00:1::254/64 dev d0 nodad
		address replace $VIP6/128 dev d0 nodad
	END
	wait_until 5 answers v
	keep_neighbours
	# The kernel looks at carriers later, and then forgets its routes once more.
	wait_until 5 both_fast v
done
