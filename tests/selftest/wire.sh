#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Drives wire.py, which sends packets made by hand.  Sourced after topo.sh.
#
#	start_wire	between the client and the first real server; their kernels, and those of all
#			real servers, fall silent
#	wire COMMAND...	says the command and prints its answer (see wire.py)
#	wire_gives ANSWER COMMAND...	fails the case if the answer is another one
#	walk PROTOCOL SERVICE STEP...	states of a connection, from WIRE_PORT, another one each time

declare -i WIRE_PORT=20000

start_wire() {
	local ns

	for ns in "$NS_C" "${NS_S[@]}"; do
		in_ns "$ns" nft 'table inet silent {
			chain input { type filter hook input priority 0; meta l4proto != ipv6-icmp drop; }
		}'
	done
	coproc NFVS_WIRE {
		exec python3 tests/selftest/wire.py $((2 * NFVS_SLOW)) "$NS_C" "$NS_D" "${NS_S[1]}" s0
	}
	NFVS_PIDS+=("$NFVS_WIRE_PID")
	wire_gives ok ends "$CLIENT4" "${RS4[1]}"
	wire_gives ok ends "$CLIENT6" "${RS6[1]}"
}

wire() {
	local answer

	echo "$*" >&"${NFVS_WIRE[1]}"
	read -r answer <&"${NFVS_WIRE[0]}" || fail "wire.py died at: $*"
	echo "$answer"
}

wire_gives() {
	local expected=$1 answer

	shift
	[ "$expected" != nothing ] || set -- quiet "$@"
	answer=$(wire "$@")
	assert_eq "$answer" "$expected" "$*"
}

walk() {
	WIRE_PORT+=1
	wire_gives ok walk "$1" "$2" $WIRE_PORT "${@:3}"
}
