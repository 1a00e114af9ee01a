#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Plays tables of packets (packets_play.py) through ip_vs and through nfvs.  Sourced after lib.sh.
#
#	packets_agree TOPIC COUNT	so many cases of packets/TOPIC.cases give the same packets, field
#					by field, the same connections and the same counters, beside
#					what packets/deviations lists
#
# Debug kernels watch nfvs as it is played; they compare nothing.

# Ends without addresses on either side of a director that knows all its neighbours.
ends_up() {
	local i address

	setup_ns NS_E NS_D
	{
		echo "link add d0 netns $NS_D address 02:00:00:00:00:d0 mtu 4000 type veth" \
			"peer name c0 netns $NS_E address 02:00:00:00:00:c0 mtu 4000"
		echo "link add d1 netns $NS_D address 02:00:00:00:00:d1 type veth" \
			"peer name s0 netns $NS_E address 02:00:00:00:00:50"
	} | ip -batch -
	in_ns "$NS_E" sysctl -q -w net.ipv6.conf.all.disable_ipv6=1
	printf 'link set %s up\n' c0 s0 | ip -n "$NS_E" -batch -
	in_ns "$NS_D" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
		net.ipv4.icmp_ratemask=0 net.ipv6.icmp.ratemask=
	force_fastpath
	{
		printf 'link set %s addrgenmode none up\n' lo d0 d1
		printf 'address add %s dev d0\n' 10.0.1.254/24 10.0.1.10{0,1,2}/32
		printf 'address add %s dev d0 nodad\n' fd00:1::254/64 fd00:1::10{0,1,2}/128
		echo "address add 10.0.2.254/24 dev d1"
		echo "address add fd00:2::254/64 dev d1 nodad"
		printf 'neigh add %s lladdr 02:00:00:00:00:c0 dev d0 nud permanent\n' 10.0.1.1 fd00:1::1
		printf 'neigh add %s lladdr 02:00:00:00:02:01 dev d1 nud permanent\n' 10.0.2.1 fd00:2::1
		for ((i = 1; i < 10; i++)); do
			for address in 10.0.2.1$i fd00:2::1$i; do
				echo "neigh add $address lladdr 02:00:00:00:02:1$i dev d1 nud permanent"
			done
		done
		echo "route add default via 10.0.1.1"
		echo "route add default via fd00:1::1"
		echo "route add unreachable 10.98.0.0/16"
		echo "route add unreachable fd98::/64"
	} | ip -n "$NS_D" -batch -
}

# play_packets BALANCER TOPIC [PATTERN...]
play_packets() {
	local files=(tests/selftest/packets/services "tests/selftest/packets/$2.cases")

	load_module "$1"
	ends_up
	python3 tests/selftest/packets_play.py marks "${files[@]}" | in_ns "$NS_D" nft -f -
	python3 tests/selftest/packets_play.py rules "${files[@]}" | in_ns "$NS_D" ipvsadm -R
	python3 tests/selftest/packets_play.py play "${files[@]}" $((5 * NFVS_SLOW)) "$NS_E" "$NS_D" "${@:3}"
	delete_ns "$NS_E"
	delete_ns "$NS_D"
}

packets_agree() {
	local topic=$1 count=$2 told=$NFVS_TMP/packets difference

	require_command nft ipvsadm
	play_packets nfvs "$topic" >"$told-nfvs"
	assert_eq "$(grep -c ' counted conns=' "$told-nfvs")" \
		$((count + $(grep -c ^listing/ "$told-nfvs"))) "cases played"
	[ "$(by_kernel stock debug)" = stock ] || return 0
	play_packets ip_vs "$topic" >"$told-ip_vs"
	difference=$(python3 tests/selftest/packets_diff.py "$told-ip_vs" "$told-nfvs" \
		tests/selftest/packets/deviations "$(uname -r)" Documentation/man/nfvs.7) ||
		fail "$topic: nfvs differs from ip_vs"$'\n'"$difference"
}
