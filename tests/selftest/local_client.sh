#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The director is a client of its own service: NAT, both families, TCP and UDP.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
start_peers "$NS_D" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -t "$vip" 80 rr -m
	balance -u "$vip" 80 rr -m
	peers_give "rs2 rs1 rs2 rs1" order 4 "$vip" 80
	peers_give rs2 open t "$vip" 80
	peers_give same bulk t 262144 262144
	peers_give closed close t
	peers_give "rs2 rs1 rs2" asks 3 "$vip" 80 1400

	# The sender took the path for as wide as the loopback device.
	peers_give EMSGSIZE asks 1 "$vip" 80 3000
done
