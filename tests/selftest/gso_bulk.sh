#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bulk through NAT, with packets that the sender leaves to be cut up (TSO), with plain ones, and
# with plain ones that the director puts together (GRO).  No large packet is dropped or cut up
# on its way through the balancer.
#
# module: both
# time: 30

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

# bulk WHAT LOW HIGH: megabytes both ways; so many packets are seen at the client each way.
bulk() {
	local vip sent received

	for vip in "$VIP4" "$VIP6"; do
		peers_give ok count "$vip" c0 "$vip"
		peers_give rs1 open t "$vip" 80
		peers_give same bulk t $size 0
		peers_give same bulk t 0 $size
		peers_give closed close t
		read -r sent _ received _ <<<"$(peers counted "$vip")"
		assert_between "$sent" "$2" "$3" "packets sent to $vip, $1"
		assert_between "$received" "$2" "$3" "packets received from $vip, $1"
	done
}

require_command ethtool
topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
balance -t "$VIP4" 80 rr -m
balance -t "$VIP6" 80 rr -m

# A megabyte is 724 segments of 1448 bytes, beside acknowledgements.
bulk "TSO" 20 723
offload tso off "$NS_C" c0
offload tso off "${NS_S[1]}" s0
for device in d0 d1; do
	offload tso off "$NS_D" $device
done
bulk "no offload" 724 5000
for device in d0 d1; do
	offload gro on "$NS_D" $device
	offload tso on "$NS_D" $device
done
bulk "GRO" 20 5000

# Large frames, cut up by the sender: of 8948 bytes each, so that one too small is seen.
for at in "$NS_C c0" "$NS_D d0" "$NS_D d1" "$NS_SW director" "$NS_SW server1" "${NS_S[1]} s0"; do
	ip -n "${at% *}" link set "${at#* }" mtu 9000
done
bulk "frames of 9000 bytes" 118 600
