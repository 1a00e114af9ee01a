#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the cases "under full traffic" share.  Sourced after topo.sh:
#
#	start_servers			HTTP and UDP echo on all real servers
#	balance_all			services for them, IPv4 and IPv6, TCP and UDP, through NAT
#	start_traffic KIND...		an endless client (all four kinds; see traffic.py)
#	flows				succeeds when each kind was answered anew
#	rounds				how often to repeat: 3, or NFVS_ROUNDS
#	no_connections_left		succeeds when no connection takes memory
#	director_gone			succeeds when the devices of a deleted director are gone
#
# Sets TRAFFIC, the process that sends.

TRAFFIC_KINDS=("tcp=$VIP4:80" "tcp=$VIP6:80" "udp=$VIP4:53" "udp=$VIP6:53")

start_servers() {
	local i

	for i in "${!NS_S[@]}"; do
		start_http "${NS_S[i]}" "rs$i"
		start_udp_echo "${NS_S[i]}" "rs$i"
	done
}

balance_all() {
	local i

	{
		echo "-A -t $VIP4:80 -s rr"
		echo "-A -t [$VIP6]:80 -s wlc"
		echo "-A -u $VIP4:53 -s wrr"
		echo "-A -u [$VIP6]:53 -s lc"
		for i in "${!NS_S[@]}"; do
			echo "-a -t $VIP4:80 -r ${RS4[i]}:80 -m"
			echo "-a -t [$VIP6]:80 -r [${RS6[i]}]:80 -m"
			echo "-a -u $VIP4:53 -r ${RS4[i]}:53 -m -w 3"
			echo "-a -u [$VIP6]:53 -r [${RS6[i]}]:53 -m"
		done
	} | ctl_lines
}

start_traffic() {
	[ $# -gt 0 ] || set -- "${TRAFFIC_KINDS[@]}"
	: >"$NFVS_TMP/traffic"
	spawn in_ns "$NS_C" python3 tests/selftest/traffic.py "$@" >"$NFVS_TMP/traffic" 2>&1
	TRAFFIC=$!
}

traffic_lines() {
	wc -l <"$NFVS_TMP/traffic"
}

more_lines_than() {
	[ "$(traffic_lines)" -gt "$1" ]
}

# One line may be due to what was answered before; the second one is not.
flows() {
	kill -0 "$TRAFFIC" || fail "the client ended: $(tail -n 5 "$NFVS_TMP/traffic")"
	wait_until 20 more_lines_than $(($(traffic_lines) + 1))
}

rounds() {
	echo "${NFVS_ROUNDS:-3}"
}

# Connections in the slab caches, of all namespaces.  What a processor keeps in hand counts as
# used there, until the caches are shrunk.
connections_in_slab() {
	local cache

	for cache in /sys/kernel/slab/nfvs_conn[46]; do
		[ ! -w "$cache/shrink" ] || echo 1 >"$cache/shrink"
	done
	awk '$1 ~ /^nfvs_conn/ { sum += $2; caches++ } END { print caches ? sum : "unknown" }' \
		/proc/slabinfo
}

# A kernel that merges caches of one size cannot tell.
no_connections_left() {
	[[ $(connections_in_slab) == @(0|unknown) ]]
}

# A namespace ends in the background, its devices and their peers with it.
director_gone() {
	! ip -n "$NS_C" link show c0 && ! ip -n "$NS_SW" link show director
}
