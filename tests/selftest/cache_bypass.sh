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
topo_up 2
in_ns "$NS_D" nft -f - <<-END
	table inet marks {
		chain incoming {
			type filter hook prerouting priority mangle;
			iifname d0 meta l4proto { tcp, udp } ip daddr $origin4 meta mark set 7
			iifname d0 meta l4proto { tcp, udp } ip6 daddr $origin6 meta mark set 8
		}
	}
END
# What is marked is for this host, as far as routing knows; what we send on is not.
{
	echo "rule add fwmark 7 table 100"
	echo "route add local default dev lo table 100"
	echo "route add $origin4 via ${RS4[1]}"
	echo "-6 rule add fwmark 8 table 100"
	echo "-6 route add local default dev lo table 100"
	echo "-6 route add $origin6 via ${RS6[1]}"
} | while read -r words; do
	# shellcheck disable=SC2086 # words
	ip -n "$NS_D" $words
done
for ns in "${NS_S[@]}"; do
	{
		echo "address add $origin4/32 dev lo"
		echo "address add $origin6/128 dev lo nodad"
	} | ip -n "$ns" -batch -
done
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

# With a real server, another host, they go there, though a rule says that what is marked is for this
# host; and so do errors about its replies, which no rule marks.
errors_of() {
	# shellcheck disable=SC2016 # awk's
	in_ns "${NS_S[2]}" awk '$1 == "Icmp:" && $4 ~ /^[0-9]/ { sum += $5 }
		$1 == "Icmp6InPktTooBigs" { sum += $2 } END { print sum }' /proc/net/snmp /proc/net/snmp6
}

one_more_dropped() {
	[ "$(counter drop_local_route)" = $((before + 1)) ]
}

more_errors() {
	[ "$(errors_of)" -gt "$before" ]
}

ctl -a -f 7 -r "${RS4[2]}:0" -g
ctl -a -f 8 -6 -r "[${RS6[2]}]:0" -g
for origin in $origin4 $origin6; do
	client=$CLIENT4
	[ "$origin" = $origin4 ] || client=$CLIENT6
	peers_give rs2 open t2 "$origin" 80
	peers_give same bulk t2 100000 100000
	peers_give ok udp u2 "$origin" 80 5002
	peers_give rs2 ask u2
	before=$(errors_of)
	in_ns "$NS_C" python3 tests/selftest/too_big.py "$origin" "$client" 80 5002 1400
	wait_until 5 more_errors
done

# A real server of this host's own is handed what its clients send, not an error that is being forwarded
# meanwhile: that goes nowhere.
[ "$NFVS_MODULE" = nfvs ] || exit 0
ctl -d -f 7 -r "${RS4[2]}:0"
ctl -d -f 8 -6 -r "[${RS6[2]}]:0"
ctl -a -f 7 -r 10.0.1.254:0 -m
ctl -a -f 8 -6 -r "[fd00:1::254]:0" -m
for origin in $origin4 $origin6; do
	client=$CLIENT4
	[ "$origin" = $origin4 ] || client=$CLIENT6
	peers_give ok udp u3 "$origin" 80 5003
	peers_give ECONNREFUSED ask u3
	before=$(counter drop_local_route)
	in_ns "$NS_C" python3 tests/selftest/too_big.py "$origin" "$client" 80 5003 1400
	wait_until 5 one_more_dropped
done
