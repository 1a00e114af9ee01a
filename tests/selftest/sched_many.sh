#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Among a hundred real servers the same ones are picked by ip_vs and by nfvs, connection by
# connection, by the schedulers that go round and those that go by load, IPv4 and IPv6, while
# connections begin and end, and real servers come, go and change, one by one and many at once.
#
# module: self
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh

require_command ipvsadm

schedulers=(rr wrr lc wlc sed nq)
batch=50

# servers VERB "OPTIONS" I...: a command for each of them at each service.
servers() {
	local verb=$1 options=$2 i port

	shift 2
	for ((port = 81; port < 81 + ${#schedulers[@]}; port++)); do
		for i; do
			echo "$verb -t $VIP4:$port -r 10.77.0.$i:$port $options"
			echo "$verb -t [$VIP6]:$port -r [fd00:77::$i]:$port $options"
		done
	done
}

# One program for many commands, which both balancers know.
apply() {
	local said

	if ! said=$(in_ns "$NS_D" ipvsadm -R 2>&1) || [ -n "$said" ]; then
		fail "ipvsadm -R: $said"
	fi
}

has_connections() {
	[ "$(in_ns "$NS_D" grep -c ^TCP /proc/net/ip_vs_conn)" -eq "$1" ]
}

# opens: so many connections to each service.
opens() {
	local port services=()

	for ((port = 81; port < 81 + ${#schedulers[@]}; port++)); do
		services+=("$CLIENT4,$VIP4,$port" "$CLIENT6,$VIP6,$port")
	done
	python3 tests/selftest/many_flows.py "$NS_C" "$next" $batch "${services[@]}"
	opened=$((opened + batch * ${#services[@]}))
	wait_until 30 has_connections "$opened"
	next=$((next + batch))
}

run_all() {
	local next=20000 opened=0 i

	load_module "$1"
	topo_up 0
	{
		echo "link add sink type dummy"
		echo "link set sink up"
		echo "addr add 10.77.255.254/16 dev sink"
		echo "addr add fd00:77::ffff/64 dev sink nodad"
	} | ip -n "$NS_D" -batch -
	# None ends by itself, however slow this machine is.
	echo "--set 3600 3600 3600" | apply
	for i in "${!schedulers[@]}"; do
		[ "$1" = nfvs ] || modprobe "ip_vs_${schedulers[i]}"
		echo "-A -t $VIP4:$((81 + i)) -s ${schedulers[i]}"
		echo "-A -t [$VIP6]:$((81 + i)) -s ${schedulers[i]}"
	done | apply
	for ((i = 1; i <= 100; i++)); do
		servers -a "-g -w $((1 + i * 7 % 5))" $i
	done | apply
	opens
	# Oldest, youngest, and many between.
	{
		servers -d "" 1 100
		servers -d "" {30..65}
	} | apply
	opens
	{
		servers -a "-g -w 3" {101..140}
		servers -e "-g -w 0" {3..27..4} {70..94..6}
	} | apply
	opens
	# Those that come back are the youngest.
	{
		servers -e "-g -w 4" {3..27..8}
		servers -a "-g -w 2" {40..60..5}
		servers -d "" {71..92..3}
	} | apply
	opens
	# Which real server the connection from each port to each service went to.
	in_ns "$NS_D" cat /proc/net/ip_vs_conn |
		awk '$1 == "TCP" { print $5, $3, $6 }' | sort >"$NFVS_TMP/$1"
	assert_eq "$(wc -l <"$NFVS_TMP/$1")" "$opened" "connections"
	for ns in "$NS_C" "$NS_D" "$NS_SW"; do
		delete_ns "$ns"
	done
}

run_all ip_vs
run_all nfvs
difference=$(diff -U 2 "$NFVS_TMP/ip_vs" "$NFVS_TMP/nfvs") || fail "other picks:"$'\n'"$difference"
