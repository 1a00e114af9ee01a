#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The dumps of nfvs's own give what the older ones give, or what /proc shows, or the part of it that
# was asked for; connections end by the same filters.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
conns=()
port=5000
for vip in $VIP4 $VIP6; do
	balance -t "$vip" 80 rr -m
	balance -u "$vip" 80 rr -m
	if [ "$vip" = $VIP4 ]; then servers=("${RS4[@]}"); else servers=("${RS6[@]}"); fi
	for server in 2 1; do
		peers_give rs$server open t$port "$vip" 80 $port
		peers_give ok udp u$port "$vip" 80 $port
		peers_give rs$server ask u$port
		conns+=("TCP $port $vip ${servers[server - 1]}" "UDP $port $vip ${servers[server - 1]}")
		port=$((port + 1))
	done
done
ctl_lines <<-END
	-A -f 7 -s wlc
	-a -f 7 -r ${RS4[2]}:0 -g
	-A -f 8 -s wlc
END
in_ns "$NS_D" python3 tests/selftest/nl_dumps.py "${conns[@]}" || fail "nl_dumps.py says why"

# A connection that was ended is no more: its next packet finds the director's own stack.
peers_give rs2 order 1 $VIP4 80
peers_give ok udp fresh $VIP4 80
peers_give rs2 ask fresh
