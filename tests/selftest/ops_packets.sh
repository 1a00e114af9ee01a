#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# One-packet scheduling: each packet of a UDP client goes where the scheduler says, whatever the
# one before it did, and leaves no connection behind; packet by packet they count as connections.
# A persistent client stays at his real server nonetheless.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

conns() {
	in_ns "$NS_D" tail -n +2 /proc/net/ip_vs_conn | tr -s ' ' | cut -d ' ' -f -8
}

# spread SERVER...: each answers in its turn.
spread() {
	local server

	for server in "$@"; do
		peers_give "$server" ask client
	done
}

counts() {
	ctl -Ln --stats --exact "$@" | awk '$1 == "UDP" || $1 == "FWM" { print $3, $4, $6 }'
}

require_command nft
topo_up 3
topo_direct $VIP4 $VIP6
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 53
peers_give ok listen 80
in_ns "$NS_D" nft -f - <<-END
	table inet marks {
		chain incoming {
			type filter hook prerouting priority mangle;
			meta l4proto { tcp, udp } th dport 80 meta mark set 7
		}
	}
END
{
	echo "-A -u $VIP4:53 -s rr -o"
	echo "-A -u [$VIP6]:53 -s rr -o"
	echo "-A -f 7 -s rr -o"
	for i in 1 2 3; do
		echo "-a -u $VIP4:53 -r ${RS4[i]}:53 -g"
		echo "-a -u [$VIP6]:53 -r [${RS6[i]}]:53 -g"
		echo "-a -f 7 -r ${RS4[i]}:0 -g"
	done
} | ctl_lines
assert_match "$(in_ns "$NS_D" cat /proc/net/ip_vs)" \
	"FWM  00000007 rr ops "$'\n' "the mark's service in ip_vs"
assert_match "$(in_ns "$NS_D" cat /proc/net/ip_vs)" \
	"UDP  0A000164:0035 rr ops  "$'\n' "the service in ip_vs"
for vip in "$VIP4" "$VIP6"; do
	peers_give ok udp client "$vip" 53
	spread rs3 rs2 rs1 rs3
	[ "$vip" = "$VIP4" ] && bytes=$((4 * 60)) || bytes=$((4 * 80))
	assert_counted "4 4 $bytes" "connections, packets, bytes" counts -u "$(endpoint "$vip" 53)"
	assert_eq "$(dest_column "$NS_D" "$(endpoint "$(servers_of "$vip" | cut -d ' ' -f 3)" 53)" 6)" 0 \
		"inactive connections"
done
# A mark's service does so with UDP alone.
peers_give ok udp client $VIP4 80
spread rs3 rs2 rs1 rs3
assert_eq "$(conns)" "" "connections of single packets"
peers_give rs2 open stream $VIP4 80 5555
peers_give same bulk stream 1000 1000
assert_eq "$(conns)" "TCP 0A000101 15B3 0A000164 0050 0A00020C 0050 ESTABLISHED" "ip_vs_conn"

ctl -E -u $VIP4:53 -s rr -o -p 300
peers_give ok udp client $VIP4 53
spread rs2 rs2 rs2
peers_give "rs2 rs2" asks 2 $VIP4 53
assert_eq "$(conns | grep ^UDP)" "UDP 0A000101 0000 0A000164 0035 0A00020C 0035 NONE" \
	"what holds a persistent client of single packets"
assert_counted "9 9 540" "connections, packets, bytes" counts -u $VIP4:53
