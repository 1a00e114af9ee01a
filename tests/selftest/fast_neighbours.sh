#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Neighbours of established connections: IPv4 packets whose routers are known by addresses of IPv6
# (RFC 8950) arrive, on each path; where the kernel's table of neighbours is crowded, none is held
# on to, and packets take the other path, until there is room again.  While routes change all the time,
# what was kept for those of before is let go of.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh

require_command nft

connected() {
	peers_give ok udp "$1" "$2" 80
	ask "$1"
	ask "$1"
}

# crowded ADDRESS: each neighbour is one too many.
crowded() {
	local threshold=net.ipv4.neigh.default.gc_thresh2 before

	[ "$1" = "$VIP4" ] || threshold=${threshold/ipv4/ipv6}
	before=$(sysctl -n "$threshold")
	at_exit sysctl -qw "$threshold=$before"
	sysctl -qw "$threshold=0"
	connected crowded "$1"
	assert_eq "$(took "fast slow_way" ask crowded)" "0 2" "packets, with too many neighbours"
	sysctl -qw "$threshold=$before"
	ask crowded
	wait_until 5 both_fast crowded
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
set_vs fastpath=1
for vip in "$VIP4" "$VIP6"; do
	balance -u "$vip" 80 rr -m
	crowded "$vip"
done

# held ADDRESS: how often a neighbour is.
held() {
	ip -n "$NS_D" -s neighbour show "$1" | sed -n 's/.* ref \([0-9]*\) .*/\1/p'
}

# changing VIP ADDRESS ROUTES: many packets to that client follow a change of routes each.
changing() {
	local i most=0 now

	connected "changing-$1" "$1"
	exec {routes}> >(ip -n "$NS_D" -batch -)
	for ((i = 1; i <= 150; i++)); do
		echo "route add blackhole ${3/\*/$i}" >&$routes
		peers_give rs1 ask "changing-$1"
		[ $((i % 50)) -ne 0 ] || {
			now=$(held "$2")
			most=$((now > most ? now : most))
		}
	done
	exec {routes}>&-
	assert_between "$most" 1 25 "ways that hold the neighbour $2"
}
changing "$VIP4" "$CLIENT4" '198.18.0.*/32'
changing "$VIP6" "$CLIENT6" 'fd00:99::*/128'

{
	echo "route add $CLIENT4/32 via inet6 $CLIENT6 dev d0"
	echo "route add ${RS4[1]}/32 via inet6 ${RS6[1]} dev d1"
} | ip -n "$NS_D" -batch -
connected by-router "$VIP4"
assert_eq "$(took fast ask by-router)" 2 "packets by routers of IPv6"
in_ns "$NS_D" nft "table inet watch {
	chain passed { type filter hook prerouting priority 0; counter; }
}"
assert_eq "$(took brief ask by-router)" 2 "packets that somebody listens to"
