#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bulk through NAT, with packets that the sender leaves to be cut up (TSO), with plain ones, and
# with plain ones that the director puts together (GRO).  No large packet is dropped or cut up
# on its way through the balancer.
#
# module: both
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

size=1048576

# offload tso|gro on|off NAMESPACE DEVICE
offload() {
	case $1 in
	tso) in_ns "$3" ethtool -K "$4" tso "$2" gso "$2" ;;
	gro) in_ns "$3" ethtool -K "$4" gro "$2" ;;
	esac
}

# not_cut WHAT BEFORE AFTER: how many a sender hands down at once depends on how busy the host is;
# no more leave the director than reach it, either way, but for neighbours' talk.
not_cut() {
	local i now before

	read -ra before <<<"$2"
	read -ra now <<<"$3"
	for i in "${!now[@]}"; do
		now[i]=$((now[i] - before[i]))
	done
	assert_between "${now[3]}" 20 $((now[0] + 10)) "packets of the client's that leave, $1"
	assert_between "${now[1]}" 20 $((now[2] + 10)) "packets of the server's that leave, $1"
}

# bulk WHAT LEAST SMALL LARGE: megabytes both ways; at least so many packets are seen at the client
# each way, and the largest is so large.
bulk() {
	local vip sent received largest_sent largest_received before

	for vip in "$VIP4" "$VIP6"; do
		peers_give ok count "$vip" c0 "$vip"
		before=$(packets)
		peers_give rs1 open t "$vip" 80
		peers_give same bulk t $size 0
		peers_give same bulk t 0 $size
		peers_give closed close t
		not_cut "$vip, $1" "$before" "$(packets)"
		read -r sent _ received _ <<<"$(peers counted "$vip")"
		assert_between "$sent" "$2" 100000 "packets sent to $vip, $1"
		assert_between "$received" "$2" 100000 "packets received from $vip, $1"
		read -r largest_sent largest_received <<<"$(peers largest "$vip")"
		assert_between "$largest_sent" "$3" "$4" "bytes of the largest sent to $vip, $1"
		assert_between "$largest_received" "$3" "$4" "bytes of the largest received from $vip, $1"
	done
}

require_command ethtool
topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
balance -t "$VIP4" 80 rr -m
balance -t "$VIP6" 80 rr -m

# A megabyte is 724 segments of 1448 bytes, beside acknowledgements.
bulk "TSO" 20 1501 65575
offload tso off "$NS_C" c0
offload tso off "${NS_S[1]}" s0
for device in d0 d1; do
	offload tso off "$NS_D" $device
done
bulk "no offload" 724 1500 1500
for device in d0 d1; do
	offload gro on "$NS_D" $device
	offload tso on "$NS_D" $device
done
bulk "GRO" 20 1500 65575

# Large frames, cut up by the sender: of 8948 bytes each, where they are not too small.
for at in "$NS_C c0" "$NS_D d0" "$NS_D d1" "$NS_SW director" "$NS_SW server1" "${NS_S[1]} s0"; do
	ip -n "${at% *}" link set "${at#* }" mtu 9000
done
bulk "frames of 9000 bytes" 118 9000 65575
