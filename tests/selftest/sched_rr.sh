#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# rr: the real servers in turn, whatever their weight; the list is in the order last added,
# first served.  A real server of weight 0 gets nothing; changes do not start the round anew.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 3
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -t "$vip" 80 rr -m 5 1 3
	peers_give "$(repeat "rs3 rs2 rs1" 8)" order 24 "$vip" 80

	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	second=$(endpoint "${servers[2]}" 80)
	peers_give "rs3" order 1 "$vip" 80
	ctl -e -t "$service" -r "$second" -m -w 0
	peers_give "rs1 rs3 rs1 rs3 rs1" order 5 "$vip" 80
	ctl -e -t "$service" -r "$second" -m -w 1
	peers_give "rs3 rs2 rs1 rs3 rs2" order 5 "$vip" 80
	# Nor do an edit of the service, and a real server that leaves, even the last one that had
	# its turn, or comes: nobody is favoured by changes that come often.
	third=$(endpoint "${servers[3]}" 80)
	ctl -E -t "$service" -s rr
	peers_give "rs1 rs3" order 2 "$vip" 80
	ctl -d -t "$service" -r "$third"
	peers_give "rs2" order 1 "$vip" 80
	ctl -a -t "$service" -r "$third" -m
	peers_give "rs1 rs3 rs2" order 3 "$vip" 80
	for server in "${servers[@]:1}"; do
		ctl -e -t "$service" -r "$(endpoint "$server" 80)" -m -w 0
	done
	peers_give ECONNREFUSED open none "$vip" 80
done
