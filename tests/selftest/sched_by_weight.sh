#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fo: the heaviest real server gets all that it can take, then the next one; of equals the one added
# last.  ovf: the same, and one with more active connections than its weight takes no more.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# weigh I WEIGHT [OPTION...]: changes a real server.
weigh() {
	ctl -e -t "$service" -r "$(endpoint "${servers[$1]}" 80)" -m -w "${@:2}"
}

topo_up 3
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"

	balance -t "$vip" 80 fo -m 2 7 7
	peers_give "rs3 rs3 rs3" hold f 3 "$vip" 80
	weigh 3 0
	peers_give "rs2 rs2" hold g 2 "$vip" 80
	weigh 2 7 -x 1
	peers_give "rs1" hold h 1 "$vip" 80
	weigh 1 0
	peers_give ECONNREFUSED open none "$vip" 80
	weigh 2 7
	weigh 1 8
	peers_give "rs1 rs1" hold i 2 "$vip" 80

	# Two more connections than the weight says are one too many.  All begins anew with the
	# connections that there are: rs1 has 3, rs2 has 2, rs3 has 3.
	ctl -E -t "$service" -s ovf
	weigh 1 4
	weigh 2 3
	weigh 3 4
	peers_give "rs3 rs3 rs1 rs1 rs2 rs2" hold o 6 "$vip" 80
	peers_give ECONNREFUSED open none "$vip" 80
	peers_give "closed closed" close o2 o3
	peers_give "rs3 rs1" hold p 2 "$vip" 80
	weigh 2 100
	peers_give "rs2 rs2" hold q 2 "$vip" 80
done
