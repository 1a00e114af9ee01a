#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The director's namespace is deleted while clients send all they can, over and over: 50 times
# on debug kernels.  Nothing of its connections stays, and the next director balances.
#
# time: 90

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/traffic.sh

topo_up 2
start_servers
start_traffic

new_director() {
	setup_ns NS_D
	veth "$NS_C" c0 "$NS_D" d0
	veth "$NS_D" d1 "$NS_SW" director
	ip -n "$NS_SW" link set director master br0 up
	addresses "$NS_C" c0 "$CLIENT4/24" "$CLIENT6/64"
	addresses "$NS_D" d0 10.0.1.254/24 fd00:1::254/64 "$VIP4/32" "$VIP6/128"
	addresses "$NS_D" d1 "$DIRECTOR4/24" "$DIRECTOR6/64"
	in_ns "$NS_D" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	# The real servers know the old director by its link-layer address.
	for ns in "${NS_S[@]}" "$NS_C"; do
		ip -n "$ns" neigh flush all
	done
}

# A namespace ends in the background, its devices and their peers with it.
director_gone() {
	! ip -n "$NS_C" link show c0 && ! ip -n "$NS_SW" link show director
}

for ((round = 1; round <= $(rounds 3 50); round++)); do
	[ $round -eq 1 ] || new_director
	balance_all
	flows
	[ "$(connections_in_slab)" != 0 ] || fail "round $round: traffic without connections"
	delete_ns "$NS_D"
	wait_until 10 director_gone
	wait_until 10 no_connections_left
done
