#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# latency.sh [-s SERVICES] [-p PACKETS] INJECT.KO [NFVS.KO]
#
# The part of `make bench-latency` that runs inside the VM: what packets cost, and how late they are
# looked at, while others change and list the configuration.  Prints one line of key=value words per
# figure, beginning with "latency", one beginning with "edits" for each time that there were edits,
# and one beginning with "#" when a stage starts.

services=100000
packets=20000
while getopts s:p: option; do
	case $option in
	s)	services=$OPTARG ;;
	p)	packets=$OPTARG ;;
	*)	exit 1 ;;
	esac
done
shift $((OPTIND - 1))

# shellcheck source=tests/bench/director.sh
. tests/bench/director.sh "$@"

vip=${vip_of[4]}
server=${server_of[4]}
ctl=build/bin/ipvsctl
edits_per_second=1000
# Nanoseconds: at a thousand edits a second, ten packets for each.
every=100000

# address_lines FORMAT COUNT: a printf format with the address of a service and its real server.
address_lines() {
	awk -v count="$2" -v format="$1\n" '
		function address(base, n) {
			return sprintf("10.%d.%d.%d:80", base + n / 65536, n / 256 % 256, n % 256)
		}
		BEGIN {
			for (s = 0; s < count; s++)
				printf format, address(100, s), address(128, s)
		}'
}

services_up() {
	{
		address_lines '-A -t %s -s wlc' "$services"
		address_lines '-a -t %s -r %s -m -w 1' "$services"
	} | $ctl -R || die "$subject refuses $services services"
}

# The guest's clock runs on where it waits for the host, so connections have to last.
traffic_up() {
	ipvsadm -A -t "$vip:80" -s wlc || die "$subject refuses a service"
	ipvsadm -a -t "$vip:80" -r "$server:80" -m || die "$subject refuses a real server"
	ipvsadm --set 1000000 0 0 || die "$subject refuses a timeout"
	inject "$to_vip server=$vip flags=S seq=1000 packets=$flows"
	inject "$from_server server=$server flags=SA seq=5000 ack=1001 packets=$flows"
	inject "$to_vip server=$vip flags=A seq=1001 ack=5001 packets=$flows"
	[ "$(established_count)" = "$flows" ] || fail "$subject: connections are not established"
}

# --- who changes and lists -----------------------------------------------------------------------

# What comes in turn: changes of services all over the table, or of the one that has the traffic.
edits_of() {
	local n

	case $1 in
	others)
		for ((n = 0; n < 4000; n++)); do
			echo "$((n * 7919 % services)) $n"
		done | awk '{
			service = sprintf("10.%d.%d.%d:80", 100 + $1 / 65536, $1 / 256 % 256, $1 % 256)
			server = sprintf("10.%d.%d.%d:80", 128 + $1 / 65536, $1 / 256 % 256, $1 % 256)
			more = "10.150.0." 1 + $2 % 250 ":80"
			print "-e -t " service " -r " server " -m -w " 2 + $2 % 5
			print "-E -t " service " -s " ($2 % 2 ? "wlc" : "rr")
			print "-a -t " service " -r " more " -m -w 1"
			print "-d -t " service " -r " more
		}' ;;
	own)
		for ((n = 0; n < 4000; n++)); do
			echo "-e -t $vip:80 -r $server:80 -m -w $((2 + n % 5))"
			[ $((n % 2)) = 0 ] && echo "-E -t $vip:80 -s wlc" || echo "-E -t $vip:80 -s rr"
		done ;;
	esac
}

microseconds() {
	echo $((${EPOCHREALTIME%.*} * 1000000 + 10#${EPOCHREALTIME#*.}))
}

# pace: hands on the lines of /tmp/edits, so many in a second, until /tmp/stop is there.
pace() {
	local step=$((1000000 / edits_per_second)) due now lines count=0

	mapfile -t lines </tmp/edits
	due=$(microseconds)
	while [ ! -e /tmp/stop ]; do
		now=$((${EPOCHREALTIME%.*} * 1000000 + 10#${EPOCHREALTIME#*.}))
		[ $now -ge "$due" ] || continue
		echo "${lines[count % ${#lines[@]}]}"
		count=$((count + 1))
		due=$((due + step))
	done
	echo $count >/tmp/edited
}

# ipvsctl sees that what it lists changes meanwhile, begins anew some times, and lists what it finds.
dump() {
	until [ -e /tmp/stop ]; do
		$ctl -Ln --stats >/dev/null 2>&1 || true
		echo >>/tmp/dumps
	done
}

# busy WHO COMMAND...: a command, while services are edited and all are listed.
busy() {
	local who=$1 begin took editor dumper

	shift
	rm -f /tmp/stop
	: >/tmp/dumps
	edits_of "$who" >/tmp/edits
	begin=$(microseconds)
	# Line by line, as ipvsadm; ipvsctl would wait for the last one.
	pace | (exec -a ipvsadm "$ctl" -R) &
	editor=$!
	dump &
	dumper=$!
	"$@"
	touch /tmp/stop
	wait $editor || fail "$subject refuses an edit"
	took=$(($(microseconds) - begin))
	wait $dumper
	echo "edits subject=$subject who=$who edits=$(</tmp/edited) microseconds=$took" \
		"dumps=$(wc -l </tmp/dumps)"
}

# --- packets -------------------------------------------------------------------------------------

# timed KIND LOAD WORD...: packets that come in time.  Of ip_vs a service has no scheduler for a
# while where that changes, and first packets are turned away.
timed() {
	local kind=$1 load=$2

	shift 2
	inject "$to_vip server=$vip every=$every packets=$packets" "$@"
	echo "latency subject=$subject kind=$kind load=$load services=$there $result"
	[ "$subject-$load" = ip_vs-own ] || all_left "$kind packets, $load"
}

# Each time other clients than before.
first_port=20000

packets_under() {
	local load=$1

	timed established "$load" flags=A seq=1001 ack=5001
	timed first "$load" flags=S seq=1000 cport=$first_port clients=250 flows="$packets"
	first_port=$((first_port + packets / 250))
}

latency() {
	local there=1

	stage "packets, one service"
	subject_load
	[ "$subject" != ip_vs ] || modprobe ip_vs_wlc
	traffic_up
	packets_under idle
	echo "# $subject: packets, $services services"
	there=$services
	services_up
	packets_under idle
	echo "# $subject: packets, $services services, changed and listed"
	busy others packets_under busy
	echo "# $subject: packets, $services services, their own one changed, all listed"
	busy own packets_under own
	subject_unload
}

director_up
# Softirqs that were put off come when ksoftirqd does, which is otherwise as urgent as a list.
chrt -f -p 50 "$(pgrep -x ksoftirqd/0)" || die "ksoftirqd does not become urgent"
for subject in ip_vs ${nfvs_ko:+nfvs}; do
	latency
done
[ "$failures" = 0 ] || die "$failures stages are not valid"
echo "guest done"
