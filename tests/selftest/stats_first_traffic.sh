#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A real server gets counters of its own, for each processor, with its first traffic.  Many that never
# had any take no memory of processors.  Those that have some count each packet once: before they
# have counters, while they get them, afterwards, and where there is no memory for any.
#
# The memory of processors is told in pages, of all of them; so there are many real servers.
#
# module: nfvs
# time: 120

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/faults.sh

flows=build/selftest/flows
failslab=$faults/failslab
failures_most=100000
clients=4 asks=50
datagram=32
rate_interval=2

percpu_kilobytes() {
	awk '$1 == "Percpu:" { print $2 }' /proc/meminfo
}

cpus() {
	local last

	last=$(</sys/devices/system/cpu/possible)
	echo $((${last#*-} + 1))
}

# add PORT...: services that nobody has used.
add() {
	local port

	for port in "$@"; do
		echo "-A -u $VIP4:$port -s rr"
		echo "-a -u $VIP4:$port -r ${RS4[1]}:53 -m"
	done | ctl_lines
}

# talk PORT CLIENT COUNT: replies are told from one another by who they go to.
talk() {
	in_ns "$NS_C" $flows ask "198.18.$(($1 % 250)).$2" "$3" "$VIP4" "$1"
}

# ask PORT: many clients at once, while somebody looks.
ask() {
	local client pid pids=() reader

	spawn look "$1"
	reader=$!
	for ((client = 1; client <= clients; client++)); do
		spawn talk "$1" $client $asks >>"$NFVS_TMP/answers"
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || fail "a client failed"
	done
	stop "$reader"
}

shown() {
	ctl -Ln --stats --exact | awk -v service="$VIP4:$1" -v server="${RS4[1]}:53" '
		$1 == "UDP" { here = $2 == service }
		here && ($1 == "UDP" || $2 == server) { print $3, $4, $5, $6, $7 }'
}

# look PORT: nothing that was counted goes away.
look() {
	local seen=0 now

	while now=$(shown "$1" | awk 'NR == 2 { print $2 }'); do
		[ "$now" -ge "$seen" ] || echo "$1: $now after $seen" >>"$NFVS_TMP/sunk"
		seen=$now
	done
}

# counts_are PORT ROUNDS [CONNECTIONS]: of the service and of its real server.
counts_are() {
	local conns=${3-$((clients * asks))} packets=$((clients * asks * $2)) expected

	expected="$conns $packets $packets $((packets * datagram)) $((packets * datagram))"
	assert_counted "$expected"$'\n'"$expected" "port $1" shown "$1"
}

# Of /proc: packets from clients, all of them; and those by processor.
total() {
	local packets

	packets=$(in_ns "$NS_D" cat /proc/net/ip_vs_stats | awk 'NR == 3 { print $2 }')
	echo $((16#$packets))
}

by_cpu() {
	local cpu packets sum=0

	while read -r cpu _ packets _; do
		[ "$cpu" = '~' ] || sum=$((sum + 16#$packets))
	done < <(in_ns "$NS_D" awk 'NR > 2 && NF == 6' /proc/net/ip_vs_stats_percpu)
	echo $sum
}

# workers_lack_memory 0|1: tasks of the kernel that work is done by, and who makes more of them.
workers_lack_memory() {
	local task name

	for task in /proc/[0-9]*; do
		read -r name 2>/dev/null <"$task/comm" || continue
		[[ $name != kworker/u* && $name != kthreadd ]] ||
			echo "$1" >"$task/make-it-fail" || true
	done
}

some_failed() {
	[ "$(<"$failslab/times")" -lt $failures_most ]
}

[ -x $flows ] || skip "needs $flows: make selftest-tools"
topo_up 1
ip -n "$NS_D" route add 198.18.0.0/16 via "$CLIENT4"
spawn in_ns "${NS_S[1]}" $flows echo 53
wait_until 10 listens "${NS_S[1]}" -u 53

servers=5000
own=$((servers * 40 * $(cpus) / 1024))
before=$(percpu_kilobytes)
{
	echo "-A -u $VIP4:1 -s rr"
	for ((i = 0; i < servers; i++)); do
		echo "-a -u $VIP4:1 -r 10.0.2.11:$((10000 + i)) -m"
	done
} | ctl_lines
assert_between "$(($(percpu_kilobytes) - before))" -$own $((own / 4)) \
	"kilobytes of processors that $servers real servers without traffic take"
ctl -C

# Neighbours first: what waits for one may be dropped.
add 1000
assert_eq "$(talk 1000 1 1)" 1 "answers"
packets=1
: >"$NFVS_TMP/sunk"
for port in {1001..1004}; do
	add "$port"
	ask "$port"
	counts_are "$port" 1
	ask "$port"
	counts_are "$port" 2
	packets=$((packets + 2 * clients * asks))
done

# More real servers than there are counters left: for these there is no memory.
if [ -e "$failslab/task-filter" ]; then
	at_exit workers_lack_memory 0
	set_fault failslab times=$failures_most probability=100
	workers_lack_memory 1
	add {1101..1200}
	for port in {1101..1200}; do
		talk "$port" 1 1 >>"$NFVS_TMP/answers"
	done
	packets=$((packets + 100))
	wait_until 10 some_failed
	add 1201
	ask 1201
	counts_are 1201 1
	ctl -Z -u $VIP4:1201
	counts_are 1201 0 0
	ask 1201
	counts_are 1201 1 0
	workers_lack_memory 0
	end_fault failslab
	# Meanwhile it is tried again.
	asked=1
	enough=$((SECONDS + 2 * rate_interval))
	while [ $SECONDS -le $enough ]; do
		ask 1201
		asked=$((asked + 1))
	done
	counts_are 1201 $asked 0
	packets=$((packets + (1 + asked) * clients * asks))
fi

assert_eq "$(<"$NFVS_TMP/sunk")" "" "counters that sank"
assert_eq "$(total)" "$packets" "packets of the namespace"
assert_eq "$(by_cpu)" "$packets" "packets of all processors"
