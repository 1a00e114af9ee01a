#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Datagrams larger than the MTU pass NAT both ways, whole.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 53
for vip in "$VIP4" "$VIP6"; do
	balance -u "$vip" 53 rr -m
	for size in 1473 3000 8000 20000; do
		peers_give "rs2 rs1" asks 2 "$vip" 53 $size
	done
	peers_give ok udp one "$vip" 53
	# All of a connection goes to one real server, cut up or not.
	for size in 3000 10 3000 5000; do
		peers_give rs2 ask one $size
	done
done
