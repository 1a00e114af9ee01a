#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Active and inactive connections in the listing, as a TCP connection goes through its states.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

counts() {
	echo "$(dest_column "$NS_D" "$real" 5 -t "$service")" \
		"$(dest_column "$NS_D" "$real" 6 -t "$service")"
}

counts_are() {
	[ "$(counts)" = "$1" ]
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for way in "$VIP4 $CLIENT4" "$VIP6 $CLIENT6"; do
	read -r vip client <<<"$way"
	service=$(endpoint "$vip" 80)
	real=$(endpoint "$(servers_of "$vip")" 80)
	balance -t "$vip" 80 rr -m
	assert_eq "$(counts)" "0 0" "before the first connection"

	# A server that cannot answer: the SYN alone counts as active.
	ip -n "${NS_S[1]}" route add blackhole "$client"
	peers_give ok syn s "$vip" 80
	wait_until 5 counts_are "1 0"
	peers_give closed reset s
	ip -n "${NS_S[1]}" route delete blackhole "$client"

	peers_give "rs1 rs1 rs1" hold t 3 "$vip" 80
	assert_eq "$(counts)" "4 0" "three established beside the SYN"
	peers_give closed shut t1
	assert_eq "$(counts)" "3 1" "the client has closed one"
	peers_give same bulk t2 10 10
	assert_eq "$(counts)" "3 1" "data changes nothing"
	peers_give closed server-close t2
	assert_eq "$(counts)" "2 2" "the server has closed another"
	peers_give ECONNRESET reset t3
	assert_eq "$(counts)" "1 3" "the client has reset the third"

	balance -u "$vip" 80 rr -m
	service=$(endpoint "$vip" 80)
	peers_give "rs1 rs1" asks 2 "$vip" 80
	assert_eq "$(dest_column "$NS_D" "$real" 5 -u "$service")" 0 "active UDP connections"
	assert_eq "$(dest_column "$NS_D" "$real" 6 -u "$service")" 2 "inactive UDP connections"
done
