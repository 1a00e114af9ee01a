#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Many clients, and many virtual addresses, for the schedulers that go by addresses.  Sourced
# after peers.sh; then, with topo.sh's network up,
#
#	spread_clients			the client is all of 10.9.0.0/16 and fd00:9::/64
#	spread_vips			the director has 10.8.0.0/16 and fd00:8::/64; TCP and UDP to
#					them has mark 4 or 6
#
# peers.py has the commands that use them: from-each, to-each, hold-each.

spread_clients() {
	{
		echo "route add local 10.9.0.0/16 dev lo"
		echo "route add local fd00:9::/64 dev lo"
	} | ip -n "$NS_C" -batch -
	set_in_ns "$NS_C" net.ipv6.ip_nonlocal_bind 1
	{
		echo "route add 10.9.0.0/16 via $CLIENT4"
		echo "route add fd00:9::/64 via $CLIENT6"
	} | ip -n "$NS_D" -batch -
}

spread_vips() {
	{
		echo "route add 10.8.0.0/16 via 10.0.1.254"
		echo "route add fd00:8::/64 via fd00:1::254"
	} | ip -n "$NS_C" -batch -
	{
		echo "route add local 10.8.0.0/16 dev lo"
		echo "route add local fd00:8::/64 dev lo"
	} | ip -n "$NS_D" -batch -
	in_ns "$NS_D" nft -f - <<-END
		table inet marks {
			chain incoming {
				type filter hook prerouting priority mangle;
				ip daddr 10.8.0.0/16 meta mark set 4
				ip6 daddr fd00:8::/64 meta mark set 6
			}
		}
	END
}
