#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What every selftest sources first:
#
#	. tests/selftest/lib.sh
#
# A case runs in a guest made by tests/vm/run, as root, from the top of the repository; it ends
# with status 0 (passed), 4 (cannot run here) or anything else (failed).  Everything it starts
# and every namespace it makes disappears when it exits.  tests/vm/README.md lists the functions.

set -Eeuo pipefail

. tests/vm/modules.sh

NFVS_SLOW=${NFVS_SLOW:-1}
NFVS_MODULE=${NFVS_MODULE:-nfvs}
CTL=${CTL:-$(default_ctl)}
NFVS_PIDS=()
NFVS_NAMESPACES=()
NFVS_AT_EXIT=()
NFVS_SUFFIX=$(printf '%04x' $((RANDOM * 2 + RANDOM % 2)))
NFVS_TMP=$(mktemp -d)

cleanup() {
	local status=$? pid ns command

	trap - EXIT ERR
	set +e
	for command in "${NFVS_AT_EXIT[@]}"; do
		eval "$command"
	done
	if [ $status -ne 0 ] && [ $status -ne 4 ]; then
		dump_state
	fi
	for pid in "${NFVS_PIDS[@]}"; do
		kill "$pid" 2>/dev/null
	done
	for pid in "${NFVS_PIDS[@]}"; do
		wait "$pid" 2>/dev/null
	done
	# What a case that passed leaves behind is a defect of its own, which guest-run sees.
	if [ $status -ne 0 ]; then
		for ns in "${NFVS_NAMESPACES[@]}"; do
			ip netns pids "$ns" 2>/dev/null | xargs -r kill -KILL
		done
	fi
	printf 'netns delete %s\n' "${NFVS_NAMESPACES[@]}" | ip -force -batch - 2>/dev/null
	rm -rf "$NFVS_TMP"
	exit $status
}
trap cleanup EXIT
trap 'echo "${BASH_SOURCE[0]##*/}:$LINENO: \"$BASH_COMMAND\" failed (status $?)"' ERR

# at_exit COMMAND...: also to be done when the case ends, however it does.
at_exit() {
	NFVS_AT_EXIT+=("${*@Q}")
}

# by_kernel STOCK DEBUG: one of the two.
by_kernel() {
	case ${NFVS_KERNEL:-} in
	uml|smp) echo "$2" ;;
	*) echo "$1" ;;
	esac
}

# --- verdicts ---

# fail TEXT...: ends the case.  Works in a subshell too, where the caller's errexit ends it.
fail() {
	trap - ERR
	echo "FAILED at ${BASH_SOURCE[-1]##*/}:${BASH_LINENO[-2]}: $*"
	exit 1
}

skip() {
	trap - ERR
	echo "SKIP: $*"
	exit 4
}

# require_command NAME...
require_command() {
	local name

	for name in "$@"; do
		command -v "$name" >/dev/null || skip "needs the program $name"
	done
}

# require_kernel_module NAME...: loads them.
require_kernel_module() {
	local name

	for name in "$@"; do
		modprobe -q "$name" || skip "needs the kernel module $name"
	done
}

# require_file PATH: a file that some kernels have (a debugfs knob, a sysctl).
require_file() {
	[ -e "$1" ] || skip "needs $1"
}

# assert_eq GOT EXPECTED WHAT
assert_eq() {
	[ "$1" = "$2" ] || fail "$3"$'\n'"  expected: $2"$'\n'"  got:      $1"
}

# assert_match TEXT EXTENDED-REGEX WHAT
assert_match() {
	[[ $1 =~ $2 ]] || fail "$3"$'\n'"  expected a match of: $2"$'\n'"  got: $1"
}

# assert_no_match TEXT EXTENDED-REGEX WHAT
assert_no_match() {
	! [[ $1 =~ $2 ]] || fail "$3"$'\n'"  expected no match of: $2"$'\n'"  got: $1"
}

# assert_between NUMBER LOW HIGH WHAT
assert_between() {
	[[ $1 -ge $2 && $1 -le $3 ]] || fail "$4"$'\n'"  expected: $2..$3"$'\n'"  got: $1"
}

# assert_fails EXPECTED-REGEX COMMAND...: the command must fail, and say so.
assert_fails() {
	local expected=$1 output

	shift
	if output=$("$@" 2>&1); then
		fail "\"$*\" succeeded and should have been refused"
	fi
	assert_match "$output" "$expected" "\"$*\" was refused with other words"
}

