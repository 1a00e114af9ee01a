#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What becomes of the connections of a removed real server.  UDP clients are served by another
# with their next packet; TCP packets are dropped and counted.  Added again, it is the same real
# server with its connections.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
rescheduled=0
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	second=$(endpoint "${servers[2]}" 80)
	balance -t "$vip" 80 rr -m
	balance -u "$vip" 80 rr -m
	peers_give "rs2 rs1" hold t 2 "$vip" 80
	for i in 1 2 3 4; do
		peers_give ok udp "u$i" "$vip" 80
		peers_give "rs$((2 - (i - 1) % 2))" ask "u$i"
	done

	ctl -d -u "$service" -r "$second"
	for i in 1 2 3 4 1 2 3 4; do
		peers_give rs1 ask "u$i"
	done
	rescheduled=$((rescheduled + 2))
	assert_eq "$(counter conn_rescheduled)" $rescheduled "UDP connections scheduled anew"

	dropped=$(counter drop_dest_gone)
	ctl -d -t "$service" -r "$second"
	peers_give same bulk t2 1000 1000
	peers_give sent tell t1
	more_dropped() {
		[ "$(counter drop_dest_gone)" -gt "$dropped" ]
	}
	wait_until 5 more_dropped
	ctl -a -t "$service" -r "$second" -m
	assert_eq "$(dest_column "$NS_D" "$second" 5 -t "$service")" 1 \
		"active connections of the real server that came back"
	# What was lost meanwhile is sent again.
	peers_give heard hear t1
	peers_give "closed closed" close t1 t2
done
