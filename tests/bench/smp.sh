#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# smp.sh [-r ROUNDS] [-d MILLISECONDS] INJECT.KO [NFVS.KO]
#
# The part of `make bench-smp` that runs inside the VM, which has two processors and whose clock is
# the host's: established packets in a time, by one processor and by both at once, each with flows
# of its own.  Prints one line of key=value words per figure, beginning with "rate", and one
# beginning with "#" when a stage starts.

rounds=3
during=500
while getopts r:d: option; do
	case $option in
	r)	rounds=$OPTARG ;;
	d)	during=$OPTARG ;;
	*)	exit 1 ;;
	esac
done
shift $((OPTIND - 1))

# shellcheck source=tests/bench/director.sh
. tests/bench/director.sh "$@"

vip=${vip_of[4]}
server=${server_of[4]}
cpus=2

# Each processor's flows are connections.
establish() {
	local to=$1 all=$((cpus * flows))

	inject "$to_vip server=$to flags=S seq=1000 flows=$all packets=$all"
	inject "$from_server server=$server flags=SA seq=5000 ack=1001 flows=$all packets=$all"
	inject "$to_vip server=$to flags=A seq=1001 ack=5001 flows=$all packets=$all"
}

# The first run warms the emulator up.
rates() {
	local to=$1 workers turn

	inject "$to_vip server=$to flags=A seq=1001 ack=5001 workers=$cpus during=$during"
	for turn in 1 2 3; do
		for workers in 1 $cpus; do
			inject "$to_vip server=$to flags=A seq=1001 ack=5001" \
				"workers=$workers during=$during"
			echo "rate subject=$subject workers=$workers round=$round turn=$turn $result"
			all_left "by $workers processors"
		done
	done
}

forwarded() {
	establish "$server"
	rates "$server"
}

balanced() {
	subject_load
	ipvsadm -A -t "$vip:80" -s rr || die "$subject refuses a service"
	ipvsadm -a -t "$vip:80" -r "$server:80" -m || die "$subject refuses a real server"
	establish "$vip"
	[ "$(established_count)" = $((cpus * flows)) ] ||
		fail "$subject: connections are not established"
	rates "$vip"
	subject_unload
}

director_up
[ "$(nproc)" -ge $cpus ] || die "there are not $cpus processors"
for ((round = 1; round <= rounds; round++)); do
	for subject in plain ip_vs ${nfvs_ko:+nfvs}; do
		stage "packets in a time, round $round of $rounds"
		if [ "$subject" = plain ]; then
			forwarded
		else
			balanced
		fi
	done
done
[ "$failures" = 0 ] || die "$failures stages are not valid"
echo "guest done"
