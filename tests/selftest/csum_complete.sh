#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All devices sum up what they receive and leave it to others to judge (CHECKSUM_COMPLETE).  Such a
# sum is wrong as soon as the packet is changed or wrapped, and who believes it complains in the log
# of a broken device.  By NAT, DR and each tunnel, with the fast path off, on and forced: packets
# are judged rightly, and none is sent on with a sum that is no longer its own.
#
# module: both
# kernels: stock
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/tunnels.sh

# sums given|wrong
sums() {
	cat "/sys/module/nfvs_sums/parameters/$1"
}

# talk PORT SERVER BYTES
talk() {
	local vip

	for vip in "$VIP4" "$VIP6"; do
		peers_give "rs$2" open t "$vip" "$1"
		peers_give same bulk t "$3" "$3"
		peers_give closed close t
		peers_give ok udp u "$vip" "$1"
		peers_give "rs$2" ask u 1000
		peers_give "rs$2" ask u
	done
}

nat() {
	local before

	before=$(sums given)
	talk 80 1 100000
	assert_between $(($(sums given) - before)) 300 100000 "packets that were summed up"
}

direct_and_tunnels() {
	local tunnel port i

	talk 81 2 20000
	for tunnel in "${TUNNELS[@]}"; do
		read -r port i _ <<<"$tunnel"
		talk "$port" "$i" 10000
	done
}

require_command ethtool
topo_up 2
# What a sender leaves to its device to sum up comes without a sum.
in_ns "$NS_C" ethtool -K c0 tx off >/dev/null
for i in 1 2; do
	in_ns "${NS_S[i]}" ethtool -K s0 tx off >/dev/null
done
tunnel_ends
{
	serve "$VIP4" 80 "${RS4[1]}" -m
	serve "$VIP6" 80 "${RS6[1]}" -m
	serve "$VIP4" 81 "${RS4[2]}" -g
	serve "$VIP6" 81 "${RS6[2]}" -g
	tunnel_rules
} | in_ns "$NS_D" ipvsadm -R
start_peers "$NS_C" "${NS_S[@]}"
for port in 80 81 "${TUNNELS[@]%% *}"; do
	peers_give ok listen "$port"
done
insmod "$NFVS_BUILD/nfvs_sums.ko"
at_exit rmmod nfvs_sums

each_fastpath nat
topo_direct "$VIP4" "$VIP6"
each_fastpath direct_and_tunnels
assert_eq "$(sums wrong)" 0 "packets with a sum that is not theirs"
