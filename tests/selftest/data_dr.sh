#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Direct routing: what is sent arrives as it was, both ways, and no reply passes the director.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
topo_direct $VIP4 $VIP6
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -t "$vip" 80 rr -g
	balance -u "$vip" 80 rr -g
	peers_give ok count director c0 "$vip"
	peers_give ok count direct c1 "$vip"
	peers_give "rs2 rs1" hold t 2 "$vip" 80
	peers_give same bulk t1 262144 262144
	peers_give same bulk t2 1 262144
	peers_give "closed closed" close t1 t2
	peers_give "$(repeat "rs2 rs1" 8)" asks 16 "$vip" 80 1400

	read -r sent _ received _ <<<"$(peers counted director)"
	assert_between "$sent" 30 100000 "packets to $vip through the director"
	assert_eq "$received" 0 "packets from $vip through the director"
	read -r sent _ received _ <<<"$(peers counted direct)"
	assert_eq "$sent" 0 "packets to $vip past the director"
	assert_between "$received" 30 100000 "packets from $vip past the director"
done
assert_eq "$(ctl -Ln --stats | awk '/^(TCP|UDP)/ { out += $5 + $7 } END { print out }')" 0 \
	"packets and bytes of replies that the director counts"
