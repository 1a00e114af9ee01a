#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Tunnels of each type, outer family and inner family.  Sourced after topo.sh:
#
#	TUNNELS		"PORT SERVER OUTER-FAMILY OPTIONS": each is a service on both VIPs, TCP and UDP
#	tunnel_rules	the rules for them, for ipvsadm -R
#	tunnel_ends	makes what unwraps packets on both real servers
#
# GRE wants to be told whether there are checksums: none is accepted where they are expected, and
# the other way round.  The first real server expects them, the second one does not.

TUNNEL_GUE=6080
TUNNELS=(
	"8000 1 4 --tun-type ipip"
	"8001 1 6 --tun-type ipip"
	"8002 1 4 --tun-type gue --tun-port $TUNNEL_GUE --tun-nocsum"
	"8003 1 6 --tun-type gue --tun-port $TUNNEL_GUE --tun-nocsum"
	"8004 1 4 --tun-type gue --tun-port $TUNNEL_GUE --tun-csum"
	"8005 1 6 --tun-type gue --tun-port $TUNNEL_GUE --tun-csum"
	"8006 1 4 --tun-type gue --tun-port $TUNNEL_GUE --tun-remcsum"
	"8007 1 6 --tun-type gue --tun-port $TUNNEL_GUE --tun-remcsum"
	"8008 1 4 --tun-type gre --tun-csum"
	"8009 1 6 --tun-type gre --tun-csum"
	"8010 2 4 --tun-type gre"
	"8011 2 6 --tun-type gre"
)

tunnel_rules() {
	local tunnel port i family options vip server

	for tunnel in "${TUNNELS[@]}"; do
		read -r port i family options <<<"$tunnel"
		server=${RS4[i]}
		[ "$family" = 4 ] || server=${RS6[i]}
		for vip in "$VIP4" "$VIP6"; do
			serve "$vip" "$port" "$server" -i "$options" -w 1
		done
	done
}

tunnel_ends() {
	local i csum

	modprobe -a ipip sit ip6_tunnel ip_gre ip6_gre fou fou6
	for i in 1 2; do
		csum=icsum
		[ $i = 1 ] || csum=noicsum
		{
			echo "link add ipip4 type ipip local ${RS4[i]}"
			echo "link add sit4 type sit local ${RS4[i]}"
			echo "link add any6 type ip6tnl local ${RS6[i]} mode any"
			echo "link add gre4 type gre local ${RS4[i]} $csum"
			echo "link add gre6 type ip6gre local ${RS6[i]} $csum"
			printf 'link set %s up\n' ipip4 sit4 any6 gre4 gre6
		} | ip -n "${NS_S[i]}" -batch -
		in_ns "${NS_S[i]}" ip fou add port $TUNNEL_GUE gue
		in_ns "${NS_S[i]}" ip -6 fou add port $TUNNEL_GUE gue
	done
}
