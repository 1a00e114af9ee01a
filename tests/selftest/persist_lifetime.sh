#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How long a client stays bound: until he has made no connection for as long as the service says,
# and, while one is open, for a minute at a time.  Weight 0 does not part him from his real server
# unless expire_quiescent_template is set; the real server's removal does, unless it returns before
# he does.
#
# module: both
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# template CLIENT PORT: seconds that it still has; fails without one.
template() {
	in_ns "$NS_D" cat /proc/net/ip_vs_conn | awk -v client="$1" -v port="$2" \
		'$2 == client && $3 == "0000" && $5 == port { print $9; found = 1 } END { exit !found }'
}

no_template() {
	! template "$@"
}

extended() {
	[ "$(template "$@")" -gt 30 ]
}

weight() {
	ctl -e -t "$service" -r "$(endpoint "$1" 80)" -g -w "$2"
}

topo_up 3
topo_direct $VIP4 $VIP6
start_peers "$NS_C" "${NS_S[@]}"
for port in 80 81 82; do
	peers_give ok listen $port
done
{
	echo "--set 0 0 1"
	echo "-A -t $VIP4:81 -s rr -p 2"
	echo "-A -u $VIP4:82 -s rr -p 4"
	for i in 1 2; do
		echo "-a -t $VIP4:81 -r ${RS4[i]}:81 -g"
		echo "-a -u $VIP4:82 -r ${RS4[i]}:82 -g"
	done
} | ctl_lines
# Times that end, or are extended, while the rest of the case goes on.
peers_give rs2 open kept $VIP4 81
peers_give rs2 asks 1 $VIP4 82

for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	{
		echo "-A -t $service -s rr -p 300"
		for i in 1 2 3; do
			echo "-a -t $service -r $(endpoint "${servers[i]}" 80) -g"
		done
	} | ctl_lines
	peers_give "rs3 rs3" order 2 "$vip" 80
	weight "${servers[3]}" 0
	peers_give "rs3 rs3" order 2 "$vip" 80
	set_in_ns "$NS_D" net.ipv4.vs.expire_quiescent_template 1
	peers_give "rs2 rs2" order 2 "$vip" 80
	weight "${servers[3]}" 1
	peers_give "rs2 rs2" order 2 "$vip" 80
	set_in_ns "$NS_D" net.ipv4.vs.expire_quiescent_template 0

	removed=$(endpoint "${servers[2]}" 80)
	ctl -d -t "$service" -r "$removed"
	ctl -a -t "$service" -r "$removed" -g
	peers_give "rs2 rs2" order 2 "$vip" 80
	ctl -d -t "$service" -r "$removed"
	peers_give "rs1 rs1" order 2 "$vip" 80
	ctl -a -t "$service" -r "$removed" -g
	peers_give "rs1 rs1" order 2 "$vip" 80
	assert_eq "$(dest_column "$NS_D" "$(endpoint "${servers[1]}" 80)" 4 --persistent-conn)" 1 \
		"templates of the real server that the client is at"
done

# A port that the client uses again is still his, and he is still bound.
peers_give rs1 open again $VIP4 80 4444
peers_give ECONNRESET reset again
peers_give rs1 open again $VIP4 80 4444

wait_until 10 extended 0A000101 0051
wait_until 10 no_template 0A000101 0052
# However long it takes from one to the other.
ctl -E -u $VIP4:82 -s rr -p 300
peers_give "rs1 rs1" asks 2 $VIP4 82
