#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A transparent cache that is down: where a firewall marks what is for others, and the marked
# service has no real server, packets go on to where they were meant to go, if cache_bypass is set.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command nft
origin4=10.0.3.1 origin6=fd00:3::1
topo_up 1
in_ns "$NS_D" nft -f - <<-END
	table inet marks {
		chain incoming {
			type filter hook prerouting priority mangle;
			iifname d0 ip daddr $origin4 meta mark set 7
			iifname d0 ip6 daddr $origin6 meta mark set 8
		}
	}
END
# What is marked is for this host, as far as routing knows; what we send on is not.
{
	echo "rule add fwmark 7 dev d0 table 100"
	echo "route add local default dev lo table 100"
	echo "route add $origin4 via ${RS4[1]}"
	echo "-6 rule add fwmark 8 dev d0 table 100"
	echo "-6 route add local default dev lo table 100"
	echo "-6 route add $origin6 via ${RS6[1]}"
} | while read -r words; do
	# shellcheck disable=SC2086 # words
	ip -n "$NS_D" $words
done
{
	echo "address add $origin4/32 dev lo"
	echo "address add $origin6/128 dev lo nodad"
} | ip -n "${NS_S[1]}" -batch -
{
	echo "route add $origin4 via 10.0.1.254"
	echo "route add $origin6 via fd00:1::254"
} | ip -n "$NS_C" -batch -
ctl -A -f 7 -s rr
ctl -A -f 8 -6 -s rr
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80

for origin in $origin4 $origin6; do
	set_in_ns "$NS_D" net.ipv4.vs.cache_bypass 0
	peers_give ok syn s "$origin" 80
	peers_give closed reset s
	set_in_ns "$NS_D" net.ipv4.vs.cache_bypass 1
	peers_give rs1 open t "$origin" 80
	peers_give same bulk t 100000 100000
	peers_give ok udp u "$origin" 80
	peers_give rs1 ask u 1400
	set_in_ns "$NS_D" net.ipv4.vs.cache_bypass 0
	peers_give rs1 ask u 1400
	peers_give same bulk t 1000 1000
done
assert_eq "$(in_ns "$NS_D" cat /proc/net/ip_vs_conn | awk '$1 == "UDP" { print $6, $7 }' | sort)" \
	"$(printf '00000000 0000\n0000:0000:0000:0000:0000:0000:0000:0000 0000')" \
	"real servers of connections that bypass them"
assert_eq "$(ctl -Ln --stats | awk '/^FWM/ { sum += $3 + $4 } END { print sum }')" 0 \
	"what the services count of them"
if [ "$NFVS_MODULE" = nfvs ]; then
	assert_eq "$(counter conn_bypassed)" 4 "connections counted"
	assert_between "$(counter drop_no_dest)" 2 4 "packets to nobody"
fi
