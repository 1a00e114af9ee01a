#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Associations of the kernel's SCTP through NAT and direct routing, IPv4 and IPv6: they open, carry
# data both ways and close.  Checksums are made by devices, and once by none.
#
# module: both
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_kernel_module sctp
require_command ethtool

# associations COUNT VIP ADDRESS ADDRESS: with the real servers' own addresses.
associations() {
	local count=$1 vip=$2 client=$CLIENT4

	[[ $vip != *:* ]] || client=$CLIENT6
	python3 tests/selftest/sctp_echo.py $((2 * NFVS_SLOW)) "$NS_C" "$NS_D" $client "$vip" 5000 \
		"$count" "${NS_S[1]}=$3" "${NS_S[2]}=$4" 2>&1
}

# Real servers are asked from the youngest on.
both="rs2 same ESTABLISHED CLOSED
rs1 same ESTABLISHED CLOSED"

topo_up 2
for vip in $VIP4 $VIP6; do
	read -ra servers <<<"$(servers_of "$vip")"
	balance --sctp-service "$vip" 5000 rr -m
	assert_eq "$(associations 2 "$vip" "${servers[@]}")" "$both" "through NAT to $vip"
done
in_ns "$NS_D" ethtool -K d1 tx-checksum-sctp off
in_ns "${NS_S[1]}" ethtool -K s0 tx-checksum-sctp off
assert_eq "$(associations 2 $VIP4 "${RS4[@]:1}")" "$both" "without checksums by devices"

topo_direct $VIP4 $VIP6
for vip in $VIP4 $VIP6; do
	for address in $(servers_of "$vip"); do
		echo "-e --sctp-service $(endpoint "$vip" 5000) -r $(endpoint "$address" 5000) -g"
	done
done | ctl_lines
for vip in $VIP4 $VIP6; do
	assert_eq "$(associations 2 "$vip" "$vip" "$vip")" "$both" "by direct routing to $vip"
done
