#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Neighbours of established connections: IPv4 packets whose routers are known by addresses of IPv6
# (RFC 8950) arrive, on each path; where the kernel's table of neighbours is crowded, none is held
# on to, and packets take the other path, until there is room again.
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
