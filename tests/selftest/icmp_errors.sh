#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ICMP errors about packets to real servers reach the client as from the VIP, about the packet
# as the client sent it: from the real server, from a router before it, from the director.
#
# The ip_vs of 6.12 loses ICMPv6 errors.
#
# module: both
# ip_vs: 6.1

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

declare -A unreachable=(["$VIP4"]="3 3 0" ["$VIP6"]="1 4 0")
declare -A exceeded=(["$VIP4"]="11 0 0" ["$VIP6"]="3 0 0")

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
in_ns "${NS_S[1]}" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
	net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
in_ns "$NS_D" sysctl -q -w net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
for route in "10.0.3.1 ${RS4[1]} ${RS4[2]} $VIP4" "fd00:3::1 ${RS6[1]} ${RS6[2]} $VIP6"; do
	read -r target router server vip <<<"$route"
	ip -n "$NS_D" route add "$target" via "$router"
	ip -n "${NS_S[1]}" route add "$target" via "$server"
	case $target in
	*:*) ip -n "${NS_S[2]}" address add "$target/128" dev lo nodad ;;
	*) ip -n "${NS_S[2]}" address add "$target/32" dev lo ;;
	esac
	for ports in "80 80" "81 82" "83 80"; do
		read -r port real <<<"$ports"
		ctl -A -u "$(endpoint "$vip" "$port")" -s rr
		ctl -a -u "$(endpoint "$vip" "$port")" -r "$(endpoint "$target" "$real")" -m
	done

	# Nobody listens on port 82 of the real server.
	peers_give ok udp u "$vip" 81
	peers_give ECONNREFUSED ask u
	peers_give "${unreachable[$vip]} $vip $vip:81" error u

	# One hop: the director; two: the router; three arrive.
	for port in 80 83; do
		peers_give ok udp u "$vip" $port
		for ttl in 1 2; do
			peers_give ok set u ttl $ttl
			peers_give EHOSTUNREACH ask u
			peers_give "${exceeded[$vip]} $vip $vip:$port" error u
		done
		peers_give ok set u ttl 3
		peers_give rs2 ask u
	done
done
