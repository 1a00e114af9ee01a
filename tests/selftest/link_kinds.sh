#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Real servers behind links of each kind: a VLAN, a bridge, a bond, a macvlan, a link of two addresses,
# one without addresses at the director, and one that a rule leads to by the packets' mark, which
# ip_vs does not ask.  By NAT, DR and a tunnel; and connections stay when a bond takes its other
# link, or when the director's devices go down, change their MTU or their address.
#
# time: 90

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# The VIPs, by method; each kind has a port.
METHODS=(-m -g -i)
V4=(10.0.1.100 10.0.1.101 10.0.1.102) V6=(fd00:1::100 fd00:1::101 fd00:1::102)
KINDS=(vlan bridge bond macvlan narrow bare marked)

# pair KIND: devices here and there that are linked.
pair() {
	veth "$NS_D" "$1" "${NS_S[1]}" "$1-s"
}

# ends KIND DEVICE SERVER-DEVICE [LENGTH4 LENGTH6]: what has the addresses of both ends.
ends() {
	local kind=$1 number=$2 device=$3 there=$4

	{
		echo "link set $device up"
		echo "address add fe80::254/64 dev $device nodad"
		case $kind in
		bare)
			echo "route add 10.1.$number.1 dev $device"
			echo "route add fd01:$number::1 dev $device" ;;
		marked)
			echo "address add 10.1.$number.254/24 dev $device noprefixroute"
			echo "address add fd01:$number::254/64 dev $device nodad noprefixroute"
			echo "route add 10.1.$number.0/24 dev $device table 100"
			echo "route add fd01:$number::/64 dev $device table 100" ;;
		narrow)
			echo "address add 10.1.$number.0/31 dev $device"
			echo "address add fd01:$number::/127 dev $device nodad" ;;
		*)
			echo "address add 10.1.$number.254/24 dev $device"
			echo "address add fd01:$number::254/64 dev $device nodad" ;;
		esac
	} | ip -n "$NS_D" -batch -
	{
		echo "link set $there up"
		echo "address add 10.1.$number.1/32 dev $there"
		echo "address add fd01:$number::1/128 dev $there nodad"
		echo "rule add from 10.1.$number.1 lookup $number"
		echo "route add default via $(gateway "$kind" "$number") dev $there onlink table $number"
		echo "route add default via fe80::254 dev $there table $number"
	} | ip -n "${NS_S[1]}" -batch -
	ip -n "${NS_S[1]}" -6 rule add from "fd01:$number::1" lookup "$number"
}

gateway() {
	case $1 in
	bare) echo $DIRECTOR4 ;;
	narrow) echo "10.1.$2.0" ;;
	*) echo "10.1.$2.254" ;;
	esac
}

links_up() {
	{
		pair vlan
		pair bridge
		pair bond
		pair bond2
		pair macvlan
		pair narrow
		pair bare
		pair marked
	} | ip -batch -
	ip -n "$NS_D" -batch - <<-END
		link set vlan up
		link add vlan.7 link vlan type vlan id 7
		link add br0 type bridge forward_delay 0 stp_state 0 mcast_snooping 0
		link set bridge master br0 up
		link add bond0 type bond mode active-backup miimon 10
		link set bond master bond0
		link set bond2 master bond0
		link set macvlan up
		link add mac0 link macvlan type macvlan mode bridge
	END
	ip -n "${NS_S[1]}" -batch - <<-END
		link set vlan-s up
		link add vlan.7 link vlan-s type vlan id 7
		link add br0 type bridge forward_delay 0 stp_state 0 mcast_snooping 0
		link set bond-s master br0 up
		link set bond2-s master br0 up
	END
	ends vlan 1 vlan.7 vlan.7
	ends bridge 2 br0 bridge-s
	ends bond 3 bond0 br0
	ends macvlan 4 mac0 macvlan-s
	ends narrow 5 narrow narrow-s
	ends bare 6 bare bare-s
	ends marked 7 marked marked-s
	# It takes until a bond has seen its links.
	wait_until 10 in_ns "${NS_S[1]}" ping -c 1 -W 1 -I 10.1.3.1 10.1.3.254
}

