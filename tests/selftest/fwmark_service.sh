#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A service named by a firewall mark takes what a firewall marks so, whatever its address and
# port, and nothing else.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command nft
topo_up 2
in_ns "$NS_D" nft -f - <<-END
	table inet marks {
		chain incoming {
			type filter hook prerouting priority mangle;
			ip daddr $VIP4 tcp dport { 80, 81 } meta mark set 7
			ip daddr $VIP4 udp dport { 80, 81 } meta mark set 7
			ip6 daddr $VIP6 tcp dport { 80, 81 } meta mark set 8
			ip6 daddr $VIP6 udp dport { 80, 81 } meta mark set 8
		}
	}
END
start_peers "$NS_C" "${NS_S[@]}"
for port in 80 81 82; do
	peers_give ok listen $port
done
ctl -A -f 7 -s rr
ctl -A -f 8 -6 -s rr
for i in 1 2; do
	ctl -a -f 7 -r "${RS4[i]}" -m
	ctl -a -f 8 -6 -r "[${RS6[i]}]:0" -m
done

for vip in "$VIP4" "$VIP6"; do
	for port in 80 81; do
		peers_give "rs2 rs1 rs2 rs1" order 4 "$vip" $port
		peers_give "rs2 rs1" asks 2 "$vip" $port
	done
	peers_give ECONNREFUSED open unmarked "$vip" 82
	peers_give ECONNREFUSED asks 1 "$vip" 82
done
