#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ESP and AH go where the key exchange of the same two ends goes, and nowhere without one.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/wire.sh

topo_up 1
start_wire
for vip in $VIP4 $VIP6; do
	server=$(servers_of "$vip") client=$CLIENT4
	[ "$vip" = $VIP4 ] || client=$CLIENT6
	balance -u "$vip" 500 rr -m
	wire_gives nothing pass esp "$vip":500:500 500 c
	wire_gives "$client:500 > $server:500 checksum good" pass udp "$vip":500:500 500 c x
	for proto in esp ah; do
		# To ip_vs, AH of IPv6 is nothing but the packet that it protects.
		[ "$NFVS_MODULE $proto $vip" != "ip_vs ah $VIP6" ] || continue
		wire_gives "$client > $server" pass $proto "$vip":500:500 500 c
		wire_gives "$vip > $client" pass $proto "$vip":500:500 500 s
	done
done
