#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# twos: of two drawn at random by weight the less loaded one.  Weight 0, or too many connections,
# is not drawn; who alone is left gets all.
#
# module: both
# ip_vs: 6.12

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 3
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 53
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 53)
	read -ra servers <<<"none $(servers_of "$vip")"
	balance -u "$vip" 53 twos -m 1 3 0
	# UDP connections stay, so the loads draw level: 20 and 60 of 80.
	picks=$(peers asks 80 "$vip" 53)
	assert_between "$(grep -o rs1 <<<"$picks" | wc -l)" 10 32 "share of rs1, of 80 a quarter"
	assert_between "$(grep -o rs2 <<<"$picks" | wc -l)" 48 70 "share of rs2"
	assert_no_match "$picks" rs3 "weight 0 gets nothing"

	# The heavy ones cannot take any: drawing again and again does not find the light one.
	{
		echo "-e -u $service -r $(endpoint "${servers[2]}" 53) -m -w 1000000 -x 1"
		echo "-e -u $service -r $(endpoint "${servers[3]}" 53) -m -w 900000 -x 1"
	} | ctl_lines
	picks=$(peers asks 3 "$vip" 53)
	peers_give "rs1 rs1 rs1" asks 3 "$vip" 53
	ctl -e -u "$service" -r "$(endpoint "${servers[1]}" 53)" -m -w 0
	peers_give ECONNREFUSED asks 1 "$vip" 53
done
