#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What goes through NAT arrives as it was sent, both ways: IPv4 and IPv6, TCP and UDP.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -t "$vip" 80 rr -m
	balance -u "$vip" 80 rr -m
	peers_give "rs2 rs1" hold t 2 "$vip" 80
	peers_give same bulk t1 262144 262144
	peers_give same bulk t2 262144 1
	peers_give "closed closed" close t1 t2
	peers_give "$(repeat "rs2 rs1" 8)" asks 16 "$vip" 80 1400
	for size in 0 1 511 1452; do
		peers_give "rs2 rs1" asks 2 "$vip" 80 $size
	done
done