# wait_until SECONDS COMMAND...: repeats the command until it succeeds, and fails the case when
# the time (of a real machine; NFVS_SLOW stretches it) is up.
wait_until() {
	local limit=$(($1 * NFVS_SLOW)) deadline

	shift
	deadline=$((SECONDS + limit))
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $deadline ] || fail "not within $limit s: $*"
		pause 0.05
	done
}

prints() {
	local expected=$1

	shift
	[ "$("$@")" = "$expected" ]
}

# assert_counted EXPECTED WHAT COMMAND...: what the command prints of the balancer's counters.
# Those that ip_vs shows are up to two seconds old.
assert_counted() {
	local expected=$1 what=$2

	shift 2
	[ "$NFVS_MODULE" = nfvs ] || wait_until 5 prints "$expected" "$@"
	assert_eq "$("$@")" "$expected" "$what"
}

# --- namespaces and processes ---

# name_ns VARIABLE...: names namespaces that are about to be made, and puts their names into the
# variables.
name_ns() {
	local variable

	for variable in "$@"; do
		printf -v "$variable" '%s-%s' "${variable,,}" "$NFVS_SUFFIX"
		NFVS_NAMESPACES+=("${!variable}")
	done
}

# setup_ns VARIABLE...: makes namespaces.  Starting a program takes an emulator long: where there
# are many commands for ip, they go into one batch.  tests/vm/guest-init says what is switched off
# in each namespace, so that addresses work at once and packets take the way that a test wants.
setup_ns() {
	local variable

	name_ns "$@"
	for variable in "$@"; do
		echo "netns add ${!variable}"
	done | ip -batch -
	for variable in "$@"; do
		ip -n "${!variable}" link set lo up
	done
}

# delete_ns NAME
delete_ns() {
	local ns kept=()

	ip netns delete "$1"
	for ns in "${NFVS_NAMESPACES[@]}"; do
		[ "$ns" = "$1" ] || kept+=("$ns")
	done
	NFVS_NAMESPACES=("${kept[@]}")
}

# in_ns NAMESPACE COMMAND...
in_ns() {
	within "$@"
}

# set_in_ns NAMESPACE SYSCTL VALUE
set_in_ns() {
	in_ns "$1" sysctl -q -w "$2=$3"
}

# spawn COMMAND...: starts it in the background; it ends with the case.  Its PID is in $!.
spawn() {
	# A function would run in a shell of its own, and killing that leaves its command alone.
	[ "$1" != in_ns ] || set -- within "${@:2}"
	"$@" &
	NFVS_PIDS+=($!)
}

# stop PID: ends what spawn started, and waits for it.
stop() {
	kill "$1" 2>/dev/null || true
	wait "$1" 2>/dev/null || true
}

# --- servers and clients ---

listens() {
	[ -n "$(in_ns "$1" ss -H -ln "$2" "sport = :$3")" ]
}

# start_http NAMESPACE NAME [PORT [PORT]]: nginx that answers NAME to each request, one request a
# connection, on IPv4 and IPv6.
start_http() {
	local ns=$1 name=$2 port=${3:-80} also=${4:-} conf=$NFVS_TMP/http-$1-${3:-80}.conf

	cat >"$conf" <<-END
		daemon off; master_process off; worker_processes 1;
		pid $conf.pid; error_log $conf.log;
		events { worker_connections 512; }
		http {
			access_log off; keepalive_timeout 0; default_type text/plain;
			client_body_temp_path $NFVS_TMP; proxy_temp_path $NFVS_TMP;
			fastcgi_temp_path $NFVS_TMP; uwsgi_temp_path $NFVS_TMP;
			scgi_temp_path $NFVS_TMP;
			server {
				listen $port backlog=512; listen [::]:$port backlog=512;
				${also:+listen $also; listen [::]:$also;}
				location / { return 200 "$name\n"; }
				location /big { root $NFVS_TMP; }
			}
		}
	END
	spawn in_ns "$ns" nginx -c "$conf" -e "$conf.log"
	wait_until 10 listens "$ns" -t "$port"
}

