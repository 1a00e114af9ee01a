#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A client that is itself the real server which was picked reaches its own virtual service by NAT:
# to the real server it comes from the virtual address.  With both ports alike, with one port
# towards two services, with errors, and with conntrack.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 1
# The client of all this is the real server.
start_peers "${NS_S[1]}" "${NS_S[1]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	server=$(endpoint "$(servers_of "$vip")" 80)
	for port in 80 81; do
		service=$(endpoint "$vip" $port)
		ctl_lines <<-END
			-A -t $service -s rr
			-a -t $service -r $server -m
			-A -u $service -s rr
			-a -u $service -r $server -m
		END
	done

	for conntrack in 0 1; do
		set_vs conntrack=$conntrack
		peers_give rs1 open a "$vip" 80
		peers_give same bulk a 100000 100000
		peers_give closed close a
		peers_give rs1 open a "$vip" 80 $((5555 + conntrack))
		peers_give closed server-close a
		peers_give rs1 open a "$vip" 80 $((5555 + conntrack))
		peers_give ECONNRESET reset a
	done
	set_vs conntrack=0

	# One port towards two services: the real server must be able to tell them apart.
	peers_give ok udp a "$vip" 80 4000
	peers_give ok udp b "$vip" 81 4000
	peers_give "rs1" ask a
	peers_give "rs1" ask b
	peers_give "rs1" ask a 1400
	# What comes from port 80 could be an answer as well as a question.
	peers_give ok udp c "$vip" 81 80
	peers_give "rs1" ask c
	peers_give "rs1" ask c

	# An error about a packet that came from the virtual address is the client's.
	ctl_lines <<-END
		-A -u $(endpoint "$vip" 82) -s rr
		-a -u $(endpoint "$vip" 82) -r $(endpoint "$(servers_of "$vip")" 82) -m
	END
	peers_give ok udp d "$vip" 82
	peers_give ECONNREFUSED ask d
	assert_match "$(ctl conn list -n --client "$(servers_of "$vip")")" "$(servers_of "$vip")" \
		"the connections"
done
assert_eq "$(counter drop_no_port)" 0 "ports that could not be had"
