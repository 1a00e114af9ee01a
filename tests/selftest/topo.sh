#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The network of most cases.  Sourced after lib.sh; then
#
#	topo_up [N]		makes it with N real servers (3)
#	topo_nat		replies go back through the director (the default)
#	topo_direct VIP...	real servers own the VIPs and answer the client directly (DR, tunnels)
#
#	  NS_C client                  NS_D director                NS_S[1] .. NS_S[N] real servers
#	  c0 10.0.1.1 ------------ d0 10.0.1.254
#	  c1 10.0.2.1 --+             VIPs 10.0.1.100, fd00:1::100
#	                |          d1 10.0.2.254 --+                s0 10.0.2.11, 10.0.2.12 ...
#	                +---- bridge in NS_SW -----+------------------+
#
# IPv6 is the same with fd00:1:: and fd00:2:: (fd00:2::11 is the first real server).

VIP4=10.0.1.100 VIP6=fd00:1::100
CLIENT4=10.0.1.1 CLIENT6=fd00:1::1
DIRECTOR4=10.0.2.254 DIRECTOR6=fd00:2::254
NS_S=() RS4=() RS6=()

# veth NAMESPACE DEVICE PEER-NAMESPACE PEER-DEVICE
veth() {
	ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
}

# addresses NAMESPACE DEVICE ADDRESS/LENGTH...: usable at once.
addresses() {
	local ns=$1 device=$2 address

	shift 2
	{
		echo "link set $device up"
		for address in "$@"; do
			case $address in
			*:*) echo "address add $address dev $device nodad" ;;
			*) echo "address add $address dev $device" ;;
			esac
		done
	} | ip -n "$ns" -batch -
}

# shellcheck disable=SC2153 # setup_ns sets the variables it is given
topo_up() {
	local count=${1:-3} i ns

	setup_ns NS_C NS_D NS_SW
	veth "$NS_C" c0 "$NS_D" d0
	veth "$NS_C" c1 "$NS_SW" client
	veth "$NS_D" d1 "$NS_SW" director
	ip -n "$NS_SW" -batch - <<-END
		link add br0 type bridge forward_delay 0 stp_state 0 mcast_snooping 0
		link set client master br0 up
		link set director master br0 up
		link set br0 up
	END
	addresses "$NS_C" c0 $CLIENT4/24 $CLIENT6/64
	addresses "$NS_C" c1 10.0.2.1/24 fd00:2::1/64
	addresses "$NS_D" d0 10.0.1.254/24 fd00:1::254/64 $VIP4/32 $VIP6/128
	addresses "$NS_D" d1 $DIRECTOR4/24 $DIRECTOR6/64
	in_ns "$NS_D" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	for ((i = 1; i <= count; i++)); do
		# Named after the first one, so that the suffix stays the last word.
		setup_ns "NS_S$i"
		ns="NS_S$i"
		NS_S[i]=${!ns}
		RS4[i]=10.0.2.$((10 + i))
		RS6[i]=fd00:2::$((10 + i))
		veth "${NS_S[i]}" s0 "$NS_SW" "server$i"
		ip -n "$NS_SW" link set "server$i" master br0 up
		addresses "${NS_S[i]}" s0 "${RS4[i]}/24" "${RS6[i]}/64"
	done
	topo_nat
}

topo_nat() {
	local ns

	for ns in "${NS_S[@]}"; do
		ip -n "$ns" route replace default via $DIRECTOR4
		ip -n "$ns" -6 route replace default via $DIRECTOR6
	done
}

topo_direct() {
	local ns vip

	for ns in "${NS_S[@]}"; do
		ip -n "$ns" route replace default via 10.0.2.1
		ip -n "$ns" -6 route replace default via fd00:2::1
		# They own the VIP without ever answering for it on the wire.
		in_ns "$ns" sysctl -q -w net.ipv4.conf.all.arp_ignore=1 \
			net.ipv4.conf.all.arp_announce=2
		for vip in "$@"; do
			case $vip in
			*:*) ip -n "$ns" address replace "$vip/128" dev lo nodad ;;
			*) ip -n "$ns" address replace "$vip/32" dev lo ;;
			esac
		done
	done
}