# start_udp_echo NAMESPACE NAME [PORT]: answers "NAME TEXT" to each datagram TEXT, from the
# address it was sent to, on IPv4 and IPv6.
start_udp_echo() {
	spawn in_ns "$1" python3 tests/selftest/udp_echo.py serve "$2" "${3:-53}"
	wait_until 10 listens "$1" -u "${3:-53}"
}

# http_get NAMESPACE URL [COUNT]: the bodies of COUNT requests, each over its own connection.  A
# request that fails prints "failed" and the case goes on.
http_get() {
	local count=${3:-1}

	in_ns "$1" curl -sS --max-time $((5 * NFVS_SLOW)) "$2/?[1-$count]" 2>&1 || echo failed
}

# udp_ask NAMESPACE ADDRESS PORT [COUNT [SOURCE-PORT]]: the answers to COUNT datagrams, each from
# a port of its own unless one is given; "lost" where none came.
udp_ask() {
	in_ns "$1" python3 tests/selftest/udp_echo.py ask "$2" "$3" "${4:-1}" "${5:-0}" \
		$((2 * NFVS_SLOW))
}

# tally: counts equal lines: "3 rs1, 2 rs2".
tally() {
	sort | uniq -c | awk '{ printf "%s%s %s", n++ ? ", " : "", $1, $2 } END { print "" }'
}

# --- the balancer ---

# ctl WORDS...: configures the director of topo.sh; ctl_in NAMESPACE WORDS... another one.
ctl() {
	in_ns "$NS_D" "$CTL" "$@"
}

ctl_in() {
	local ns=$1

	shift
	in_ns "$ns" "$CTL" "$@"
}

# ctl_lines: commands of standard input, one a line, all of which must succeed.  One program carries
# them out; with ip_vs it goes on after what the kernel refuses, so that is known by its words.
ctl_lines() {
	local said

	if ! said=$(in_ns "$NS_D" "$CTL" -R 2>&1) || [ -n "$said" ]; then
		fail "$CTL -R: $said"
	fi
}

# set_vs SETTING=VALUE...: net.ipv4.vs of the director.
set_vs() {
	in_ns "$NS_D" sysctl -q -w "${@/#/net.ipv4.vs.}"
}

# force_fastpath: as NFVS_FASTPATH says, in a new director.  Cases that are about the setting set it
# themselves.
force_fastpath() {
	[ -z "${NFVS_FASTPATH:-}" ] || ! in_ns "$NS_D" test -e /proc/sys/net/ipv4/vs/fastpath ||
		set_vs "fastpath=$NFVS_FASTPATH"
}

# each_fastpath COMMAND...: with the fast path off, on and forced; ip_vs has none.
each_fastpath() {
	local fastpath

	if [ "$NFVS_MODULE" != nfvs ]; then
		"$@"
		return
	fi
	for fastpath in 0 1 2; do
		set_vs fastpath=$fastpath
		"$@"
	done
}

# dest_column NAMESPACE ADDRESS:PORT COLUMN [OPTION...]: a field of a real server's line in the
# listing (-Ln), counted from 1: -> is 1, then address, method, weight, active, inactive.
dest_column() {
	local ns=$1 dest=$2 column=$3

	shift 3
	ctl_in "$ns" -Ln "$@" | awk -v dest="$dest" -v column="$column" \
		'$1 == "->" && $2 == dest { print $column; exit }'
}

# --- what an engineer wants to see after a failure ---

dump_state() {
	local ns

	echo "--- balancer: $(balancer_loaded), configured with $CTL"
	for ns in "${NFVS_NAMESPACES[@]}"; do
		[ -e "/run/netns/$ns" ] || continue
		echo "--- $ns"
		if [ "$ns" = "${NS_D:-}" ]; then
			ctl_in "$ns" -Ln --stats
			if [ "$(balancer_loaded)" = nfvs ]; then
				in_ns "$ns" build/bin/ipvsctl stats | awk '$NF > 0'
			else
				ctl_in "$ns" -Lnc | head -n 40
			fi
		fi
		in_ns "$ns" ip -br address
		in_ns "$ns" ip -s link show | grep -v -e '^ *link/' | head -n 40
		in_ns "$ns" ss -H -tuan | head -n 20
		in_ns "$ns" nstat -az 2>/dev/null |
			awk '/(Drop|Err|Fail|Overflow|Discard|NoRoute)/ && $2 > 0 { print $1, $2 }'
	done 2>&1
	echo "--- last lines of the kernel's log"
	dmesg | tail -n 20
}
