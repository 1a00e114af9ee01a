#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Path MTU discovery works through NAT, wherever the narrow link is: behind the director, behind
# a router behind it, and on the client's side.  The error comes from the VIP, is about the
# packet as its sender knows it, and has the right MTU.
#
# The ip_vs of 6.12 loses ICMPv6 errors.
#
# module: both
# ip_vs: 6.1
# time: 30

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

declare -A too_big=(["$VIP4"]="3 4" ["$VIP6"]="2 0")

forget_mtu() {
	ip -n "$1" route flush cache
	ip -n "$1" -6 route flush cache
}

# knows_mtu NAMESPACE ADDRESS
knows_mtu() {
	assert_match "$(ip -n "$1" route get "$2")" 'mtu 1300' "path MTU to $2 in $1"
}

# client_learns WHERE SERVER: the client's packets are too large.
client_learns() {
	for vip in "$VIP4" "$VIP6"; do
		forget_mtu "$NS_C"
		peers_give "$2" open t "$vip" 80
		peers_give same bulk t 262144 1000
		peers_give closed close t
		knows_mtu "$NS_C" "$vip"

		forget_mtu "$NS_C"
		peers_give ok udp u "$vip" 80
		peers_give ok set u df 1
		peers_give EMSGSIZE ask u 1400
		peers_give "${too_big[$vip]} 1300 $vip $vip:80" error u
		peers_give "$2" ask u 1200
		knows_mtu "$NS_C" "$vip"
	done
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -t "$vip" 80 rr -m 0 1
	balance -u "$vip" 80 rr -m 0 1
done

ip -n "$NS_D" link set d1 mtu 1300
client_learns "at the director" rs2
ip -n "$NS_D" link set d1 mtu 1500

# The first real server becomes a router to addresses of the second.
in_ns "${NS_S[1]}" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
for route in "10.0.3.1 ${RS4[1]} ${RS4[2]} $VIP4" "fd00:3::1 ${RS6[1]} ${RS6[2]} $VIP6"; do
	read -r target router server vip <<<"$route"
	ip -n "$NS_D" route add "$target" via "$router"
	ip -n "${NS_S[1]}" route add "$target" via "$server" mtu lock 1300
	case $target in
	*:*) ip -n "${NS_S[2]}" address add "$target/128" dev lo nodad ;;
	*) ip -n "${NS_S[2]}" address add "$target/32" dev lo ;;
	esac
	for kind in -t -u; do
		ctl -e $kind "$(endpoint "$vip" 80)" -r "$(endpoint "$server" 80)" -m -w 0
		ctl -a $kind "$(endpoint "$vip" 80)" -r "$(endpoint "$target" 80)" -m
	done
done
client_learns "at a router" rs2

# A client behind a router with a narrow link: now the real servers' packets are too large.
setup_ns NS_X
# shellcheck disable=SC2153 # setup_ns sets it
veth "$NS_X" x0 "$NS_C" cx | ip -batch -
{
	up x0 10.0.5.2/24 fd00:5::2/64
	default_routes 10.0.5.1 fd00:5::1
} | ip -n "$NS_X" -batch -
{
	up cx 10.0.5.1/24 fd00:5::1/64
	echo "link set cx mtu 1300"
} | ip -n "$NS_C" -batch -
in_ns "$NS_C" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
{
	echo "route add 10.0.5.0/24 via $CLIENT4"
	echo "route add fd00:5::/64 via $CLIENT6"
} | ip -n "$NS_D" -batch -
stop_peers
start_peers "$NS_X" "${NS_S[@]}"
peers_give ok listen 80
for way in "$VIP4 10.0.5.2" "$VIP6 fd00:5::2"; do
	read -r vip client <<<"$way"
	peers_give rs2 open t "$vip" 80
	peers_give same bulk t 1000 262144
	peers_give closed close t
	knows_mtu "${NS_S[2]}" "$client"
done