services() {
	local i number

	for number in 1 2 3 4 5 6 7; do
		for i in 0 1 2; do
			serve "${V4[i]}" "800$number" "10.1.$number.1" "${METHODS[i]}"
			serve "${V6[i]}" "800$number" "fd01:$number::1" "${METHODS[i]}"
		done
	done
}

# received DEVICE: packets that have come by a device of the server's.
received() {
	in_ns "${NS_S[1]}" cat /proc/net/dev | awk -v device="$1:" '$1 == device { print $3 }'
}

# talk NUMBER SERVER-DEVICE: by each method, both families, through that device.
talk() {
	local number=$1 before sent sent_before vip

	before=$(received "$2")
	read -r sent_before _ <<<"$(packets)"
	for vip in "${V4[@]}" "${V6[@]}"; do
		peers_give rs1 open t "$vip" "800$number"
		peers_give same bulk t 30000 30000
		peers_give closed close t
		peers_give ok udp u "$vip" "800$number"
		peers_give rs1 ask u
		peers_give rs1 ask u 1000
	done
	# All of the client's, of which some are neighbours' talk, about six addresses.
	read -r sent _ <<<"$(packets)"
	assert_between $(($(received "$2") - before)) $((sent - sent_before - 24)) 100000 \
		"packets by $2, of ${KINDS[number - 1]}"
}

# hold NUMBER: connections that are to stay.
hold() {
	local vip

	for vip in "${V4[@]}" "${V6[@]}"; do
		peers_give rs1 open "held-$vip" "$vip" "800$1"
		peers_give same bulk "held-$vip" 5000 5000
	done
}

held() {
	local vip

	for vip in "${V4[@]}" "${V6[@]}"; do
		peers_give same bulk "held-$vip" 20000 20000
	done
}

let_go() {
	peers_give "$(repeat closed 6)" close "${V4[@]/#/held-}" "${V6[@]/#/held-}"
}

require_kernel_module ipip ip6_tunnel
[[ $(by_kernel stock debug) = debug ]] || modprobe bonding max_bonds=0
topo_up 1
topo_direct "${V4[@]:1}" "${V6[@]:1}"
up d0 "${V4[1]}/32" "${V4[2]}/32" "${V6[1]}/128" "${V6[2]}/128" | ip -n "$NS_D" -batch -
links_up
# Whatever comes wrapped is unwrapped.
printf 'link set %s up\n' tunl0 ip6tnl0 | ip -n "${NS_S[1]}" -batch -
start_peers "$NS_C" "${NS_S[@]}"
for number in 1 2 3 4 5 6 7; do
	peers_give ok listen "800$number"
done
services | ctl_lines

talk 1 vlan.7
talk 2 bridge-s
talk 3 br0
talk 4 macvlan-s
talk 5 narrow-s
talk 6 bare-s

# The bond's other link.
hold 3
ip -n "$NS_D" link set bond down
held
ip -n "$NS_D" link set bond up
ip -n "$NS_D" link set bond2 down
held
let_go

# The director's devices.
hold 5
ip -n "$NS_D" -batch - <<-END
	link set narrow down
	link set d0 down
	link set narrow up
	link set d0 up
	address replace fd01:5::/127 dev narrow nodad
	address replace fe80::254/64 dev narrow nodad
	address replace fd00:1::254/64 dev d0 nodad
END
for vip in "${V6[@]}"; do
	echo "address replace $vip/128 dev d0 nodad"
done | ip -n "$NS_D" -batch -
held
ip -n "$NS_D" link set narrow mtu 1400
held
ip -n "$NS_D" -batch - <<-END
	link set narrow mtu 1500
	address del 10.1.5.0/31 dev narrow
	address del fd01:5::/127 dev narrow
	address add 10.1.5.0/24 dev narrow
	address add fd01:5::/64 dev narrow nodad
END
held
let_go

# A rule leads there by the mark that the firewall gives.
in_ns "$NS_D" nft 'table inet marks { chain pre { type filter hook prerouting priority mangle;
	th dport 8007 meta mark set 7; }; }'
set_vs route_by_mark=1
ip -n "$NS_D" rule add fwmark 7 lookup 100
ip -n "$NS_D" -6 rule add fwmark 7 lookup 100
for fastpath in 1 2; do
	set_vs fastpath=$fastpath
	talk 7 marked-s
done
