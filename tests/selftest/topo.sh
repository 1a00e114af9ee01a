#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The network of most cases.  Sourced after lib.sh; then
#
#	topo_up [N]		makes it with N real servers (3); replies go back through the director
#	topo_direct VIP...	real servers own the VIPs and answer the client directly (DR, tunnels)
#	new_director		makes another one in place of one that is gone
#	director_alone		one without devices, which is its own client and real servers
#	endpoint ADDRESS PORT	as the tool wants both
#	serve VIP PORT SERVER OPTION...
#				rules, for ctl_lines: TCP and UDP there for one real server, at the same
#				port, with these options
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

# number_of DEVICE: from its name.
number_of() {
	echo $((100 + 36#${1//[^a-z0-9]/} % 30011))
}

# veth NAMESPACE DEVICE PEER-NAMESPACE PEER-DEVICE: a command for ip.  Two ends that have the same
# number, each in its namespace, would be told of their carrier up to a second late.
veth() {
	echo "link add $2 index $(number_of "$2") netns $1" \
		"type veth peer name $4 index $(number_of "$4") netns $3"
}

# up DEVICE ADDRESS/LENGTH...: commands for ip; the addresses are usable at once.
up() {
	local device=$1 address

	shift
	echo "link set $device up"
	for address in "$@"; do
		case $address in
		*:*) echo "address add $address dev $device nodad" ;;
		*) echo "address add $address dev $device" ;;
		esac
	done
}

# default_routes GATEWAY4 GATEWAY6: commands for ip.
default_routes() {
	echo "route replace default via $1"
	echo "route replace default via $2"
}

# shellcheck disable=SC2153 # name_ns sets the variables it is given
director_links() {
	veth "$NS_C" c0 "$NS_D" d0
	veth "$NS_D" d1 "$NS_SW" director
}

director_has_links() {
	[ "$(ip -n "$NS_D" -br link show up | grep -c ' UP ')" = 2 ]
}

director_up() {
	{
		up lo
		up d0 10.0.1.254/24 fd00:1::254/64 $VIP4/32 $VIP6/128
		up d1 $DIRECTOR4/24 $DIRECTOR6/64
	} | ip -n "$NS_D" -batch -
	# Whatever is learnt of routes until then is forgotten.
	wait_until 10 director_has_links
	in_ns "$NS_D" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	force_fastpath
}

# The old one's devices have taken their peers along.
new_director() {
	local ns

	name_ns NS_D
	{
		echo "netns add $NS_D"
		director_links
	} | ip -batch -
	ip -n "$NS_SW" link set director master br0 up
	up c0 $CLIENT4/24 $CLIENT6/64 | ip -n "$NS_C" -batch -
	director_up
	# The real servers know the old director by its link-layer address.
	for ns in "${NS_S[@]}" "$NS_C"; do
		ip -n "$ns" neigh flush all
	done
}

# Addresses for services are 10.0.0.1 and 2001:db8::1, for real servers 10.0.1.1 and 2001:db8:1::1.
director_alone() {
	local address

	setup_ns NS_D
	for address in 10.0.0.1/32 10.0.1.1/32 2001:db8::1/128 2001:db8:1::1/128; do
		ip -n "$NS_D" address add "$address" dev lo
	done
}

# shellcheck disable=SC2153 # name_ns sets the variables it is given
topo_up() {
	local count=${1:-3} i variable ns made=${#NFVS_NAMESPACES[@]}

	name_ns NS_C NS_D NS_SW
	for ((i = 1; i <= count; i++)); do
		# Named after the first one, so that the suffix stays the last word.
		variable=NS_S$i
		name_ns "$variable"
		NS_S[i]=${!variable}
		RS4[i]=10.0.2.$((10 + i))
		RS6[i]=fd00:2::$((10 + i))
	done
	{
		printf 'netns add %s\n' "${NFVS_NAMESPACES[@]:made}"
		director_links
		veth "$NS_C" c1 "$NS_SW" client
		for ((i = 1; i <= count; i++)); do
			veth "${NS_S[i]}" s0 "$NS_SW" "server$i"
		done
	} | ip -batch -
	{
		echo "link add br0 type bridge forward_delay 0 stp_state 0 mcast_snooping 0"
		echo "link set client master br0 up"
		echo "link set director master br0 up"
		for ((i = 1; i <= count; i++)); do
			echo "link set server$i master br0 up"
		done
		echo "link set br0 up"
	} | ip -n "$NS_SW" -batch -
	{
		up lo
		up c0 $CLIENT4/24 $CLIENT6/64
		up c1 10.0.2.1/24 fd00:2::1/64
	} | ip -n "$NS_C" -batch -
	for ((i = 1; i <= count; i++)); do
		{
			up lo
			up s0 "${RS4[i]}/24" "${RS6[i]}/64"
			default_routes $DIRECTOR4 $DIRECTOR6
		} | ip -n "${NS_S[i]}" -batch -
	done
	# The kernel looks at carriers in the order of their changes: it has seen those of all others then.
	director_up
}

topo_direct() {
	local ns vip

	for ns in "${NS_S[@]}"; do
		# They own the VIP without ever answering for it on the wire.
		in_ns "$ns" sysctl -q -w net.ipv4.conf.all.arp_ignore=1 \
			net.ipv4.conf.all.arp_announce=2
		{
			default_routes 10.0.2.1 fd00:2::1
			for vip in "$@"; do
				case $vip in
				*:*) echo "address replace $vip/128 dev lo nodad" ;;
				*) echo "address replace $vip/32 dev lo" ;;
				esac
			done
		} | ip -n "$ns" -batch -
	done
}

endpoint() {
	case $1 in
	*:*) echo "[$1]:$2" ;;
	*) echo "$1:$2" ;;
	esac
}

serve() {
	local vip server kind

	vip=$(endpoint "$1" "$2")
	server=$(endpoint "$3" "$2")
	for kind in -t -u; do
		echo "-A $kind $vip -s rr"
		echo "-a $kind $vip -r $server ${*:4}"
	done
}
