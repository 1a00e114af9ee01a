#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dh, sh and mh: many clients and destinations go to the same real servers with ip_vs and with
# nfvs, IPv4 and IPv6, with ports and without, while weights, flags, schedulers and real servers
# change, and when some cannot take connections.
#
# module: self
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/spread.sh

require_command nft ipvsadm

# One program for many commands, which both balancers know.
apply() {
	in_ns "$NS_D" ipvsadm -R
}

# ask COMMAND...: notes the answer; asked with both families.
ask() {
	echo "$* -> $(peers "$@")" >>"$picks"
}

both() {
	ask from-each "$1" "$VIP4" 53
	ask from-each "$1" "$VIP6" 53
}

# on VERB WORDS...: a command for the service of each family; R2 is the second real server.
on() {
	local verb=$1 word words4=() words6=()

	shift
	for word in "$@"; do
		case $word in
		R[1-4]) words4+=("${RS4[${word#R}]}:53") words6+=("[${RS6[${word#R}]}]:53") ;;
		*) words4+=("$word") words6+=("$word") ;;
		esac
	done
	echo "$verb -u $VIP4:53 ${words4[*]}"
	echo "$verb -u [$VIP6]:53 ${words6[*]}"
}

service_with() {
	{
		on -A -s "$1"
		on -a -r R1 -m -w 1
		on -a -r R2 -m -w 4
		on -a -r R3 -m -w 2
	} | apply
}

# hashed_by_source sh|mh
hashed_by_source() {
	echo "== $1" >>"$picks"
	service_with "$1"
	both 60
	# By weight and by number: slots move.
	{
		on -e -r R2 -m -w 3
		on -a -r R4 -m -w 100
	} | apply
	both 40
	{
		on -d -r R1
		on -e -r R4 -m -w 9
	} | apply
	both 30
	# Without one of them, first without and then with a substitute.
	on -e -r R4 -m -w 0 | apply
	both 30
	on -E -s "$1" -b "$1-fallback" | apply
	both 40
	on -E -s "$1" -b "$1-fallback,$1-port" | apply
	ask asks 30 "$VIP4" 53
	ask asks 30 "$VIP6" 53
	on -E -s "$1" -b "$1-port" | apply
	ask asks 30 "$VIP4" 53
	ask asks 30 "$VIP6" 53
	# Overloaded: the limit is below what it has.
	{
		on -e -r R4 -m -w 9
		on -E -s "$1"
		on -e -r R2 -m -w 5 -x 1 -y 1
	} | apply
	# Older versions of ip_vs notice that with the next connection only.
	peers from-each 30 "$VIP4" 53 >/dev/null
	peers from-each 30 "$VIP6" 53 >/dev/null
	both 30
	on -E -s "$1" -b "$1-fallback" | apply
	both 40
	for real in R2 R3 R4; do
		on -e -r $real -m -w 0
	done | apply
	both 2
	# From another scheduler and back, and one that was added with weight 0.
	{
		on -E -s rr
		on -e -r R3 -m -w 3
		on -a -r R1 -m -w 0
		on -E -s "$1"
	} | apply
	both 30
	on -d -r R1 | apply
	ctl -C
}

hashed_by_destination() {
	echo "== dh" >>"$picks"
	{
		echo "-A -f 4 -s dh"
		echo "-A -f 6 -6 -s dh"
		for i in 1 2 3; do
			echo "-a -f 4 -r ${RS4[i]}:53 -m -w $i"
			echo "-a -f 6 -6 -r [${RS6[i]}]:53 -m -w $i"
		done
	} | apply
	ask to-each 60 10.8.3.250 53
	ask to-each 60 fd00:8::1:0 53
	{
		echo "-e -f 4 -r ${RS4[2]}:53 -m -w 0"
		echo "-e -f 6 -6 -r [${RS6[3]}]:53 -m -w 0"
		echo "-a -f 4 -r ${RS4[4]}:53 -m"
		echo "-a -f 6 -6 -r [${RS6[4]}]:53 -m -x 1"
	} | apply
	ask to-each 20 10.8.77.1 53
	ask to-each 20 fd00:8::f:0 53
	ctl -d -f 4 -r "${RS4[1]}:53"
	ask to-each 20 10.8.77.1 53
	ctl -C
}

run_all() {
	picks=$NFVS_TMP/$1
	load_module "$1"
	[ "$1" = nfvs ] || modprobe -a ip_vs_sh ip_vs_dh ip_vs_mh ip_vs_rr
	topo_up 4
	# Nothing is sent anew: who is not to be had says so at once, by ICMP.
	set_in_ns "$NS_D" net.ipv4.icmp_ratelimit 0
	set_in_ns "$NS_D" net.ipv6.icmp.ratelimit 0
	spread_clients
	spread_vips
	start_peers "$NS_C" "${NS_S[@]}"
	peers_give ok listen 53
	hashed_by_source sh
	hashed_by_source mh
	hashed_by_destination
	stop_peers
	for ns in "$NS_C" "$NS_D" "$NS_SW" "${NS_S[@]}"; do
		delete_ns "$ns"
	done
}

run_all ip_vs
run_all nfvs
difference=$(diff -U 2 "$NFVS_TMP/ip_vs" "$NFVS_TMP/nfvs") || fail "other picks:"$'\n'"$difference"
for word in rs1 rs2 rs3 rs4 ECONNREFUSED; do
	assert_between "$(grep -o "$word" "$NFVS_TMP/nfvs" | wc -l)" 20 900 "$word"
done
assert_no_match "$(<"$NFVS_TMP/nfvs")" 'lost|corrupt|unanswered' "all were answered"
