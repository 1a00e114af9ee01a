#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The director is one of the real servers, by NAT to another port and by direct routing; clients
# are another host and the director itself.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 1
for client in "$NS_C" "$NS_D"; do
	# rs1 is the director here, rs2 the other one.
	start_peers "$client" "$NS_D" "${NS_S[1]}"
	peers_give ok listen 8080
	for vip in "$VIP4" "$VIP6"; do
		case $vip in
		*:*) servers="$DIRECTOR6 ${RS6[1]}" ;;
		*) servers="$DIRECTOR4 ${RS4[1]}" ;;
		esac
		for kind in -t -u; do
			echo "-A $kind $(endpoint "$vip" 80) -s rr"
			for server in $servers; do
				echo "-a $kind $(endpoint "$vip" 80) -r $(endpoint "$server" 8080) -m"
			done
			# Direct routing to this host leaves the address as it is.
			echo "-A $kind $(endpoint "$vip" 8080) -s rr"
			echo "-a $kind $(endpoint "$vip" 8080) -r" \
				"$(endpoint "${servers%% *}" 8080) -g"
		done | ctl_lines
		peers_give "rs2 rs1 rs2 rs1" order 4 "$vip" 80
		peers_give "rs2 rs1" hold n 2 "$vip" 80
		peers_give same bulk n1 100000 100000
		peers_give same bulk n2 100000 100000
		peers_give "closed closed" close n1 n2
		peers_give "rs2 rs1 rs2 rs1" asks 4 "$vip" 80 1400
		peers_give "rs1 rs1" order 2 "$vip" 8080
		peers_give rs1 open d "$vip" 8080
		peers_give same bulk d 100000 100000
		peers_give closed close d
		peers_give "rs1 rs1" asks 2 "$vip" 8080 1400
	done
	ctl -C
	stop_peers
done
