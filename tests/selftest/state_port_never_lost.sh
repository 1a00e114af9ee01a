#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A client uses a port again: its first SYN is never lost, with conntrack or without, whatever
# conn_reuse_mode says.  It goes to another real server where the one that the port stands for was
# removed, or has weight 0.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	second=$(endpoint "${servers[2]}" 80)
	port=5000
	for conntrack in 0 1; do
		for mode in 0 1; do
			set_vs conntrack=$conntrack conn_reuse_mode=$mode
			balance -t "$vip" 80 rr -m
			port=$((port + 10))

			# Closed: mode 0 keeps to the real server, as long as that takes connections.
			peers_give rs2 open a "$vip" 80 $port
			peers_give closed server-close a
			peers_give rs$((2 - mode)) open a "$vip" 80 $port
			peers_give closed server-close a
			ctl -e -t "$service" -r "$second" -m -w 0
			peers_give rs1 open a "$vip" 80 $port
			ctl -e -t "$service" -r "$second" -m -w 1

			# Alive for all that the director knows.
			peers_give rs2 open b "$vip" 80 $((port + 1))
			ctl -d -t "$service" -r "$second"
			peers_give ok abandon b
			peers_give rs1 open b "$vip" 80 $((port + 1))
			peers_give "same" bulk b 1000 1000
			peers_give "closed closed" close a b
			ctl -D -t "$service"
		done
	done
done
assert_eq "$(in_ns "$NS_C" nstat -asz TcpExtTCPSynRetrans | awk 'END { print $2 }')" 0 \
	"SYNs that had to be sent again"
