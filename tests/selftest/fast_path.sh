#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fast path: which packets take it, by the setting fastpath and by who else listens; and that
# nobody's rule is skipped, be it added under way.
#
# module: nfvs
# time: 80

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh

require_command nft

# By a socket that has not heard yet of what became of the packets before.
answers() {
	peers_give ok udp "$1" "$vip" 80
	[ "$(peers ask "$1")" = rs1 ]
}

carrier_was_seen() {
	[[ $(ip -n "$NS_D" -br link show "$1") == *" UP "* ]]
}

# carries COUNTER: data goes that way: as many packets as reach the director, but for neighbours'
# talk.  How many those are depends on how busy the host is.
carries() {
	local arrived counted

	arrived=$(arrived)
	counted=$(took "$1" peers_give same bulk t 200000 200000)
	arrived=$(($(arrived) - arrived))
	assert_between "$counted" 8 "$arrived" "packets of data, $1"
	assert_between "$counted" $((arrived - 6)) "$arrived" "packets of data, $1"
}

arrived() {
	local from_client from_server

	read -r from_client _ from_server _ <<<"$(packets)"
	echo $((from_client + from_server))
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

# neighbours STATE: all that the director knows are in it.
neighbours() {
	ip -n "$NS_D" neigh show | awk -v state="$1" '$4 == "lladdr" {
		print "neigh replace", $1, "lladdr", $5, "dev", $3, "nud", state
	}' | ip -n "$NS_D" -batch -
}

# stale ADDRESS...: those of them that are.
stale() {
	local address

	for address in "$@"; do
		ip -n "$NS_D" neigh show to "$address" nud stale | cut -d ' ' -f 1
	done | paste -s -d ' '
}

topo_up 1
set_vs fastpath=1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	flag=-4 elsewhere=192.0.2.0/24
	[ "$vip" = "$VIP4" ] || flag=-6 elsewhere=2001:db8::/64
	balance -u "$vip" 80 rr -m
	balance -t "$vip" 80 rr -m
	peers_give ok udp u "$vip" 80
	ask u
	ask u
	assert_eq "$(took fast ask u)" 2 "request and reply with nobody else there"

	# A change of weight leaves the real server where it is.
	read -ra servers <<<"$(servers_of "$vip")"
	ctl -e -u "$(endpoint "$vip" 80)" -r "$(endpoint "${servers[0]}" 80)" -m -w 2
	assert_eq "$(took fast ask u)" 2 "packets after another weight"

	# A connection opens and closes on the other path; what it carries need not.
	assert_between "$(took slow_state peers_give rs1 open t "$vip" 80)" 1 3 "packets that open it"
	carries fast
	assert_between "$(took slow_state peers_give closed close t)" 1 4 "packets that close it"

	# In pieces; the reply is whole again when nfvs sees it.
	assert_eq "$(took fast peers_give rs1 ask u 3000)" 0 "fragments"

	# Whoever listens where a request passes sees the next one, and the one after.
	watch input
	assert_eq "$(took slow_listener ask u)" 1 "requests beside a listener"
	assert_eq "$(took brief ask u)" 1 "requests that are sent on without a decision"
	assert_eq "$(took fast ask u)" 1 "replies that he does not listen to"
	assert_eq "$(seen_by input)" 3 "requests that he sees"
	in_ns "$NS_D" nft delete table inet watch
	watch forward
	assert_eq "$(took fast ask u)" 1 "requests that nobody listens to"
	assert_eq "$(seen_by forward)" 1 "replies that he sees"
	in_ns "$NS_D" nft delete table inet watch
	watch postrouting
	assert_eq "$(took fast ask u)" 0 "packets that somebody sees leave"
	assert_eq "$(seen_by postrouting)" 2 "packets that he sees leave"
	assert_eq "$(took brief ask u)" 2 "packets that are sent on without a decision"
	peers_give rs1 open t "$vip" 80
	carries brief
	peers_give closed close t

	set_vs fastpath=2
	seen=$(seen_by postrouting)
	assert_eq "$(took fast ask u)" 2 "packets that skip his rules"
	assert_eq "$(seen_by postrouting)" "$seen" "packets that he sees then"
	set_vs fastpath=0
	in_ns "$NS_D" nft delete table inet watch
	assert_eq "$(took fast ask u)" 0 "packets with fastpath=0"
	assert_eq "$(took brief ask u)" 2 "packets that are sent on without a decision"

	# Then replies may go another way, each by itself.
	ip -n "$NS_D" "$flag" rule add fwmark 7 table 7
	ask u
	assert_eq "$(took brief ask u)" 1 "packets where there are rules for routes"
	ip -n "$NS_D" "$flag" rule delete fwmark 7 table 7
	ask u
	set_vs fastpath=1
	assert_eq "$(took fast ask u)" 2 "with fastpath=1 again"

	# Each change of the routes has all of them checked anew.
	ip -n "$NS_D" route add "$elsewhere" dev d1
	ask u
	assert_eq "$(took fast ask u)" 2 "after another route was added"

	# A neighbour that has not been heard of for a while is asked beside.
	neighbours stale
	others=("$CLIENT6" "${RS6[1]}")
	[ "$vip" = "$VIP4" ] || others=("$CLIENT4" "${RS4[1]}")
	unused=$(stale "${others[@]}")
	assert_eq "$(took fast ask u)" 2 "packets to stale neighbours"
	assert_eq "$(stale "$CLIENT4" "${RS4[1]}" "$CLIENT6" "${RS6[1]}")" "$unused" "stale neighbours left"

	# One that is forgotten is asked for again, and found.
	ip -n "$NS_D" neigh flush all
	ask u
	ask u
	assert_eq "$(took fast ask u)" 2 "when the neighbours are back"

	# A device that goes takes the ways over it along; and its IPv6 addresses with it.
	ip -n "$NS_D" -batch - <<-END
		link set d0 down
		link set d0 up
		address replace fd00:1::254/64 dev d0 nodad
		address replace $VIP6/128 dev d0 nodad
	END
	# The kernel looks at carriers later, and then forgets its routes once more.
	wait_until 5 carrier_was_seen d0
	wait_until 5 answers v
	wait_until 5 both_fast v
done
