#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Drives peers.py, which is client and servers of a case.  Sourced after topo.sh.
#
#	start_peers CLIENT-NAMESPACE SERVER-NAMESPACE...
#	peers COMMAND...	says the command and prints its answer (see peers.py)
#	peers_give ANSWER COMMAND...	fails the case if the answer is another one
#	packets			those that the director has received and sent by d0, and by d1

start_peers() {
	coproc NFVS_PEERS { exec python3 tests/selftest/peers.py $((2 * NFVS_SLOW)) "$@"; }
	NFVS_PIDS+=("$NFVS_PEERS_PID")
}

stop_peers() {
	stop "$NFVS_PEERS_PID"
}

peers() {
	local answer

	echo "$*" >&"${NFVS_PEERS[1]}"
	read -r answer <&"${NFVS_PEERS[0]}" || fail "peers.py died at: $*"
	[[ $answer != error:* ]] || fail "$answer"
	echo "$answer"
}

peers_give() {
	local expected=$1 answer

	shift
	answer=$(peers "$@")
	assert_eq "$answer" "$expected" "$*"
}

packets() {
	# shellcheck disable=SC2016 # words of awk
	in_ns "$NS_D" awk '
		{ count[$1] = $3 " " $11 }
		END { print count["d0:"], count["d1:"] }' /proc/net/dev
}

# repeat WORD COUNT: "WORD WORD ..."
repeat() {
	local i words=()

	for ((i = 0; i < $2; i++)); do
		words+=("$1")
	done
	echo "${words[*]}"
}

# counter NAME...: event counters of nfvs in the director's namespace, on one line.
counter() {
	in_ns "$NS_D" build/bin/ipvsctl stats | awk -v names="$*" '
		{ value[$1] = $2 }
		END {
			count = split(names, name)
			for (i = 1; i <= count; i++)
				printf "%s%s", value[name[i]], i < count ? " " : "\n"
		}'
}

# took "COUNTER..." COMMAND...: by how much the command raises counters.
took() {
	local counted_before counted_after i

	read -ra counted_before <<<"$(counter "$1")"
	"${@:2}" >&2 || fail "\"${*:2}\" failed"
	read -ra counted_after <<<"$(counter "$1")"
	for i in "${!counted_after[@]}"; do
		counted_after[i]=$((counted_after[i] - counted_before[i]))
	done
	echo "${counted_after[*]}"
}

# servers_of ADDRESS: the addresses of the real servers, in its family.
servers_of() {
	case $1 in
	*:*) echo "${RS6[*]}" ;;
	*) echo "${RS4[*]}" ;;
	esac
}

# balance -t|-u VIP PORT SCHEDULER -m|-g [WEIGHT...]: a service on all real servers.
balance() {
	local kind=$1 vip=$2 port=$3 scheduler=$4 method=$5 servers address

	shift 5
	servers=$(servers_of "$vip")
	{
		echo "-A $kind $(endpoint "$vip" "$port") -s $scheduler"
		for address in $servers; do
			echo "-a $kind $(endpoint "$vip" "$port")" \
				"-r $(endpoint "$address" "$port") $method -w ${1:-1}"
			[ $# -eq 0 ] || shift
		done
	} | ctl_lines
}
